// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scoreboard_figure.h"

#include <QAbstractTableModel>

#include <vector>

namespace ui
{

/// The scoreboard's entries as rows, with values to sort by.
class ScoreTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Nonzero, Accuracy, Interval, League, SelectedOn, Source, kColumns };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setEntries(std::vector<KnownScore> entries);
    const KnownScore& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const KnownScore& entry, int column) const;

    std::vector<KnownScore> m_entries;
};

} // namespace ui
