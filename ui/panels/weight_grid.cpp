// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/weight_grid.h"

#include "ui/figures/colour_map.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kNumberCellWidth = 34;
constexpr int kNumberCellHeight = 20;
constexpr int kGap = 8;
constexpr std::size_t kMostMaps = 64;

} // namespace

WeightGrid::WeightGrid(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WeightGrid::setMaps(std::vector<WeightMap> maps)
{
    m_maps = std::move(maps);
    if (m_maps.size() > kMostMaps)
        m_maps.resize(kMostMaps);
    m_bound = 0;
    for (const WeightMap& map : m_maps)
        m_bound = std::max(m_bound, largestMagnitude(map.values));
    setFixedHeight(heightForWidth(width()));
    updateGeometry();
    update();
}

WeightGrid::Layout WeightGrid::layoutFor(int width) const
{
    Layout layout;
    if (m_maps.empty())
        return layout;
    const int across = m_maps.front().width;
    layout.numbers = across * kNumberCellWidth <= width;
    if (layout.numbers) {
        layout.cellWidth = kNumberCellWidth;
        layout.cellHeight = kNumberCellHeight;
    } else {
        layout.cellWidth = layout.cellHeight = std::clamp(width / across, 2, 12);
    }
    layout.columns = std::max(1, (width + kGap) / (across * layout.cellWidth + kGap));
    return layout;
}

int WeightGrid::heightForWidth(int width) const
{
    if (m_maps.empty())
        return 0;
    const Layout layout = layoutFor(width);
    const int rows = (static_cast<int>(m_maps.size()) + layout.columns - 1) / layout.columns;
    return rows * (m_maps.front().height * layout.cellHeight + kGap) - kGap + 1;
}

QSize WeightGrid::sizeHint() const
{
    return {200, heightForWidth(std::max(width(), 100))};
}

void WeightGrid::resizeEvent(QResizeEvent*)
{
    setFixedHeight(heightForWidth(width()));
}

QRect WeightGrid::cellRect(const Layout& layout, int map, int cell) const
{
    const WeightMap& weights = m_maps[static_cast<std::size_t>(map)];
    const int left = (map % layout.columns) * (weights.width * layout.cellWidth + kGap);
    const int top = (map / layout.columns) * (weights.height * layout.cellHeight + kGap);
    return {left + cell % weights.width * layout.cellWidth,
            top + cell / weights.width * layout.cellHeight, layout.cellWidth, layout.cellHeight};
}

void WeightGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(numberFont(10));
    const Layout layout = layoutFor(width());
    for (int map = 0; map < static_cast<int>(m_maps.size()); ++map) {
        const auto& values = m_maps[static_cast<std::size_t>(map)].values;
        for (int cell = 0; cell < static_cast<int>(values.size()); ++cell)
            paintCell(painter, cellRect(layout, map, cell), values[static_cast<std::size_t>(cell)],
                      layout.numbers);
    }
}

void WeightGrid::paintCell(QPainter& painter, const QRect& cell, float value, bool number) const
{
    const Theme& theme = themeOf(palette());
    const QRect inner = cell.width() > 4 ? cell.adjusted(0, 0, -1, -1) : cell;
    if (value == 0) {
        painter.setPen(theme.hairline);
        painter.drawRect(inner.adjusted(0, 0, -1, -1));
        painter.setPen(theme.disabled);
        const QPoint middle = inner.center();
        painter.drawLine(middle + QPoint(-2, 2), middle + QPoint(2, -2));
        return;
    }
    const QRgb colour = signedScale(m_bound).colour(value);
    painter.fillRect(inner, QColor(colour));
    if (!number)
        return;
    painter.setPen(readableOn(colour));
    painter.drawText(inner, Qt::AlignCenter, fixed(double(value), 2));
}

bool WeightGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Layout layout = layoutFor(width());
    for (int map = 0; map < static_cast<int>(m_maps.size()); ++map) {
        const WeightMap& weights = m_maps[static_cast<std::size_t>(map)];
        for (int cell = 0; cell < static_cast<int>(weights.values.size()); ++cell)
            if (cellRect(layout, map, cell).contains(help->pos()))
                QToolTip::showText(
                    help->globalPos(),
                    tr("From channel %1, (%2, %3): %4")
                        .arg(weights.input)
                        .arg(cell / weights.width)
                        .arg(cell % weights.width)
                        .arg(double(weights.values[static_cast<std::size_t>(cell)]), 0, 'g', 6),
                    this);
    }
    return true;
}

} // namespace ui
