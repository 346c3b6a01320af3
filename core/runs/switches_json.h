// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/spec_reader.h"

namespace core
{

/// Adds "switches" with those that mean anything; nothing where all are off, so that a spec or a
/// recipe without any reads as it always did.
void putSwitches(nlohmann::json& object, const TrainingSwitches& switches);

/// Takes what putSwitches has put; what is absent is off.
void takeSwitches(SpecReader& object, TrainingSwitches& switches);

} // namespace core
