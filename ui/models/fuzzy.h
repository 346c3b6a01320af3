// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace ui
{

/// How a text answers to what was typed.
struct FuzzyMatch {
    int score = 0;              ///< higher is better; comparable for one pattern only
    std::vector<int> positions; ///< of the matched letters in the text, rising
};

/// Absent unless all letters of `pattern` occur in `text` in their order, whatever their case;
/// blanks in the pattern are skipped. Letters in a row and beginnings of words count most, and of
/// texts that match alike the shorter one. An empty pattern matches everything with score 0.
std::optional<FuzzyMatch> fuzzyMatch(const QString& pattern, const QString& text);

} // namespace ui
