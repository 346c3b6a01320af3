// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sweep_data.h"

#include <QAbstractTableModel>

namespace ui
{

/// A study's trials as rows, with values to sort and filter by. What is added or changes leaves the
/// selection and the other rows alone.
class TrialTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, State, Value, kFixed }; ///< then what the trials vary
    enum Role { SortRole = Qt::UserRole };        ///< a number, or a text

    using QAbstractTableModel::QAbstractTableModel;

    void setData(SweepDataPointer data); ///< null: none
    const core::Trial& trial(int row) const
    {
        return m_data->trials[static_cast<std::size_t>(row)];
    }
    std::optional<int> rowOf(int number) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool continues(const SweepData& next) const;
    QString text(const core::Trial& trial, int column) const;
    QVariant sortValue(const core::Trial& trial, int column) const;
    const core::TrialParameter* parameter(const core::Trial& trial, int column) const;

    SweepDataPointer m_data;
};

} // namespace ui
