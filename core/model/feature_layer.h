// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

namespace core
{

/// The layer whose output are the feature neurons, before (Stage::Pre) or after the activation of
/// the unit that they belong to; the same where they belong to none.
int featureLayerAt(const Architecture& architecture, Stage stage);

} // namespace core
