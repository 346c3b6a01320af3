// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include <functional>
#include <vector>

namespace ui
{

/// One thing that the palette can do.
struct PaletteEntry {
    QString title;
    QString kind; ///< "File", "Model", "Go to": shown beside the title
    QString keys; ///< empty: none
    std::function<void()> run;
};

/// The entries that answer to what was typed, the best first; all of them while nothing is.
class PaletteList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole, KeysRole, PositionsRole };

    explicit PaletteList(std::vector<PaletteEntry> entries, QObject* parent = nullptr);

    void setPattern(const QString& pattern);
    const PaletteEntry& entry(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        std::size_t entry = 0;
        int score = 0;
        std::vector<int> positions; ///< of the matched letters in the title
    };

    std::vector<PaletteEntry> m_entries;
    std::vector<Row> m_rows;
};

} // namespace ui
