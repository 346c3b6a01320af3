// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace ui
{

class Session;

/// What a row of the Models panel says, ready to paint.
struct ModelRow {
    QString name;
    QString size;           ///< "575 of 820 non-zero"
    QString shortSize;      ///< "575 of 820": beside a badge
    QString accuracy;       ///< "98.00 %"; "evaluating" or "not evaluated"
    QString data;           ///< "MNIST test"
    QString stored;         ///< "98.00 % MNIST test, stored": where other data is loaded
    QString layoutBadge;    ///< "inferred", or nothing
    QString selectionBadge; ///< "selected on test", or nothing
    bool current = false;
    bool reference = false;
    bool failed = false; ///< no accuracy; the tooltip says why
    bool operator==(const ModelRow&) const = default;
};

/// The session's models as rows.
class ModelList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { Row = Qt::UserRole };

    explicit ModelList(Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    ModelRow row(int index) const;

private:
    void refresh();
    QString toolTip(int index) const;

    Session& m_session;
    int m_rows = 0;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::ModelRow)
