// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/golf/golf_options.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace core
{

enum class GolfPhase {
    Start,    ///< one dense network after another is trained a little; the best goes on
    Heat,     ///< of a start: it is pruned, so that starts are compared where few are left
    Dense,    ///< which is trained on
    Prune,    ///< a share of the parameters goes, and the rest is trained
    Grow,     ///< of a swap: what was removed and promises most comes back, and is trained
    Shrink,   ///< of a swap: as many of all go again, and the rest is trained
    Finished, ///< the goal has been missed too often, or the least is reached
};
std::string_view phaseName(GolfPhase phase); ///< "start", "heat", "dense", "prune", ...

/// A network at the end of a step.
struct GolfStep {
    std::uint64_t step = 0; ///< counted from 1
    GolfPhase phase = GolfPhase::Start;
    int round = 0;            ///< of pruning, from 1; 0 before
    int nonzero = 0;          ///< parameters of the network that this step trained
    double trainLoss = 0;     ///< its mean over the training images
    int trainCorrect = 0;     ///< of them
    int correct = 0;          ///< of the images that select
    bool accepted = true;     ///< false: a swap or a start that was not better than what was there,
                              ///< or a heat that goes on
    int bestNonzero = 0;      ///< the fewest so far that met the goal; 0: none has
    int bestCorrect = 0;      ///< its right answers on the images that select
    std::uint64_t epochs = 0; ///< trained so far, over all steps
};

/// It was compared and not better: not so a start whose heat goes on.
bool isRefused(const GolfStep& step, const GolfOptions& options);

/// Where a game stands; all that is needed to go on, bit for bit.
struct GolfState {
    GolfPhase phase = GolfPhase::Start;
    std::uint64_t step = 0; ///< finished
    int start = 0;
    int round = 0;
    int swap = 0;
    int misses = 0;   ///< rounds in a row without an epoch that met the goal
    bool met = false; ///< this round has had one
    std::uint64_t epochs = 0;
    double seconds = 0; ///< that it has played; without a budget it decides nothing

    std::uint64_t origin = 0;      ///< step whose initial values the accepted network began with
    std::vector<float> parameters; ///< the network that is accepted
    double loss = 0;               ///< its mean over the training images
    std::vector<float> candidate;  ///< of a heat, or of a swap between Grow and Shrink

    std::optional<TrainingState> fit; ///< of this step, while it is trained
    std::vector<std::uint8_t> mask;   ///< of that training

    std::vector<float> best; ///< the fewest non-zero that met the goal, of these the most right
    int bestNonzero = 0;
    int bestCorrect = 0;
};

/// Has to outlive the game.
struct GolfData {
    const Dataset* training = nullptr;         ///< without the images that select
    const Dataset* selection = nullptr;        ///< test, as published, or validation
    std::span<const float> teacherLogits = {}; ///< as in TrainingData
};

/// Called on the playing thread.
struct GolfObserver {
    std::function<void(const GolfStep&)> step;
    std::function<void(int nonzero, int correct, std::span<const float> parameters)> better;
    /// After each batch and each step; consistent, and valid during the call.
    std::function<void(const GolfState&)> state;
};

GolfState initialGolfState();

/// The same for a game that goes on with a network instead of dense starts: swaps first, where it
/// has few enough parameters, so that it is refined before more is removed.
GolfState golfStateAt(const Architecture& architecture, std::span<const float> parameters,
                      const GolfOptions& options);

/// Goes on from `state` until the game is over or the token asks to stop; what it returns can be
/// passed in again. The course: several dense starts, each pruned down to where they are compared
/// (its heat), of which the one with the least training loss
/// goes on; then rounds of careful removal (removeCarefully) and training with the rate rewound
/// (Renda et al., ICLR 2020); once few are left, swaps at a fixed count: what promises most comes
/// back (regrowths), is trained, and as many go again, which stands where the training loss fell.
/// Dead paths go after each removal. The images that select choose the epochs, nothing else. Same
/// options, same bits, however often it is stopped.
GolfState playGolf(Backend& backend, GolfState state, const GolfData& data,
                   const GolfOptions& options, const GolfObserver& observer = {},
                   std::stop_token stop = {});

} // namespace core
