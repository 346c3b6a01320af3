// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/trial.h"

#include "core/search/search_json.h"

#include <cmath>
#include <limits>

namespace core
{

namespace
{

constexpr std::string_view kStateNames[] = {"RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"};

constexpr double kInfinity = std::numeric_limits<double>::infinity();

} // namespace

std::string_view stateName(TrialState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

std::optional<TrialState> stateByName(std::string_view name)
{
    for (std::size_t i = 0; i < std::size(kStateNames); ++i)
        if (kStateNames[i] == name)
            return static_cast<TrialState>(i);
    return std::nullopt;
}

bool isFinished(TrialState state)
{
    return state != TrialState::Running && state != TrialState::Waiting;
}

const Trial* bestTrial(const StudyHistory& history)
{
    const Trial* best = nullptr;
    for (const Trial& trial : history.trials) {
        if (trial.state != TrialState::Complete || !trial.value())
            continue;
        const bool better =
            !best || (history.direction == Direction::Maximize ? *trial.value() > *best->value()
                                                               : *trial.value() < *best->value());
        if (better)
            best = &trial;
    }
    return best;
}

std::optional<double> attributeNumber(const TrialAttributes& attributes, const std::string& key)
{
    const auto found = attributes.find(key);
    if (found == attributes.end())
        return std::nullopt;
    const std::string& text = found->second;
    if (text == "Infinity" || text == "-Infinity")
        return text[0] == '-' ? -kInfinity : kInfinity;
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    const Json json = Json::parse(text, nullptr, false);
    return json.is_number() ? std::optional(json.get<double>()) : std::nullopt;
}

std::string attributeText(double number)
{
    if (std::isnan(number))
        return "NaN";
    if (std::isinf(number))
        return number > 0 ? "Infinity" : "-Infinity";
    return Json(number).dump();
}

} // namespace core
