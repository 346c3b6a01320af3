// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/space.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

enum class Direction { Minimize, Maximize };
enum class TrialState { Running, Complete, Pruned, Fail, Waiting };

std::string_view stateName(TrialState state); ///< "RUNNING", ... as Optuna writes them
std::optional<TrialState> stateByName(std::string_view name);
bool isFinished(TrialState state);

/// Attributes by key; the values are JSON text.
using TrialAttributes = std::map<std::string, std::string>;

/// A value together with what it was taken from, which may differ from trial to trial.
struct TrialParameter {
    double internal = 0;
    Distribution distribution;
    SearchValue external() const { return externalValue(distribution, internal); }
};

/// One try of a study.
struct Trial {
    std::int64_t id = 0; ///< in the storage
    int number = 0;      ///< in the study, counted from 0
    TrialState state = TrialState::Running;
    std::map<std::string, TrialParameter> parameters;
    std::vector<double> values; ///< one an objective; those of the pruned may be absent
    std::map<std::int64_t, double> reported; ///< intermediate values by step; may be NaN
    TrialAttributes userAttributes = {};
    TrialAttributes systemAttributes = {};
    std::string begun = {}; ///< "2026-11-22 16:21:45.147882", local time; empty while waiting
    std::string ended = {}; ///< empty until finished

    std::optional<double> value() const
    {
        return values.empty() ? std::nullopt : std::optional(values.front());
    }
    std::optional<std::int64_t> lastStep() const
    {
        return reported.empty() ? std::nullopt : std::optional(reported.rbegin()->first);
    }
};

/// What samplers and pruners decide from: a study with one objective and its trials by number.
struct StudyHistory {
    std::string study;
    Direction direction = Direction::Maximize;
    std::span<const Trial> trials;
};

/// The complete trial with the best value, the first of equals; nullptr if there is none.
const Trial* bestTrial(const StudyHistory& history);

/// A number in an attribute as Python's json writes it: "0.5", "Infinity", "NaN". Absent where it
/// is something else.
std::optional<double> attributeNumber(const TrialAttributes& attributes, const std::string& key);
std::string attributeText(double number);

} // namespace core
