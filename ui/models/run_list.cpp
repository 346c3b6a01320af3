// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_list.h"

#include "ui/runs/run_board.h"
#include "ui/runs/run_words.h"

#include <algorithm>

namespace ui
{

RunList::RunList(RunBoard& board, QObject* parent) : QAbstractListModel(parent), m_board(board)
{
    connect(&board, &RunBoard::runsChanged, this, &RunList::takeList);
    connect(&board, &RunBoard::progressed, this, &RunList::showProgress);
    takeList();
}

int RunList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant RunList::data(const QModelIndex& index, int role) const
{
    const core::RunSummary* shown = run(index);
    if (shown == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return runTitle(*shown);
    case Qt::AccessibleTextRole:
        return runLine(*shown);
    case Qt::ToolTipRole:
        return runLine(*shown) + u'\n' + QString::fromStdString(shown->folder.string());
    case Run:
        return QVariant::fromValue(shown);
    default:
        return {};
    }
}

const core::RunSummary* RunList::run(const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return nullptr;
    return m_board.find(m_ids[static_cast<std::size_t>(index.row())]);
}

QModelIndex RunList::indexOf(const std::string& id) const
{
    const auto found = std::ranges::find(m_ids, id);
    return found == m_ids.end() ? QModelIndex() : index(static_cast<int>(found - m_ids.begin()));
}

void RunList::takeList()
{
    std::vector<std::string> ids;
    for (const core::RunSummary& shown : m_board.runs())
        ids.push_back(shown.id);
    if (ids == m_ids) {
        if (!ids.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    const std::vector<std::string> old = std::exchange(m_ids, std::move(ids));
    for (const QModelIndex& place : before)
        after.append(indexOf(old[static_cast<std::size_t>(place.row())]));
    changePersistentIndexList(before, after);
    emit layoutChanged();
}

void RunList::showProgress(const std::string& id)
{
    if (const QModelIndex place = indexOf(id); place.isValid())
        emit dataChanged(place, place);
}

} // namespace ui
