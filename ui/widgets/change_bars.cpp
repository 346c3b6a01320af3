// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/change_bars.h"

#include "ui/figures/colour_map.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cstdlib>

namespace ui
{

namespace
{

constexpr int kEdge = 8;     ///< a number may be wider than its bar
constexpr int kDigits = 16;  ///< height of the line of classes
constexpr int kNumbers = 14; ///< and of the numbers at the bars' ends

/// The largest, down to what can still be read, in which the widest label has room.
QFont numberFontFor(const QStringList& labels, double room)
{
    constexpr int kLargest = 10;
    constexpr int kSmallest = 8;
    for (int pixels = kLargest; pixels > kSmallest; --pixels) {
        const QFontMetricsF metrics(numberFont(pixels));
        if (std::ranges::all_of(labels, [&](const QString& label) {
                return metrics.horizontalAdvance(label) <= room;
            }))
            return numberFont(pixels);
    }
    return numberFont(kSmallest);
}

} // namespace

ChangeBars::ChangeBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Change in right answers of each class"));
}

void ChangeBars::show(std::vector<Class> classes, std::optional<int> selected)
{
    m_classes = std::move(classes);
    m_selected = selected;
    describe();
    update();
}

void ChangeBars::describe()
{
    QStringList parts;
    for (std::size_t label = 0; label < m_classes.size(); ++label)
        parts << tr("class %1: %2").arg(label).arg(signedCount(m_classes[label].change()));
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

QRectF ChangeBars::slot(std::size_t label) const
{
    const double each = (width() - 2.0 * kEdge) / static_cast<double>(m_classes.size());
    return {kEdge + each * static_cast<double>(label), 0, each, double(height())};
}

int ChangeBars::classAt(const QPointF& position) const
{
    for (std::size_t label = 0; label < m_classes.size(); ++label)
        if (slot(label).contains(position))
            return static_cast<int>(label);
    return -1;
}

void ChangeBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : kStaleOpacity);
    const Theme& theme = themeOf(palette());
    int up = 0;
    int down = 0;
    for (const Class& one : m_classes) {
        up = std::max(up, one.change());
        down = std::max(down, -one.change());
    }
    const double room = height() - kDigits - 2 * kNumbers;
    const double scale = room / std::max(1, up + down);
    const double base = up + down == 0 ? kNumbers + room / 2 : kNumbers + up * scale;
    const ColourScale colours = signedScale(1);
    QStringList numbers;
    for (const Class& one : m_classes)
        numbers << signedCount(one.change());
    const QFont font = numberFontFor(numbers, m_classes.empty() ? 0 : slot(0).width());
    for (std::size_t label = 0; label < m_classes.size(); ++label) {
        const QRectF place = slot(label);
        const int change = m_classes[label].change();
        const double tall = std::abs(change) * scale;
        const QRectF bar(place.left() + 3, change > 0 ? base - tall : base, place.width() - 6,
                         tall);
        painter.fillRect(bar, QColor(colours.colour(change > 0 ? 0.7 : -0.7)));
        painter.setFont(font);
        painter.setPen(change == 0 ? theme.secondary : theme.text);
        const double top = change < 0 ? bar.bottom() : base - tall - kNumbers;
        painter.drawText(QRectF(place.left() - 6, top, place.width() + 12, kNumbers),
                         Qt::AlignCenter, numbers[static_cast<int>(label)]);
        painter.setFont(captionFont());
        painter.setPen(m_selected == static_cast<int>(label) ? theme.accent : theme.secondary);
        painter.drawText(QRectF(place.left(), height() - kDigits, place.width(), kDigits),
                         Qt::AlignCenter, QString::number(label));
    }
    painter.fillRect(QRectF(0, base, width(), 1), theme.hairline);
}

void ChangeBars::mousePressEvent(QMouseEvent* event)
{
    if (const int label = classAt(event->position()); label >= 0)
        emit classClicked(label);
}

bool ChangeBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int label = classAt(help->pos()); label >= 0) {
        const Class& one = m_classes[static_cast<std::size_t>(label)];
        QToolTip::showText(help->globalPos(),
                           tr("Class %1: %2 of %3 right, before %4")
                               .arg(label)
                               .arg(withThousands(one.after), withThousands(one.images),
                                    withThousands(one.before)),
                           this);
    }
    return true;
}

} // namespace ui
