// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/distribution_plot.h"

#include "ui/theme.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kRow = 15;
constexpr int kDigit = 16;
constexpr int kAxis = 16;

} // namespace

DistributionPlot::DistributionPlot(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Values of the selected unit for each class"));
}

void DistributionPlot::show(core::ValueDistribution distribution, std::optional<int> selected)
{
    m_values = std::move(distribution);
    m_selected = selected;
    QStringList parts;
    for (int label = 0; label < m_values.classes(); ++label)
        parts << tr("class %1: median %2")
                     .arg(label)
                     .arg(fixed(m_values.perClass[static_cast<std::size_t>(label)].median));
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void DistributionPlot::clear()
{
    show({}, {});
}

QSize DistributionPlot::sizeHint() const
{
    return {200, m_values.classes() == 0 ? 0 : m_values.classes() * kRow + kAxis};
}

double DistributionPlot::place(double value) const
{
    const double low = std::min(0.0, m_values.low);
    const double high = std::max(m_values.high, low + 1e-9);
    return kDigit + (value - low) / (high - low) * (width() - kDigit - 4);
}

int DistributionPlot::classAt(const QPointF& position) const
{
    const int label = static_cast<int>(position.y()) / kRow;
    return position.y() >= 0 && label < m_values.classes() ? label : -1;
}

void DistributionPlot::paintEvent(QPaintEvent*)
{
    if (m_values.classes() == 0)
        return;
    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : kStaleOpacity);
    const Theme& theme = themeOf(palette());
    const int bottom = m_values.classes() * kRow;
    painter.fillRect(QRectF(place(0), 0, 1, bottom), theme.hairline);
    for (int label = 0; label < m_values.classes(); ++label)
        paintClass(painter, label);
    painter.setFont(numberFont(10));
    painter.setPen(theme.secondary);
    const QRect axis(kDigit, bottom, width() - kDigit, kAxis);
    const double low = std::min(0.0, m_values.low);
    const double zero = place(0);
    const double ends = painter.fontMetrics().horizontalAdvance(QStringLiteral("-00.000"));
    painter.drawText(axis, Qt::AlignRight | Qt::AlignVCenter, fixed(m_values.high));
    painter.drawText(axis, Qt::AlignLeft | Qt::AlignVCenter, fixed(low));
    if (low < 0 && zero > kDigit + ends && zero < width() - ends)
        painter.drawText(QRectF(zero - 10, bottom, 20, kAxis), Qt::AlignCenter,
                         QStringLiteral("0"));
}

void DistributionPlot::paintClass(QPainter& painter, int label) const
{
    const Theme& theme = themeOf(palette());
    const QRect row(0, label * kRow, width(), kRow);
    const bool selected = m_selected == label;
    if (selected)
        painter.fillRect(row, theme.hover);
    painter.setFont(numberFont(11));
    painter.setPen(selected ? theme.accent : theme.secondary);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, QString::number(label));
    const core::Quartiles& one = m_values.perClass[static_cast<std::size_t>(label)];
    if (one.count == 0)
        return;
    const double middle = row.center().y() + 0.5;
    painter.fillRect(QRectF(place(one.minimum), middle, place(one.maximum) - place(one.minimum), 1),
                     theme.secondary);
    painter.fillRect(QRectF(place(one.lower), row.top() + 3,
                            std::max(1.0, place(one.upper) - place(one.lower)), kRow - 6),
                     theme.disabled);
    painter.fillRect(QRectF(place(one.median) - 1, row.top() + 2, 2, kRow - 4),
                     selected ? theme.accent : theme.text);
}

void DistributionPlot::mousePressEvent(QMouseEvent* event)
{
    if (const int label = classAt(event->position()); label >= 0)
        emit classClicked(label);
}

bool DistributionPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int label = classAt(help->pos()); label >= 0) {
        const core::Quartiles& one = m_values.perClass[static_cast<std::size_t>(label)];
        QToolTip::showText(help->globalPos(),
                           tr("Class %1, %2 images\nlowest %3, lower quartile %4, median %5, upper "
                              "quartile %6, highest %7")
                               .arg(label)
                               .arg(withThousands(one.count), fixed(one.minimum), fixed(one.lower),
                                    fixed(one.median), fixed(one.upper), fixed(one.maximum)),
                           this);
    }
    return true;
}

} // namespace ui
