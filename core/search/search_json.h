// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/distribution.h"

#include <nlohmann/json.hpp>

namespace core
{

// For the sources of this room only: JSON whose keys keep their order.
using Json = nlohmann::ordered_json;

Json jsonOf(const SearchValue& value);
SearchValue searchValueOf(const Json& json); ///< throws Error(Input)

} // namespace core
