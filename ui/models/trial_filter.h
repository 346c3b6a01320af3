// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

#include <vector>

namespace ui
{

/// Lets those trials through that have all of some words: "pruned", or a column compared with a
/// number or a text as "lr<0.001", "accuracy>=98", "activation=prelu".
class TrialFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString& words);
    const QString& words() const { return m_words; }
    /// The first word that compares with a column that there isn't; empty: none.
    QString unknown() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    struct Condition {
        QString column; ///< empty: any cell holds the text
        QString sign;
        QString text;
    };

    int columnNamed(const QString& name) const; ///< -1: there is none
    bool fulfils(int row, const Condition& condition) const;

    QString m_words;
    std::vector<Condition> m_conditions;
};

} // namespace ui
