// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_events.h"

#include <QAbstractListModel>

#include <string>

namespace ui
{

class RunBoard;

/// The board's runs as rows. Keeps persistent indexes, and so the selection, with their runs.
class RunList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { Run = Qt::UserRole };

    explicit RunList(RunBoard& board, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    const core::RunSummary* run(const QModelIndex& index) const; ///< nullptr for an invalid one
    QModelIndex indexOf(const std::string& id) const;

private:
    void takeList();
    void showProgress(const std::string& id);

    RunBoard& m_board;
    std::vector<std::string> m_ids;
};

} // namespace ui

Q_DECLARE_METATYPE(const core::RunSummary*)
