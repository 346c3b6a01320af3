// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sorted_table.h"

#include <functional>

namespace ui
{

class ScoreTable;

/// The scoreboard's entries as a table; the smallest network first.
class ScoreList : public SortedTable
{
    Q_OBJECT

public:
    explicit ScoreList(ScoreTable* entries, QWidget* parent = nullptr);

    /// Which entries are shown; to be set again whenever it would answer otherwise.
    void setFilter(std::function<bool(int entry)> filter);

private:
    class Rows;
    explicit ScoreList(ScoreTable* entries, Rows* rows, QWidget* parent);

    Rows* m_rows;
};

} // namespace ui
