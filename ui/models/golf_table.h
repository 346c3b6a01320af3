// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/golf_games.h"

#include <QAbstractTableModel>

#include <vector>

namespace ui
{

/// The steps of a game as rows, in their order, with values to sort by.
class GolfTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Step,
        Phase,
        Nonzero,
        Right,
        TrainLoss,
        Verdict,
        kColumns
    };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// More steps of the same game are appended; anything else begins anew.
    void setGame(const GolfGame& game);
    const core::GolfStep& step(int row) const { return m_steps[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool goesOnWith(const GolfGame& game) const;
    bool isBest(int row) const; ///< brought the fewest so far
    QString text(int row, int column) const;
    QVariant sortValue(int row, int column) const;
    QString headerTip(int column) const;

    std::string m_run;
    int m_images = 0;
    core::GolfOptions m_options;
    std::vector<core::GolfStep> m_steps;
};

} // namespace ui
