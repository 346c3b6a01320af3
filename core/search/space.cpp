// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/space.h"

#include "core/base/error.h"
#include "core/search/search_json.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

Json shortForm(const FloatRange& range)
{
    Json json = {{"type", "float"}, {"low", range.low}, {"high", range.high}};
    if (range.log)
        json["log"] = true;
    if (range.step)
        json["step"] = *range.step;
    return json;
}

Json shortForm(const IntRange& range)
{
    Json json = {{"type", "int"}, {"low", range.low}, {"high", range.high}};
    if (range.log)
        json["log"] = true;
    if (range.step != 1)
        json["step"] = range.step;
    return json;
}

Json shortForm(const Categories& categories)
{
    Json choices = Json::array();
    for (const SearchValue& choice : categories.choices)
        choices.push_back(jsonOf(choice));
    return {{"type", "categorical"}, {"choices", choices}};
}

SearchSpace publishedSpace()
{
    return {{{"batch", IntRange{4, 32}},
             {"lr", FloatRange{1e-5, 1e-2, true}},
             {"lr_step", IntRange{1, 6}},
             {"lr_gamma", FloatRange{0.1, 0.99}}}};
}

SearchSpace architectureSpace()
{
    SearchSpace space = publishedSpace();
    const std::vector<Dimension> shape = {
        {"channels1", IntRange{3, 8}},
        {"kernel1", IntRange{3, 5}},
        {"channels2", IntRange{3, 6}},
        {"kernel2", IntRange{2, 3}},
        {"channels3", IntRange{3, 6}},
        {"kernel3", IntRange{2, 3}},
        {"activation",
         Categories{{std::string("relu"), std::string("prelu"), std::string("leaky")}}},
        {"pool", Categories{{std::string("max"), std::string("average")}}}};
    space.dimensions.insert(space.dimensions.end(), shape.begin(), shape.end());
    return space;
}

} // namespace

const Distribution* SearchSpace::find(std::string_view name) const
{
    const auto found = std::ranges::find(dimensions, name, &Dimension::name);
    return found == dimensions.end() ? nullptr : &found->distribution;
}

std::string toJson(const SearchSpace& space)
{
    Json json = Json::object();
    for (const auto& [name, distribution] : space.dimensions)
        json[name] = std::visit([](const auto& kind) { return shortForm(kind); }, distribution);
    return json.dump(2);
}

SearchSpace searchSpaceFromJson(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.empty())
        throw Error(ErrorKind::Input, "search space: expected a JSON object of parameters");
    SearchSpace space;
    for (const auto& [name, value] : json.items()) {
        Distribution distribution;
        try {
            distribution = distributionFromJson(value.dump());
        } catch (const Error& error) {
            throw Error(error.kind(), fmt::format("\"{}\": {}", name, error.what()));
        }
        requireSensible(name, distribution);
        space.dimensions.push_back({name, onSteps(std::move(distribution))});
    }
    return space;
}

const std::vector<SearchSpacePreset>& searchSpacePresets()
{
    static const std::vector<SearchSpacePreset> kPresets = {
        {"published", "Published ranges",
         "Batch 4 to 32, learning rate 1e-5 to 1e-2 (log), its step 1 to 6 epochs, its factor 0.1 "
         "to 0.99.",
         publishedSpace()},
        {"architecture", "Published ranges and architecture",
         "The published ranges together with channels, kernels, activation function and pooling.",
         architectureSpace()}};
    return kPresets;
}

const SearchSpacePreset* findSearchSpacePreset(std::string_view id)
{
    const auto& presets = searchSpacePresets();
    const auto found = std::ranges::find(presets, id, &SearchSpacePreset::id);
    return found == presets.end() ? nullptr : &*found;
}

} // namespace core
