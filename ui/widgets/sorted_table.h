// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QTableView>

#include <optional>

class QSortFilterProxyModel;

namespace ui
{

/// Rows of a model as a table that sorts, by the mouse or, from its header, by the arrow keys and
/// space. Rows are named as the model has them, however they are sorted and filtered here.
class SortedTable : public QTableView
{
    Q_OBJECT

public:
    /// `sorted` becomes the table's; it sorts by `sortRole` of `rows`.
    SortedTable(QAbstractItemModel* rows, QSortFilterProxyModel* sorted, int sortRole,
                QWidget* parent = nullptr);

    /// This column takes the room that the others leave, but not less than its texts need; then the
    /// table scrolls sideways.
    void stretch(int column);

    std::optional<int> currentEntry() const;
    void showEntry(int entry);

    QJsonObject order() const; ///< column and direction
    void restoreOrder(const QJsonObject& order, int otherwise = 0);

signals:
    void opened(int entry); ///< by a click or Enter
    void currentEntryChanged();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void updateGeometries() override;

private:
    void buildHeaders();
    bool sortByKey(int key);
    int columns() const;

    QAbstractItemModel* m_rows;
    QSortFilterProxyModel* m_sorted;
    int m_stretched = -1; ///< column
};

} // namespace ui
