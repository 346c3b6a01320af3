// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/distribution.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

/// One hyper-parameter of a search.
struct Dimension {
    std::string name;
    Distribution distribution;
    bool operator==(const Dimension&) const = default;
};

/// Internal values by name (core/search/distribution.h).
using SearchPoint = std::map<std::string, double>;

/// What a sweep varies, in the order in which it is shown. Names are unique.
struct SearchSpace {
    std::vector<Dimension> dimensions;

    const Distribution* find(std::string_view name) const; ///< nullptr if absent
    bool operator==(const SearchSpace&) const = default;
};

/// {"batch": {"type": "int", "low": 4, "high": 32}, ...}: indented, the order kept.
std::string toJson(const SearchSpace& space);
/// Steps are fitted (onSteps). Throws Error(Input) where it can't be read, Error(Usage) where a
/// range makes no sense; both name the parameter.
SearchSpace searchSpaceFromJson(const std::string& text);

struct SearchSpacePreset {
    std::string id;    ///< "published"
    std::string title; ///< "Published ranges"
    std::string about; ///< one sentence
    SearchSpace space;
};
/// "published" first: the ranges of the published search.
const std::vector<SearchSpacePreset>& searchSpacePresets();
const SearchSpacePreset* findSearchSpacePreset(std::string_view id);

} // namespace core
