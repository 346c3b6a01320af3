// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/distribution.h"
#include "core/search/search_json.h"

#include <fmt/format.h>

namespace core
{

namespace
{

Json asJson(const FloatRange& range)
{
    return {{"name", "FloatDistribution"},
            {"attributes",
             {{"step", range.step ? Json(*range.step) : Json()},
              {"low", range.low},
              {"high", range.high},
              {"log", range.log}}}};
}

Json asJson(const IntRange& range)
{
    return {{"name", "IntDistribution"},
            {"attributes",
             {{"log", range.log}, {"step", range.step}, {"low", range.low}, {"high", range.high}}}};
}

Json asJson(const Categories& categories)
{
    Json choices = Json::array();
    for (const SearchValue& choice : categories.choices)
        choices.push_back(jsonOf(choice));
    return {{"name", "CategoricalDistribution"}, {"attributes", {{"choices", choices}}}};
}

FloatRange floatRange(const Json& json, const char* stepKey = "step")
{
    FloatRange range{json.at("low").get<double>(), json.at("high").get<double>(),
                     json.value("log", false)};
    if (json.contains(stepKey) && !json.at(stepKey).is_null())
        range.step = json.at(stepKey).get<double>();
    return range;
}

IntRange intRange(const Json& json)
{
    IntRange range{json.at("low").get<std::int64_t>(), json.at("high").get<std::int64_t>(),
                   json.value("log", false)};
    if (json.contains("step") && !json.at("step").is_null())
        range.step = json.at("step").get<std::int64_t>();
    return range;
}

Categories categories(const Json& json)
{
    Categories categories;
    for (const Json& choice : json.at("choices"))
        categories.choices.push_back(searchValueOf(choice));
    return categories;
}

/// `kind` is the name of a class of Optuna's, the ones up to version 2 included, or a short one.
std::optional<Distribution> ofKind(const std::string& kind, const Json& json)
{
    if (kind == "FloatDistribution" || kind == "float" || kind == "UniformDistribution")
        return floatRange(json);
    if (kind == "DiscreteUniformDistribution")
        return floatRange(json, "q");
    if (kind == "IntDistribution" || kind == "int" || kind == "IntUniformDistribution")
        return intRange(json);
    if (kind == "CategoricalDistribution" || kind == "categorical")
        return categories(json);
    if (kind == "LogUniformDistribution")
        return FloatRange{json.at("low").get<double>(), json.at("high").get<double>(), true};
    if (kind == "IntLogUniformDistribution")
        return IntRange{json.at("low").get<std::int64_t>(), json.at("high").get<std::int64_t>(),
                        true};
    return std::nullopt;
}

} // namespace

Json jsonOf(const SearchValue& value)
{
    return std::visit(
        [](const auto& held) -> Json {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
                return nullptr;
            else
                return held;
        },
        value);
}

SearchValue searchValueOf(const Json& json)
{
    if (json.is_null())
        return std::monostate{};
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_number_integer())
        return json.get<std::int64_t>();
    if (json.is_number())
        return json.get<double>();
    if (json.is_string())
        return json.get<std::string>();
    throw Error(
        ErrorKind::Input,
        fmt::format("search value {}: expected a number, text, true, false or null", json.dump()));
}

std::string toJson(const Distribution& distribution)
{
    return std::visit([](const auto& kind) { return asJson(kind); }, distribution).dump();
}

Distribution distributionFromJson(const std::string& text)
{
    try {
        const Json json = Json::parse(text);
        const bool isLong = json.contains("name");
        const auto kind = json.at(isLong ? "name" : "type").get<std::string>();
        if (auto distribution = ofKind(kind, isLong ? json.at("attributes") : json))
            return *distribution;
        throw Error(
            ErrorKind::Input,
            fmt::format("search space: kind \"{}\", expected float, int or categorical", kind));
    } catch (const Json::exception&) {
        throw Error(ErrorKind::Input, fmt::format("search space: {}, expected for instance "
                                                  "{{\"type\": \"int\", \"low\": 4, \"high\": 32}}",
                                                  text));
    }
}

std::string toJson(const SearchValue& value)
{
    return jsonOf(value).dump();
}

SearchValue searchValueFromJson(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        throw Error(ErrorKind::Input, fmt::format("search value {}: not JSON", text));
    return searchValueOf(json);
}

std::string toText(const SearchValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    if (const auto* number = std::get_if<double>(&value))
        return fmt::format("{}", *number);
    return toJson(value);
}

} // namespace core
