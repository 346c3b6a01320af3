// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/provenance_text.h"

#include <fmt/format.h>

namespace app
{

Json provenanceAsJson(const core::Provenance& provenance)
{
    Json recipe = Json::parse(provenance.recipe, nullptr, /*allow_exceptions=*/false);
    if (recipe.is_discarded())
        recipe = provenance.recipe.empty() ? Json() : Json(provenance.recipe);
    Json accuracies = Json::array();
    for (const core::MeasuredAccuracy& measured : provenance.accuracies)
        accuracies.push_back({{"data", measured.data},
                              {"split", measured.split},
                              {"correct", measured.correct},
                              {"images", measured.images},
                              {"accuracy", measured.accuracy()}});
    return {{"origin", provenance.origin},
            {"recipe", std::move(recipe)},
            {"selected_on", provenance.selectedOn},
            {"accuracies", std::move(accuracies)}};
}

std::string provenanceAsText(const core::Provenance& provenance)
{
    std::string text;
    if (!provenance.origin.empty())
        text += fmt::format("  origin        {}\n", printable(provenance.origin));
    if (!provenance.recipe.empty())
        text += fmt::format("  recipe        {}\n", printable(provenance.recipe));
    if (!provenance.selectedOn.empty())
        text += fmt::format("  selected on   {}\n", printable(provenance.selectedOn));
    for (const core::MeasuredAccuracy& measured : provenance.accuracies)
        text += fmt::format("  accuracy      {} on {}\n", percent(measured.accuracy()),
                            printable(measured.data));
    return text;
}

} // namespace app
