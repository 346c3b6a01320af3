// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/golf_table.h"

#include "ui/words.h"

#include <QFont>

namespace ui
{

namespace
{

int alignmentOf(int column)
{
    const bool words = column == GolfTable::Phase || column == GolfTable::Verdict;
    return static_cast<int>(Qt::AlignVCenter | (words ? Qt::AlignLeft : Qt::AlignRight));
}

bool isSame(const core::GolfStep& a, const core::GolfStep& b)
{
    return a.step == b.step && a.phase == b.phase && a.nonzero == b.nonzero &&
           a.correct == b.correct && a.accepted == b.accepted;
}

} // namespace

/// A resumed run may do its last steps again, so the last one that is known has to be there still.
bool GolfTable::goesOnWith(const GolfGame& game) const
{
    return game.run == m_run && game.images == m_images && !m_steps.empty() &&
           game.steps.size() >= m_steps.size() &&
           isSame(game.steps[m_steps.size() - 1], m_steps.back());
}

void GolfTable::setGame(const GolfGame& game)
{
    if (goesOnWith(game)) {
        if (game.steps.size() == m_steps.size())
            return;
        const auto known = static_cast<std::ptrdiff_t>(m_steps.size());
        beginInsertRows({}, static_cast<int>(known), static_cast<int>(game.steps.size()) - 1);
        m_steps.insert(m_steps.end(), game.steps.begin() + known, game.steps.end());
        endInsertRows();
        return;
    }
    beginResetModel();
    m_run = game.run;
    m_images = game.images;
    if (!game.steps.empty()) // else of no game at all
        m_options = game.golf().options;
    m_steps = game.steps;
    endResetModel();
}

int GolfTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int GolfTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

bool GolfTable::isBest(int row) const
{
    const core::GolfStep& step = this->step(row);
    if (step.bestNonzero == 0)
        return false;
    return row == 0 || this->step(row - 1).bestNonzero != step.bestNonzero ||
           this->step(row - 1).bestCorrect != step.bestCorrect;
}

QString GolfTable::text(int row, int column) const
{
    const core::GolfStep& step = this->step(row);
    switch (column) {
    case Step:
        return withThousands(static_cast<std::int64_t>(step.step));
    case Phase:
        return step.round > 0 ? tr("%1, round %2").arg(phaseText(step.phase)).arg(step.round)
                              : phaseText(step.phase);
    case Nonzero:
        return withThousands(step.nonzero);
    case Right:
        return withThousands(step.correct);
    case TrainLoss:
        return fixed(step.trainLoss, 4);
    case Verdict:
        if (isBest(row))
            return tr("new best");
        if (core::isRefused(step, m_options))
            return tr("refused");
        return step.phase == core::GolfPhase::Grow || !step.accepted ? QString() : tr("kept");
    default:
        return {};
    }
}

QVariant GolfTable::sortValue(int row, int column) const
{
    const core::GolfStep& step = this->step(row);
    switch (column) {
    case Step:
        return static_cast<qulonglong>(step.step);
    case Nonzero:
        return step.nonzero;
    case Right:
        return step.correct;
    case TrainLoss:
        return step.trainLoss;
    default:
        return text(row, column);
    }
}

QVariant GolfTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case SortRole:
        return sortValue(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::FontRole:
        if (isBest(index.row())) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    default:
        return {};
    }
}

QString GolfTable::headerTip(int column) const
{
    switch (column) {
    case Right:
        return m_images > 0
                   ? tr("Right answers to the %1 images that select").arg(withThousands(m_images))
                   : tr("Right answers to the images that select");
    case TrainLoss:
        return tr("Mean cross entropy on the training images after the step");
    default:
        return {};
    }
}

QVariant GolfTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role == Qt::ToolTipRole)
        return headerTip(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Step:
        return tr("Step");
    case Phase:
        return tr("Phase");
    case Nonzero:
        return tr("Non-zero");
    case Right:
        return tr("Right");
    case TrainLoss:
        return tr("Loss");
    case Verdict:
        return tr("Verdict");
    default:
        return {};
    }
}

} // namespace ui
