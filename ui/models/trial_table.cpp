// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trial_table.h"

#include "ui/theme.h"

#include <QFont>

#include <algorithm>
#include <limits>

namespace ui
{

namespace
{

QStringList namesOf(const SweepData& data)
{
    QStringList names;
    for (const core::Dimension& dimension : data.space.dimensions)
        names << QString::fromStdString(dimension.name);
    return names;
}

} // namespace

/// Whether `next` is the same study, later.
bool TrialTable::continues(const SweepData& next) const
{
    if (!m_data || m_data->study != next.study || m_data->storage != next.storage ||
        next.trials.size() < m_data->trials.size() || namesOf(*m_data) != namesOf(next))
        return false;
    return m_data->trials.empty() ||
           m_data->trials.back().id == next.trials[m_data->trials.size() - 1].id;
}

void TrialTable::setData(SweepDataPointer data)
{
    if (!data || !continues(*data)) {
        beginResetModel();
        m_data = std::move(data);
        endResetModel();
        return;
    }
    const auto before = static_cast<int>(m_data->trials.size());
    const auto after = static_cast<int>(data->trials.size());
    int first = before;
    for (int row = before - 1; row >= 0; --row) // what is finished stays as it is
        if (!core::isFinished(trial(row).state))
            first = row;
    if (after > before)
        beginInsertRows({}, before, after - 1);
    m_data = std::move(data);
    if (after > before)
        endInsertRows();
    if (first < before)
        emit dataChanged(index(first, 0), index(before - 1, columnCount() - 1));
}

std::optional<int> TrialTable::rowOf(int number) const
{
    if (!m_data)
        return std::nullopt;
    const auto found = std::ranges::find(m_data->trials, number, &core::Trial::number);
    return found == m_data->trials.end()
               ? std::nullopt
               : std::optional(static_cast<int>(found - m_data->trials.begin()));
}

int TrialTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_data ? 0 : static_cast<int>(m_data->trials.size());
}

int TrialTable::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return kFixed + (m_data ? static_cast<int>(m_data->space.dimensions.size()) : 0);
}

const core::TrialParameter* TrialTable::parameter(const core::Trial& trial, int column) const
{
    const auto& dimension = m_data->space.dimensions[static_cast<std::size_t>(column - kFixed)];
    const auto found = trial.parameters.find(dimension.name);
    return found == trial.parameters.end() ? nullptr : &found->second;
}

QString TrialTable::text(const core::Trial& trial, int column) const
{
    switch (column) {
    case Number:
        return QString::number(trial.number);
    case State:
        return stateText(trial.state);
    case Value: {
        const auto value = latestValue(trial);
        return value ? m_data->valueText(*value) : QString();
    }
    default:
        break;
    }
    const core::TrialParameter* found = parameter(trial, column);
    if (found == nullptr)
        return {};
    return parameterText(*found);
}

QVariant TrialTable::sortValue(const core::Trial& trial, int column) const
{
    constexpr double kNone = -std::numeric_limits<double>::max();
    if (column == Number)
        return trial.number;
    if (column == State)
        return stateText(trial.state);
    if (column == Value) {
        const auto value = latestValue(trial);
        return value ? m_data->factor() * *value : kNone;
    }
    const core::TrialParameter* found = parameter(trial, column);
    if (found == nullptr)
        return kNone;
    if (std::holds_alternative<core::Categories>(found->distribution))
        return text(trial, column);
    return found->internal;
}

QVariant TrialTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const core::Trial& trial = this->trial(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(trial, column);
    case SortRole:
        return sortValue(trial, column);
    case Qt::ToolTipRole:
        return describeTrial(*m_data, trial);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter |
                                (column <= State ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::FontRole:
        return column == State ? bodyFont() : numberFont();
    default:
        return {};
    }
}

QVariant TrialTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || !m_data)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (section <= State ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("trial");
    case State:
        return tr("state");
    case Value:
        return m_data->measuredOn.isEmpty() ? tr("value") : tr("accuracy");
    default:
        return namesOf(*m_data).value(section - kFixed);
    }
}

} // namespace ui
