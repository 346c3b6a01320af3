// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/score_list.h"

#include "ui/models/score_table.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>

namespace ui
{

namespace
{

constexpr int kHeight = 232;

} // namespace

ScoreList::ScoreList(ScoreTable* entries, QWidget* parent)
    : SortedTable(entries, new QSortFilterProxyModel, ScoreTable::SortRole, parent)
{
    setAccessibleName(tr("Known networks"));
    horizontalHeader()->setSectionResizeMode(ScoreTable::Name, QHeaderView::Stretch);
    sortByColumn(ScoreTable::Nonzero, Qt::AscendingOrder);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFixedHeight(kHeight);
}

} // namespace ui
