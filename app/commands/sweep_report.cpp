// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/sweep_report.h"

#include "core/search/storage/database.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

using core::TrialState;

constexpr TrialState kStates[] = {TrialState::Complete, TrialState::Pruned, TrialState::Fail,
                                  TrialState::Running, TrialState::Waiting};

std::string stateWord(TrialState state)
{
    switch (state) {
    case TrialState::Complete:
        return "complete";
    case TrialState::Pruned:
        return "pruned";
    case TrialState::Fail:
        return "failed";
    case TrialState::Running:
        return "running";
    case TrialState::Waiting:
        break;
    }
    return "waiting";
}

std::ptrdiff_t countIn(const core::Study& study, TrialState state)
{
    return std::ranges::count(study.trials(), state, &core::Trial::state);
}

Json parsed(const std::string& text)
{
    const Json value = Json::parse(text, nullptr, false);
    return value.is_discarded() ? Json(text) : value; // Python's NaN, for one
}

std::string attributeText(const core::Trial& trial, const std::string& key)
{
    const auto found = trial.userAttributes.find(key);
    if (found == trial.userAttributes.end())
        return {};
    const Json value = parsed(found->second);
    if (value.is_number() && key.ends_with("_accuracy"))
        return percent(value.get<double>());
    return value.is_string() ? value.get<std::string>() : found->second;
}

/// Ours are accuracies, and say on which images; what other programs minimise is what it is.
std::string valueText(const core::Trial& trial)
{
    if (!trial.value())
        return stateWord(trial.state);
    const std::string images = attributeText(trial, "measured_on");
    const std::string value =
        images.empty() ? brief(*trial.value()) : percent(*trial.value()) + " on " + images;
    if (trial.state == TrialState::Pruned)
        return fmt::format("pruned at {}", value);
    return value;
}

} // namespace

Json asJson(const core::Trial& trial)
{
    Json parameters = Json::object();
    for (const auto& [name, parameter] : trial.parameters)
        parameters[name] = parsed(core::toJson(parameter.external()));
    Json attributes = Json::object();
    for (const auto& [key, text] : trial.userAttributes)
        attributes[key] = parsed(text);
    return {{"number", trial.number},
            {"state", stateWord(trial.state)},
            {"value", trial.value() ? Json(*trial.value()) : Json()},
            {"steps", trial.reported.size()},
            {"parameters", parameters},
            {"attributes", attributes}};
}

Json asJson(const std::vector<core::StudySummary>& studies)
{
    Json all = Json::array();
    for (const core::StudySummary& study : studies)
        all.push_back({{"study", study.name},
                       {"objectives", study.directions.size()},
                       {"trials", study.trials},
                       {"complete", study.complete},
                       {"begun", study.begun}});
    return all;
}

std::string parametersText(const core::Trial& trial)
{
    std::string text;
    for (const auto& [name, parameter] : trial.parameters) {
        const core::SearchValue value = parameter.external();
        const auto* number = std::get_if<double>(&value);
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name,
                            number ? brief(*number) : core::toText(value));
    }
    return text;
}

std::string lineOf(const core::Trial& trial)
{
    std::string text =
        fmt::format("trial {}: {}, {}", trial.number, valueText(trial), parametersText(trial));
    if (const std::string error = attributeText(trial, "error"); !error.empty())
        text += ": " + error;
    return text;
}

std::string describeTrial(const core::Trial& trial)
{
    const auto line = [](const std::string& key, const std::string& value) {
        return fmt::format("  {:<16} {}\n", printable(key), printable(value));
    };
    std::string text = fmt::format("trial {}: {}\n", trial.number, valueText(trial));
    for (const auto& [name, parameter] : trial.parameters)
        text += line(name, core::toText(parameter.external()));
    for (const auto& [key, value] : trial.userAttributes)
        text += line(key, attributeText(trial, key));
    return text;
}

Json studyAsJson(const core::Study& study)
{
    Json object = {
        {"study", study.name()},
        {"storage", core::databaseTitle(study.url())},
        {"direction", study.direction() == core::Direction::Maximize ? "maximize" : "minimize"},
        {"trials", study.trials().size()}};
    for (const TrialState state : kStates)
        object[stateWord(state)] = countIn(study, state);
    const core::Trial* best = core::bestTrial(study.history());
    object["best"] = best ? asJson(*best) : Json();
    return object;
}

std::string studyAsText(const core::Study& study)
{
    std::string counts;
    for (const TrialState state : kStates)
        if (const auto count = countIn(study, state); count > 0)
            counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, stateWord(state));
    const core::Trial* best = core::bestTrial(study.history());
    return fmt::format("study {} in {}: {} trials{}\n{}", study.name(),
                       core::databaseTitle(study.url()), study.trials().size(),
                       counts.empty() ? "" : " (" + counts + ")",
                       best ? "best: " + describeTrial(*best) : "no trial is complete\n");
}

} // namespace app
