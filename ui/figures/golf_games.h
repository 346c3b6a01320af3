// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf.h"
#include "core/runs/run_spec.h"
#include "ui/figures/plot_plane.h"

#include <QString>

#include <string>
#include <vector>

namespace ui
{

/// One game of golf among those that are shown.
struct GolfGame {
    std::string run; ///< id
    QString title;
    core::RunSpec spec; ///< of a game
    int images = 0;     ///< that select; 0: not known yet
    std::vector<core::GolfStep> steps;
    int colour = 0; ///< of curveColour()

    const core::GolfSpec& golf() const { return std::get<core::GolfSpec>(spec.work); }
    double accuracy(int correct) const;
    QString selectedOn() const; ///< "MNIST validation, 10,000 images"
    /// The first step with the fewest non-zero that met the target; nothing where none has.
    const core::GolfStep* best() const;
};

/// What of the two planes is visible.
struct GolfRanges {
    PlaneRange accuracy; ///< non-zero parameters, falling; share of right answers
    PlaneRange loss;     ///< steps; mean cross entropy
    bool operator==(const GolfRanges&) const = default;
};
/// All steps, or only what the game is decided in: without networks far below the target.
enum class GolfScope { Usual, All };
GolfRanges rangesOf(const std::vector<GolfGame>& games, GolfScope scope);
/// The range, or what it was before where nobody could see anything in it.
PlaneRange saneRange(const PlaneRange& wanted, const PlaneRange& before);

QString phaseText(core::GolfPhase phase); ///< "dense start", "swap, shrunk"

} // namespace ui
