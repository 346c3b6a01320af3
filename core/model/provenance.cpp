// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/provenance.h"

#include "core/base/error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace core
{

std::string toJson(const Provenance& provenance)
{
    nlohmann::json json = {{"origin", provenance.origin},
                           {"selected_on", provenance.selectedOn},
                           {"accuracies", nlohmann::json::array()}};
    if (!provenance.recipe.empty())
        json["recipe"] = nlohmann::json::parse(provenance.recipe);
    for (const MeasuredAccuracy& measured : provenance.accuracies)
        json["accuracies"].push_back({{"data", measured.data},
                                      {"split", measured.split},
                                      {"correct", measured.correct},
                                      {"images", measured.images}});
    return json.dump();
}

Provenance provenanceFromJson(const std::string& text)
{
    try {
        const auto json = nlohmann::json::parse(text);
        Provenance provenance;
        provenance.origin = json.value("origin", "");
        provenance.selectedOn = json.value("selected_on", "");
        if (json.contains("recipe"))
            provenance.recipe = json["recipe"].dump();
        for (const auto& measured : json.value("accuracies", nlohmann::json::array()))
            provenance.accuracies.push_back(
                {measured.at("data").get<std::string>(), measured.at("split").get<std::string>(),
                 measured.at("correct").get<int>(), measured.at("images").get<int>()});
        return provenance;
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::Input,
                    fmt::format("provenance is not what Caddie writes ({})", error.what()));
    }
}

} // namespace core
