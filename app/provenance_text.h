// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/output.h"
#include "core/model/provenance.h"

#include <string>

namespace app
{

/// {origin, recipe, selected_on, accuracies}; the recipe as an object where it is JSON.
Json provenanceAsJson(const core::Provenance& provenance);

/// Indented lines: where it comes from, what chose it, what it reached. Empty if nothing is known.
std::string provenanceAsText(const core::Provenance& provenance);

} // namespace app
