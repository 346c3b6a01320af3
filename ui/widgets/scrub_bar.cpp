// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scrub_bar.h"

#include "ui/panels/icon_button.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace ui
{

ScrubBar::ScrubBar(const QString& name, Playing playing, QWidget* parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal)), m_label(new QLabel),
      m_button(new QToolButton)
{
    m_slider->setAccessibleName(name);
    m_slider->setMinimumHeight(24); // the handle is taller than the groove says
    m_slider->setRange(0, 0);
    m_slider->setEnabled(false);
    m_label->setProperty("role", "caption");
    m_label->setTextFormat(Qt::PlainText);
    m_button->setProperty("role", "quiet");
    m_button->setIconSize({16, 16});
    m_button->setVisible(playing == Playing::Yes);
    m_timer.setInterval(kFrameTime);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(24, 4, 24, 4);
    layout->setSpacing(12);
    layout->addWidget(m_button);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_label);
    showButton();
    connect(m_slider, &QSlider::valueChanged, this, &ScrubBar::take);
    connect(m_slider, &QSlider::sliderPressed, this, &ScrubBar::stop);
    connect(m_button, &QToolButton::clicked, this, [this] { this->playing() ? stop() : play(); });
    connect(&m_timer, &QTimer::timeout, this, &ScrubBar::step);
}

void ScrubBar::setCount(int count)
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(0, count));
    m_slider->setEnabled(count > 0);
    m_button->setEnabled(count > 1);
    if (m_following)
        m_slider->setValue(m_slider->maximum());
}

int ScrubBar::count() const
{
    return m_slider->maximum();
}

int ScrubBar::place() const
{
    return m_slider->value();
}

void ScrubBar::setPlace(int place)
{
    if (place == m_slider->value())
        take(place);
    else
        m_slider->setValue(place);
}

void ScrubBar::take(int place)
{
    m_following = place == m_slider->maximum();
    emit moved(place);
}

void ScrubBar::setText(const QString& text)
{
    m_label->setText(text);
    // Grows only, so that the slider does not move while the numbers change.
    m_label->setMinimumWidth(std::max(m_label->minimumWidth(), m_label->sizeHint().width()));
}

void ScrubBar::play()
{
    if (count() < 1)
        return;
    if (place() == count())
        setPlace(0);
    m_timer.start();
    showButton();
}

void ScrubBar::stop()
{
    m_timer.stop();
    showButton();
}

void ScrubBar::step()
{
    constexpr int kFrames = kWholeReplay / kFrameTime;
    setPlace(std::min(count(), place() + std::max(1, (count() + kFrames - 1) / kFrames)));
    if (place() == count())
        stop();
}

void ScrubBar::showButton()
{
    const bool on = playing();
    m_button->setIcon(themedIcon(on ? "pause" : "play", palette()));
    m_button->setToolTip(on ? tr("Pause the replay") : tr("Replay"));
    m_button->setAccessibleName(m_button->toolTip());
}

void ScrubBar::hideEvent(QHideEvent* event)
{
    stop();
    QWidget::hideEvent(event);
}

void ScrubBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showButton();
    QWidget::changeEvent(event);
}

} // namespace ui
