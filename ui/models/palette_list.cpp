// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/palette_list.h"

#include "ui/models/fuzzy.h"

#include <algorithm>

namespace ui
{

PaletteList::PaletteList(std::vector<PaletteEntry> entries, QObject* parent)
    : QAbstractListModel(parent), m_entries(std::move(entries))
{
    setPattern({});
}

void PaletteList::setPattern(const QString& pattern)
{
    beginResetModel();
    m_rows.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const PaletteEntry& entry = m_entries[i];
        if (auto match = fuzzyMatch(pattern, entry.title)) {
            m_rows.push_back({i, match->score, std::move(match->positions)});
        } else if (const auto both = fuzzyMatch(pattern, entry.kind + " " + entry.title)) {
            // "model 820": the kind helps to find it, but a title alone comes first.
            m_rows.push_back({i, both->score / 2, {}});
        }
    }
    std::ranges::stable_sort(m_rows, std::ranges::greater(), &Row::score);
    endResetModel();
}

const PaletteEntry& PaletteList::entry(int row) const
{
    return m_entries[m_rows[static_cast<std::size_t>(row)].entry];
}

int PaletteList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteList::data(const QModelIndex& index, int role) const
{
    const PaletteEntry& found = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return found.title;
    case Qt::AccessibleTextRole:
        return found.keys.isEmpty()
                   ? QString("%1, %2").arg(found.title, found.kind)
                   : QString("%1, %2, %3").arg(found.title, found.kind, found.keys);
    case KindRole:
        return found.kind;
    case KeysRole:
        return found.keys;
    case PositionsRole: {
        QVariantList positions;
        for (const int position : m_rows[static_cast<std::size_t>(index.row())].positions)
            positions.append(position);
        return positions;
    }
    default:
        return {};
    }
}

} // namespace ui
