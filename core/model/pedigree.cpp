// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/pedigree.h"

#include <nlohmann/json.hpp>

namespace core
{

nlohmann::json pedigreeOf(const Model& start)
{
    const nlohmann::json recipe = nlohmann::json::parse(start.provenance.recipe, nullptr, false);
    return {{"hash", modelHash(start)},
            {"origin", start.provenance.origin},
            {"selected_on", start.provenance.selectedOn},
            {"recipe", recipe.is_discarded() ? nlohmann::json() : recipe}};
}

std::string selectedOn(const Provenance& start, Split split)
{
    return start.selectedOn == "test" ? "test" : std::string(splitName(split));
}

} // namespace core
