// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core
{

// What a hyper-parameter may be. Meaning and JSON are Optuna's, so that both programs read a study.

/// Low and high are included. A log range has low above 0 and no step.
struct FloatRange {
    double low = 0;
    double high = 1;
    bool log = false;
    std::optional<double> step = {};
    bool operator==(const FloatRange&) const = default;
};

/// Low and high are included. A log range has low of at least 1 and step 1.
struct IntRange {
    std::int64_t low = 0;
    std::int64_t high = 1;
    bool log = false;
    std::int64_t step = 1;
    bool operator==(const IntRange&) const = default;
};

/// A value as people and JSON see it; monostate is null.
using SearchValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct Categories {
    std::vector<SearchValue> choices;
    bool operator==(const Categories&) const = default;
};

using Distribution = std::variant<FloatRange, IntRange, Categories>;

/// Throws Error(Usage) naming the parameter, what was found and what was expected.
void requireSensible(std::string_view parameter, const Distribution& distribution);

/// With `high` lowered to what the steps reach from `low`.
Distribution onSteps(Distribution distribution);

/// Whether values of the one can be compared with values of the other: the same kind, both or
/// neither on the logarithm, the same choices. Ranges may differ.
bool areCompatible(const Distribution& a, const Distribution& b);

bool isSingle(const Distribution& distribution); ///< only one value is possible

// A value is computed with and stored as one double: the number itself, or a category's index.

bool contains(const Distribution& distribution, double internal);
SearchValue externalValue(const Distribution& distribution, double internal);
/// Absent where the value is of another kind, or not one of the choices. Does not look at ranges.
std::optional<double> internalValue(const Distribution& distribution, const SearchValue& value);

/// {"name": "FloatDistribution", "attributes": {...}}, as Optuna stores it.
std::string toJson(const Distribution& distribution);
/// Of that form, its older names, or the short {"type": "int", "low": 4, "high": 32}. Throws
/// Error(Input).
Distribution distributionFromJson(const std::string& text);

std::string toJson(const SearchValue& value);
SearchValue searchValueFromJson(const std::string& text); ///< throws Error(Input)
/// "0.0008", "relu", "null": for tables.
std::string toText(const SearchValue& value);

} // namespace core
