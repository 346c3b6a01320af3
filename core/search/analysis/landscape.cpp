// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/landscape.h"

#include <array>
#include <cmath>

namespace core
{

namespace
{

double guessAt(const StudySamples& samples, double across, double up)
{
    constexpr double kSame = 1e-18; ///< of squared distances
    double sum = 0;
    double weights = 0;
    double same = 0;
    int sames = 0;
    for (std::size_t i = 0; i < samples.results.size(); ++i) {
        const double dx = samples.points[i][0] - across;
        const double dy = samples.points[i][1] - up;
        const double squared = dx * dx + dy * dy;
        if (squared < kSame) {
            same += samples.results[i];
            ++sames;
            continue;
        }
        const double weight = 1 / (squared * std::sqrt(squared));
        sum += weight * samples.results[i];
        weights += weight;
    }
    return sames > 0 ? same / sames : sum / weights;
}

using Place = std::pair<double, double>;

/// Where the level lies between two corners that are on its two sides.
Place crossing(const Place& from, const Place& to, double fromValue, double toValue, double level)
{
    const double part = (level - fromValue) / (toValue - fromValue);
    return {from.first + part * (to.first - from.first),
            from.second + part * (to.second - from.second)};
}

} // namespace

Landscape landscape(const Dimension& across, const Dimension& up, const StudyHistory& history,
                    int columns, int rows)
{
    const StudySamples samples = studySamples({{across, up}}, history);
    Landscape made{rows, columns, {}, static_cast<int>(samples.results.size())};
    if (samples.results.empty())
        return made;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            made.results.push_back(
                static_cast<float>(guessAt(samples, (column + 0.5) / columns, (row + 0.5) / rows)));
    return made;
}

std::vector<LevelPiece> levelLines(const Landscape& landscape, double level)
{
    std::vector<LevelPiece> pieces;
    if (landscape.results.empty())
        return pieces;
    const auto value = [&](int row, int column) {
        return static_cast<double>(
            landscape.results[static_cast<std::size_t>(row * landscape.columns + column)]);
    };
    const auto place = [&](int row, int column) {
        return Place((column + 0.5) / landscape.columns, (row + 0.5) / landscape.rows);
    };
    for (int row = 0; row + 1 < landscape.rows; ++row)
        for (int column = 0; column + 1 < landscape.columns; ++column) {
            // Around the square, so that crossings follow each other.
            const std::array<std::pair<int, int>, 4> corners = {
                {{row, column}, {row, column + 1}, {row + 1, column + 1}, {row + 1, column}}};
            std::vector<Place> crossings;
            for (std::size_t i = 0; i < 4; ++i) {
                const auto [r0, c0] = corners[i];
                const auto [r1, c1] = corners[(i + 1) % 4];
                const double from = value(r0, c0);
                const double to = value(r1, c1);
                if ((from < level) != (to < level))
                    crossings.push_back(crossing(place(r0, c0), place(r1, c1), from, to, level));
            }
            for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
                pieces.emplace_back(crossings[i], crossings[i + 1]);
        }
    return pieces;
}

} // namespace core
