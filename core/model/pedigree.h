// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/model.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace core
{

// What the provenance of a model that was made from another one says of that one.

/// For "from" in its recipe: what the start is known to come from, whole, so that the chain can be
/// made again.
nlohmann::json pedigreeOf(const Model& start);

/// Provenance::selectedOn of a model that was made from `start` with an eye on `split`: a test set
/// that ever chose something has been looked at for good.
std::string selectedOn(const Provenance& start, Split split);

} // namespace core
