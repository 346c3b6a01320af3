// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wrap_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace ui
{

WrapLayout::WrapLayout(QWidget* parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(8);
}

WrapLayout::~WrapLayout()
{
    for (const QLayoutItem* item : m_items)
        delete item;
}

void WrapLayout::addAtEnd(QWidget* widget)
{
    addWidget(widget);
    m_end = m_items.back();
}

void WrapLayout::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
    invalidate();
}

int WrapLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* WrapLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* WrapLayout::takeAt(int index)
{
    QLayoutItem* item = itemAt(index);
    std::erase(m_items, item);
    if (item == m_end)
        m_end = nullptr;
    return item;
}

int WrapLayout::heightForWidth(int width) const
{
    return arrange({0, 0, width, 0}, Deed::Measure);
}

QSize WrapLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return QSize(width, height).grownBy(contentsMargins());
}

QSize WrapLayout::minimumSize() const
{
    QSize least;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty())
            least = least.expandedTo(item->minimumSize());
    return least.grownBy(contentsMargins());
}

void WrapLayout::setGeometry(const QRect& place)
{
    QLayout::setGeometry(place);
    arrange(place, Deed::Place);
}

QLayoutItem* WrapLayout::shownEnd() const
{
    return m_end != nullptr && !m_end->isEmpty() ? m_end : nullptr;
}

int WrapLayout::arrange(const QRect& place, Deed deed) const
{
    const QRect inner = place.marginsRemoved(contentsMargins());
    std::vector<std::pair<QLayoutItem*, QRect>> row;
    int x = inner.left();
    int y = inner.top();
    int tallest = 0;
    const auto put = [&](QLayoutItem* item, int left, int width) {
        const int height = item->sizeHint().height();
        row.emplace_back(item, QRect(left, y, width, height));
        tallest = std::max(tallest, height);
    };
    const auto closeRow = [&] {
        for (auto& [item, where] : row) {
            where.translate(0, (tallest - where.height()) / 2);
            if (deed == Deed::Place)
                item->setGeometry(
                    QStyle::visualRect(parentWidget()->layoutDirection(), inner, where));
        }
        row.clear();
    };

    int right = inner.right() + 1;
    if (QLayoutItem* end = shownEnd()) {
        const int width = std::min(end->sizeHint().width(), inner.width());
        put(end, right - width, width);
        right -= width + spacing();
    }
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty() || item == m_end)
            continue;
        const int width = std::min(item->sizeHint().width(), inner.width());
        if (x + width > right && !row.empty()) {
            closeRow();
            y += tallest + spacing();
            x = inner.left();
            right = inner.right() + 1;
            tallest = 0;
        }
        put(item, x, width);
        x += width + spacing();
    }
    closeRow();
    return y + tallest + contentsMargins().bottom() - place.top();
}

} // namespace ui
