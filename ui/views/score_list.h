// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sorted_table.h"

namespace ui
{

class ScoreTable;

/// The scoreboard's entries as a table; the smallest network first.
class ScoreList : public SortedTable
{
    Q_OBJECT

public:
    explicit ScoreList(ScoreTable* entries, QWidget* parent = nullptr);
};

} // namespace ui
