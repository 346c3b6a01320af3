// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sorted_table.h"

namespace ui
{

class GolfTable;

/// The steps of a game as a table. Steps that come are followed by who looks at the end.
class GolfSteps : public SortedTable
{
    Q_OBJECT

public:
    explicit GolfSteps(GolfTable* steps, QWidget* parent = nullptr);

private:
    void followEnd();

    bool m_atEnd = false; ///< before rows are inserted
};

} // namespace ui
