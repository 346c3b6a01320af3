// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fuzzy.h"

#include <algorithm>
#include <limits>

namespace ui
{

namespace
{

constexpr int kLetter = 1;
constexpr int kInARow = 8;
constexpr int kWordStart = 8;
constexpr int kTextStart = 6;
constexpr int kNever = std::numeric_limits<int>::min() / 2;

bool startsWord(const QString& text, int at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber() ||
           (text[at].isDigit() && !text[at - 1].isDigit());
}

int worthOf(const QString& text, int at)
{
    return kLetter + (startsWord(text, at) ? kWordStart : 0) + (at == 0 ? kTextStart : 0);
}

} // namespace

/// best[i][j]: of the first i+1 letters, the last of them at text[j]. The quadratic table finds the
/// best of all placings, where a greedy search would stop at the first "c" of "Go to conv2".
std::optional<FuzzyMatch> fuzzyMatch(const QString& pattern, const QString& text)
{
    QString letters = pattern.toCaseFolded();
    letters.removeIf([](QChar c) { return c.isSpace(); });
    const QString folded = text.toCaseFolded();
    const auto rows = static_cast<int>(letters.size());
    const auto columns = static_cast<int>(folded.size());
    if (rows == 0)
        return FuzzyMatch{};
    if (rows > columns)
        return std::nullopt;
    const auto at = [columns](int i, int j) { return static_cast<std::size_t>(i * columns + j); };
    std::vector<int> best(at(rows, 0), kNever);
    std::vector<int> from(at(rows, 0), -1);
    for (int i = 0; i < rows; ++i) {
        int before = -1; // the best place of the letter before, left of j
        for (int j = i; j < columns; ++j) {
            if (i > 0 && (before < 0 || best[at(i - 1, j - 1)] > best[at(i - 1, before)]))
                before = j - 1;
            if (folded[j] != letters[i])
                continue;
            int score = i == 0 ? 0 : best[at(i - 1, before)];
            int source = before;
            if (i > 0 && best[at(i - 1, j - 1)] + kInARow >= score) {
                score = best[at(i - 1, j - 1)] + kInARow;
                source = j - 1;
            }
            if (score <= kNever / 2)
                continue;
            best[at(i, j)] = score + worthOf(folded, j);
            from[at(i, j)] = source;
        }
    }
    const auto last = best.begin() + static_cast<std::ptrdiff_t>(at(rows - 1, 0));
    const auto found = std::max_element(last, last + columns);
    if (*found <= kNever / 2)
        return std::nullopt;
    FuzzyMatch match;
    match.score = *found * 100 - columns;
    int place = static_cast<int>(found - last);
    for (int i = rows - 1; i >= 0; --i) {
        match.positions.insert(match.positions.begin(), place);
        place = from[at(i, place)];
    }
    return match;
}

} // namespace ui
