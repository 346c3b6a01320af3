// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QTableView>

#include <optional>

class QSortFilterProxyModel;

namespace ui
{

class ScoreTable;

/// The scoreboard's entries as a table that sorts, by the mouse or, from its header, by the arrow
/// keys and space. Entries are named by their row in the ScoreTable, however it is sorted.
class ScoreList : public QTableView
{
    Q_OBJECT

public:
    explicit ScoreList(ScoreTable* entries, QWidget* parent = nullptr);

    std::optional<int> currentEntry() const;
    void showEntry(int entry);

    QJsonObject order() const; ///< column and direction
    void restoreOrder(const QJsonObject& order);

signals:
    void opened(int entry); ///< by a click or Enter
    void currentEntryChanged();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void buildHeaders();
    bool sortByKey(int key);

    ScoreTable* m_entries;
    QSortFilterProxyModel* m_sorted;
};

} // namespace ui
