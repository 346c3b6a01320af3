// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <string>

namespace app
{

/// The index of the unit that --layer names: its number from 1, or its name. Throws
/// core::Error(Usage) listing the units there are.
int chooseUnit(const core::Architecture& architecture, const std::string& layer);

/// "conv1 before its activation function"; only the name where there is none.
std::string placeOf(const core::Unit& unit, core::Stage stage);

} // namespace app
