// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_table.h"

#include "ui/theme.h"
#include "ui/words.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kRow = 18;
constexpr int kDigit = 14;
constexpr int kNumber = 50;

} // namespace

ClassTable::ClassTable(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("The feature neuron and each class"));
}

void ClassTable::setRows(std::vector<Row> rows, std::optional<int> selected)
{
    m_rows = std::move(rows);
    m_selected = selected;
    m_low = 0;
    m_high = 0;
    for (const Row& row : m_rows) {
        m_low = std::min(m_low, row.mean.value_or(0) - row.deviation.value_or(0));
        m_high = std::max(m_high, row.mean.value_or(0) + row.deviation.value_or(0));
    }
    if (m_high <= m_low)
        m_high = m_low + 1;
    updateGeometry();
    update();
}

QSize ClassTable::sizeHint() const
{
    return {200, kRow * static_cast<int>(m_rows.size() + 1)};
}

void ClassTable::paintEvent(QPaintEvent*)
{
    if (m_rows.empty())
        return;
    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : kStaleOpacity);
    const Theme& theme = themeOf(palette());
    painter.setFont(captionFont());
    painter.setPen(theme.secondary);
    const QRect head(0, 0, width(), kRow);
    painter.drawText(head.adjusted(kDigit, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("mean ± std"));
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, tr("weight"));
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        paintRow(painter, head.translated(0, kRow * static_cast<int>(i + 1)), i);
}

void ClassTable::paintRow(QPainter& painter, const QRect& row, std::size_t label) const
{
    const Theme& theme = themeOf(palette());
    if (m_selected == static_cast<int>(label))
        painter.fillRect(row, theme.hover);
    painter.setFont(numberFont(11));
    painter.setPen(m_selected == static_cast<int>(label) ? theme.accent : theme.secondary);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, QString::number(label));
    const Row& values = m_rows[label];
    painter.setPen(theme.text);
    if (values.mean) {
        const QRect number(row.left() + kDigit, row.top(), kNumber, row.height());
        painter.drawText(number, Qt::AlignRight | Qt::AlignVCenter, fixed(*values.mean));
        paintBar(painter, row.adjusted(kDigit + kNumber + 8, 4, -kNumber - 8, -4), values);
    }
    painter.setPen(theme.text);
    if (values.weight)
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter,
                         *values.weight == 0 ? tr("none") : fixed(*values.weight));
}

void ClassTable::paintBar(QPainter& painter, const QRect& area, const Row& row) const
{
    const Theme& theme = themeOf(palette());
    const auto place = [&](double value) {
        return area.left() + (value - m_low) / (m_high - m_low) * area.width();
    };
    const double zero = place(0);
    const double end = place(*row.mean);
    painter.fillRect(QRectF(std::min(zero, end), area.top(), std::abs(end - zero), area.height()),
                     theme.disabled);
    painter.fillRect(QRectF(zero, area.top() - 4, 1, area.height() + 8), theme.hairline);
    const double spread = row.deviation.value_or(0);
    const double middle = area.center().y();
    painter.fillRect(QRectF(place(*row.mean - spread), middle,
                            place(*row.mean + spread) - place(*row.mean - spread), 1),
                     theme.text);
}

void ClassTable::mousePressEvent(QMouseEvent* event)
{
    const int label = static_cast<int>(event->position().y()) / kRow - 1;
    if (label >= 0 && label < static_cast<int>(m_rows.size()))
        emit classClicked(label);
}

} // namespace ui
