// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/journal.h"

namespace core
{

/// A decision as a journal's line, and back, bit for bit: a pruning is replayed from them. Throws
/// Error(Input) where the line is broken.
std::string visitLine(const PruneVisit& visit);
PruneVisit visitOf(const JournalLine& line);

} // namespace core
