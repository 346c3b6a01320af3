// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/given_options.h"

namespace app
{

/// --augment, --average and so on, all off: what may happen in the trainings of any command.
void addSwitchOptions(CLI::App& command, GivenOptions<core::TrainingSwitches>& switches);

/// --sparse and its numbers, where a training may be sparse from the start.
void addSparseOptions(CLI::App& command, GivenOptions<core::TrainingSwitches>& switches);

} // namespace app
