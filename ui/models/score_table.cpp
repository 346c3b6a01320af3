// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/score_table.h"

#include "ui/words.h"

#include <QFont>

namespace ui
{

namespace
{

/// Numbers at the right; the intervals, all as long, in the middle, away from their neighbours.
int alignmentOf(int column)
{
    const bool number = column == ScoreTable::Nonzero || column == ScoreTable::Accuracy;
    return static_cast<int>(Qt::AlignVCenter | (number                           ? Qt::AlignRight
                                                : column == ScoreTable::Interval ? Qt::AlignHCenter
                                                                                 : Qt::AlignLeft));
}

} // namespace

void ScoreTable::setEntries(std::vector<KnownScore> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int ScoreTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ScoreTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QString ScoreTable::text(const KnownScore& entry, int column) const
{
    const core::Score& score = entry.score;
    const bool failed = !entry.problem.isEmpty();
    switch (column) {
    case Name:
        return score.name.empty() ? entry.file.section('/', -1)
                                  : QString::fromStdString(score.name);
    case Nonzero:
        return failed ? QString() : withThousands(static_cast<std::int64_t>(score.nonzero));
    case Accuracy:
        return entry.placed() ? percent(score.accuracy()) : QString();
    case Interval:
        return entry.placed() ? intervalText(score) : QString();
    case League:
        return failed ? QString() : leagueWord(score.league);
    case SelectedOn:
        return score.selectedOn.empty() ? tr("not said") : QString::fromStdString(score.selectedOn);
    case Source:
        return originText(entry.origin) + ", " + sourceText(entry) +
               (failed || entry.placed() || score.data.empty()
                    ? QString()
                    : tr(", only on %1").arg(QString::fromStdString(score.data)));
    default:
        return {};
    }
}

QVariant ScoreTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const KnownScore& entry = this->entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
        return entry.problem.isEmpty() ? text(entry, index.column()) : entry.problem;
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::FontRole:
        if (entry.current) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case SortRole:
        switch (index.column()) {
        case Nonzero:
            return static_cast<qulonglong>(entry.score.nonzero);
        case Accuracy:
        case Interval:
            return entry.placed() ? entry.score.accuracy() : 0.0;
        default:
            return text(entry, index.column());
        }
    default:
        return {};
    }
}

QVariant ScoreTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Network");
    case Nonzero:
        return tr("Non-zero");
    case Accuracy:
        return tr("MNIST test");
    case Interval:
        return tr("95 % interval");
    case League:
        return tr("League");
    case SelectedOn:
        return tr("Selected on");
    case Source:
        return tr("Known from");
    default:
        return {};
    }
}

} // namespace ui
