// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sorted_table.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kRowsMeasured = 50; ///< for the columns' widths; all of them would take too long

/// Room between the columns.
class AiryCells : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        constexpr int kAir = 14;
        return QStyledItemDelegate::sizeHint(option, index) + QSize(kAir, 0);
    }
};

} // namespace

SortedTable::SortedTable(QAbstractItemModel* rows, QSortFilterProxyModel* sorted, int sortRole,
                         QWidget* parent)
    : QTableView(parent), m_rows(rows), m_sorted(sorted)
{
    m_sorted->setParent(this);
    m_sorted->setSourceModel(rows);
    m_sorted->setSortRole(sortRole);
    setModel(m_sorted);
    setItemDelegate(new AiryCells(this));
    buildHeaders();
    setSortingEnabled(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    const auto open = [this](const QModelIndex& index) {
        if (index.isValid())
            emit opened(m_sorted->mapToSource(index).row());
    };
    connect(this, &QTableView::clicked, this, open);
    connect(this, &QTableView::activated, this, open);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SortedTable::currentEntryChanged);
}

void SortedTable::buildHeaders()
{
    QHeaderView* header = horizontalHeader();
    header->setAccessibleName(
        tr("Columns: left and right choose the one to sort by, space turns the order round"));
    header->setFocusPolicy(Qt::StrongFocus);
    header->installEventFilter(this);
    header->setResizeContentsPrecision(kRowsMeasured);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setHighlightSections(false);
    verticalHeader()->setAccessibleName(tr("Rows"));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(26);
    setCornerButtonEnabled(false);
    setCornerWidget(new QWidget); // nothing where the scroll bars meet
    if (auto* corner = findChild<QAbstractButton*>())
        corner->setAccessibleName(tr("Corner of the table"));
}

void SortedTable::stretch(int column)
{
    m_stretched = column;
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Fixed);
    updateGeometries();
}

void SortedTable::updateGeometries()
{
    QTableView::updateGeometries();
    if (m_stretched < 0)
        return;
    constexpr int kWidest = 240; // px, of what a long text may push out of sight
    int others = 0;
    for (int column = 0; column < columns(); ++column)
        if (column != m_stretched)
            others += columnWidth(column);
    const int needed = std::min(sizeHintForColumn(m_stretched), kWidest);
    setColumnWidth(m_stretched, std::max(needed, viewport()->width() - others));
}

int SortedTable::columns() const
{
    return std::max(1, m_rows->columnCount());
}

std::optional<int> SortedTable::currentEntry() const
{
    const QModelIndex row = selectionModel()->currentIndex();
    return row.isValid() ? std::optional(m_sorted->mapToSource(row).row()) : std::nullopt;
}

void SortedTable::showEntry(int entry)
{
    setCurrentIndex(m_sorted->mapFromSource(m_rows->index(entry, 0)));
}

bool SortedTable::sortByKey(int key)
{
    const int column = horizontalHeader()->sortIndicatorSection();
    const bool rising = horizontalHeader()->sortIndicatorOrder() == Qt::AscendingOrder;
    if (key == Qt::Key_Space) {
        sortByColumn(column, rising ? Qt::DescendingOrder : Qt::AscendingOrder);
        return true;
    }
    if (key != Qt::Key_Left && key != Qt::Key_Right)
        return false;
    const int next = column + (key == Qt::Key_Right ? 1 : columns() - 1);
    sortByColumn(next % columns(), Qt::AscendingOrder);
    return true;
}

bool SortedTable::eventFilter(QObject* object, QEvent* event)
{
    if (object == horizontalHeader() && event->type() == QEvent::KeyPress &&
        sortByKey(static_cast<QKeyEvent*>(event)->key()))
        return true;
    return QTableView::eventFilter(object, event);
}

QJsonObject SortedTable::order() const
{
    return {{QStringLiteral("sortedBy"), horizontalHeader()->sortIndicatorSection()},
            {QStringLiteral("falling"),
             horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void SortedTable::restoreOrder(const QJsonObject& order, int otherwise)
{
    const int column = order.value(QStringLiteral("sortedBy")).toInt(otherwise);
    sortByColumn(std::clamp(column, 0, columns() - 1),
                 order.value(QStringLiteral("falling")).toBool() ? Qt::DescendingOrder
                                                                 : Qt::AscendingOrder);
}

} // namespace ui
