// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf.h"
#include "core/runs/journal.h"

#include <string>

namespace core
{

/// A step of a game as a line of the journal, and back.
std::string golfLine(const GolfStep& step);
/// Throws Error(Input) where the line is broken.
GolfStep golfStepOf(const JournalLine& line);

} // namespace core
