// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/tour.h"

#include "ui/theme.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace ui
{

namespace
{

constexpr int kWidth = 320;
constexpr int kGap = 12;

} // namespace

Tour::Tour(std::vector<TourStep> steps, QWidget* window)
    : QWidget(window), m_steps(std::move(steps)), m_callout(new QFrame(this)), m_title(new QLabel),
      m_text(new QLabel), m_count(new QLabel), m_skip(new QPushButton(tr("Skip the tour"))),
      m_back(new QPushButton(tr("Back"))), m_next(new QPushButton)
{
    setAccessibleName(tr("Tour of the window"));
    m_callout->setProperty("role", "overlay");
    m_title->setProperty("role", "title");
    m_text->setWordWrap(true);
    m_count->setProperty("role", "caption");
    m_skip->setProperty("role", "quiet");
    m_next->setProperty("role", "primary");
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_skip);
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* layout = new QVBoxLayout(m_callout);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_count);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(4);
    layout->addLayout(buttons);
    m_callout->setFixedWidth(kWidth);
    for (QPushButton* button : {m_skip, m_back, m_next})
        button->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_skip, &QPushButton::clicked, this, &Tour::leave);
    connect(m_back, &QPushButton::clicked, this, [this] { show(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { show(m_step + 1); });
}

void Tour::start()
{
    m_before = window()->focusWidget();
    QWidget::show();
    raise();
    show(0);
}

void Tour::show(int step)
{
    if (step >= static_cast<int>(m_steps.size())) {
        leave();
        return;
    }
    m_step = std::max(0, step);
    const TourStep& shown = m_steps[static_cast<std::size_t>(m_step)];
    const bool last = m_step + 1 == static_cast<int>(m_steps.size());
    m_count->setText(tr("%1 of %2").arg(m_step + 1).arg(m_steps.size()));
    m_title->setText(shown.title);
    m_text->setText(shown.text);
    m_back->setEnabled(m_step > 0);
    m_next->setText(last ? tr("Start") : tr("Next"));
    // Read out where the focus is: a label alone would stay unheard.
    m_next->setAccessibleDescription(shown.title + ". " + shown.text);
    place();
    m_next->setFocus();
}

QRect Tour::lit() const
{
    const QWidget* target = m_steps[static_cast<std::size_t>(m_step)].target;
    if (target == nullptr || !target->isVisible())
        return {};
    return QRect(target->mapTo(window(), QPoint()), target->size());
}

/// Beside the part where there is room: right of it, left of it, below, above. A row of controls
/// has its text below or above.
void Tour::place()
{
    setGeometry(QRect(QPoint(), window()->size()));
    m_callout->setFixedHeight(m_callout->layout()->totalHeightForWidth(kWidth));
    const QSize size = m_callout->size();
    const QRect part = lit();
    QPoint at = rect().center() - QPoint(size.width(), size.height()) / 2;
    if (!part.isNull()) {
        const int middle = part.center().x() - size.width() / 2;
        const bool flat = part.width() > 4 * part.height();
        if (!flat && part.right() + kGap + size.width() < width())
            at = {part.right() + kGap, part.top() + kGap};
        else if (!flat && part.left() - kGap - size.width() > 0)
            at = {part.left() - kGap - size.width(), part.top() + kGap};
        else if (part.bottom() + kGap + size.height() < height())
            at = {middle, part.bottom() + kGap};
        else
            at = {middle, part.top() - kGap - size.height()};
    }
    m_callout->move(std::clamp(at.x(), kGap, std::max(kGap, width() - size.width() - kGap)),
                    std::clamp(at.y(), kGap, std::max(kGap, height() - size.height() - kGap)));
    update();
}

void Tour::leave()
{
    if (isHidden())
        return;
    hide();
    if (m_before)
        m_before->setFocus();
    emit finished();
    deleteLater();
}

void Tour::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect part = lit();
    painter.setClipRegion(QRegion(rect()).subtracted(QRegion(part)));
    painter.fillRect(rect(), QColor(0, 0, 0, 120));
    painter.setClipping(false);
    if (part.isNull())
        return;
    painter.setPen(QPen(themeOf(window()->palette()).accent, 2));
    painter.drawRect(part.adjusted(1, 1, -1, -1));
}

/// The keys of the window rest meanwhile, apart from those with Ctrl.
bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent()) {
        if (event->type() == QEvent::Resize)
            place();
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (event->type() == QEvent::ShortcutOverride) {
        if (!(key->modifiers() & Qt::ControlModifier))
            event->accept();
        return false;
    }
    switch (key->key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Left:
        show(m_step - 1);
        return true;
    case Qt::Key_Right:
        show(m_step + 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        static_cast<QPushButton*>(watched)->click();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        cycle(key->key() == Qt::Key_Tab ? 1 : 2);
        return true;
    default:
        return false;
    }
}

/// The focus stays here, where everything else is dimmed.
void Tour::cycle(int step)
{
    const std::array buttons = {m_skip, m_back, m_next};
    auto at = static_cast<std::size_t>(std::ranges::find(buttons, window()->focusWidget()) -
                                       buttons.begin());
    do
        at = (at + static_cast<std::size_t>(step)) % buttons.size();
    while (!buttons[at]->isEnabled());
    buttons[at]->setFocus(Qt::TabFocusReason);
}

} // namespace ui
