// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/score_list.h"

#include "ui/models/score_table.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>

namespace ui
{

namespace
{

constexpr int kHeight = 204;

} // namespace

class ScoreList::Rows : public QSortFilterProxyModel
{
public:
    void setFilter(std::function<bool(int)> filter)
    {
        m_filter = std::move(filter);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex&) const override
    {
        return !m_filter || m_filter(row);
    }

private:
    std::function<bool(int)> m_filter;
};

ScoreList::ScoreList(ScoreTable* entries, QWidget* parent) : ScoreList(entries, new Rows, parent) {}

ScoreList::ScoreList(ScoreTable* entries, Rows* rows, QWidget* parent)
    : SortedTable(entries, rows, ScoreTable::SortRole, parent), m_rows(rows)
{
    setAccessibleName(tr("Known networks"));
    stretch(ScoreTable::Name);
    sortByColumn(ScoreTable::Nonzero, Qt::AscendingOrder);
    setFixedHeight(kHeight);
}

void ScoreList::setFilter(std::function<bool(int entry)> filter)
{
    m_rows->setFilter(std::move(filter));
}

} // namespace ui
