// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/probability_bars.h"

#include "ui/theme.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace ui
{

namespace
{

constexpr int kLabelHeight = 18;

} // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Probability of each class"));
}

void ProbabilityBars::show(std::vector<float> probabilities, int prediction,
                           std::optional<int> label)
{
    m_probabilities = std::move(probabilities);
    m_prediction = prediction;
    m_label = label;
    update();
}

void ProbabilityBars::clear()
{
    show({}, -1, {});
}

double ProbabilityBars::slotWidth() const
{
    return width() / static_cast<double>(m_probabilities.size());
}

int ProbabilityBars::classAt(const QPointF& position) const
{
    if (m_probabilities.empty() || !rect().contains(position.toPoint()))
        return -1;
    return static_cast<int>(position.x() / slotWidth());
}

void ProbabilityBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeOf(palette());
    const int base = height() - kLabelHeight;
    painter.fillRect(0, base, width(), 1, theme.hairline);
    for (std::size_t i = 0; i < m_probabilities.size(); ++i) {
        const int digit = static_cast<int>(i);
        const bool predicted = digit == m_prediction;
        const QRectF slot(digit * slotWidth(), 0, slotWidth(), base);
        // A network with a NaN among its weights has no probabilities.
        const double tall = std::isfinite(m_probabilities[i]) ? m_probabilities[i] * (base - 2) : 0;
        painter.fillRect(QRectF(slot.left() + 3, base - tall, slot.width() - 6, tall),
                         predicted ? theme.accent : theme.disabled);
        QFont font = captionFont();
        font.setWeight(predicted ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        painter.setPen(predicted ? theme.accent : theme.secondary);
        const QRectF name(slot.left(), base + 2, slot.width(), kLabelHeight - 4);
        painter.drawText(name, Qt::AlignCenter, QString::number(digit));
        if (m_label == digit)
            painter.fillRect(QRectF(name.center().x() - 5, height() - 2, 10, 2), theme.text);
    }
}

void ProbabilityBars::mousePressEvent(QMouseEvent* event)
{
    if (const int digit = classAt(event->position()); digit >= 0)
        emit classClicked(digit);
}

bool ProbabilityBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int digit = classAt(help->pos());
    if (digit >= 0)
        QToolTip::showText(
            help->globalPos(),
            tr("Class %1: %2")
                .arg(digit)
                .arg(probabilityText(double(m_probabilities[static_cast<std::size_t>(digit)]))),
            this);
    return true;
}

} // namespace ui
