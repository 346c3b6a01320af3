// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/golf_steps.h"

#include "ui/models/golf_table.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSortFilterProxyModel>

#include <utility>

namespace ui
{

GolfSteps::GolfSteps(GolfTable* steps, QWidget* parent)
    : SortedTable(steps, new QSortFilterProxyModel, GolfTable::SortRole, parent)
{
    setAccessibleName(tr("Steps of the game"));
    stretch(GolfTable::Phase);
    sortByColumn(GolfTable::Step, Qt::AscendingOrder);
    followEnd();
}

void GolfSteps::followEnd()
{
    connect(model(), &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this] { m_atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum(); });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int most) {
        if (std::exchange(m_atEnd, false))
            verticalScrollBar()->setValue(most);
    });
}

} // namespace ui
