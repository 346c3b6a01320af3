// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/training_switches.h"

#include <cstdint>

namespace core
{

/// How a removal chooses what goes.
enum class GolfCriterion {
    Surgeon,   ///< Optimal Brain Surgeon, the cheapest tried out (removeCarefully)
    Loss,      ///< what raises the loss of some training images least when it goes alone
    Magnitude, ///< the smallest absolute value (Han et al., NIPS 2015)
};

/// With which values the rest goes on after a round's removal.
enum class GolfRewind {
    None,    ///< those that it has
    Initial, ///< those that it began with: a lottery ticket (Frankle and Carbin, ICLR 2019)
    Random,  ///< new ones, drawn as at the beginning: the lottery ticket's control
};

/// The course of a game. The defaults take half an hour or so on one core; runPresets() has more
/// patient ones.
struct GolfOptions {
    double threshold = 0.98; ///< share of right answers on the images that select, at least
    std::uint64_t seed = 1;

    int starts = 6; ///< dense networks
    int startEpochs = 10;
    /// Non-zero parameters that each start is pruned to before they are compared; 0: they are
    /// compared dense, and the best is trained on. What is best dense is seldom best when small.
    int heat = 0;
    double heatShare = 0.07; ///< of the non-zero parameters, removed in a round of a heat
    int heatEpochs = 10;     ///< of training after it
    int denseEpochs = 40;    ///< of the best of them
    double denseRate = 0.004;

    GolfCriterion criterion = GolfCriterion::Surgeon;
    GolfRewind rewind = GolfRewind::None; ///< but for None a round trains at denseRate
    double share = 0.04;                  ///< of the non-zero parameters, removed in a round
    double firstShare = 0.1;              ///< likewise while there are more than `many`
    int many = 480;
    int epochs = 12;     ///< of training after a removal; 0: none, what is trained is only pruned
    int firstEpochs = 6; ///< likewise while there are more than `many`
    double rate = 0.003;
    int polish = 0; ///< Levenberg-Marquardt steps after a round's training

    int swaps = 4; ///< tried after a round, once there are at most `swapBelow`
    int swapBelow = 420;
    double swapShare = 0.04; ///< of the non-zero parameters, grown; half to three halves of it
    double swapSkip = 0.3;   ///< chance that a promising one is left out, from the second swap on
    int swapEpochs = 6;      ///< of each of a swap's two trainings
    double swapRate = 0.002;

    int batch = 16;
    /// Epochs that the best network trains on in the end, its zeros held, on all training images,
    /// those that selected it included: at the rate of a swap, the last epoch, without a teacher.
    /// Only where a validation split selects.
    int refit = 0;
    double labelSmoothing = 0;      ///< of every training
    TrainingSwitches switches = {}; ///< likewise; what is sparse from the start can't be pruned to
    double lastRate = 1e-5;         ///< where each training's half cosine ends
    int curvatureImages = 20'000;
    int trialImages = 4'000; ///< that a removal is tried on
    int trials = 8;
    int promising = 8;     ///< of the trials, made with less to make up for it, too
    double damping = 1e-3; ///< of the curvature

    /// Seconds of play after which the step that is going on is the last; 0: none. With a budget
    /// the machine's speed decides where a game ends.
    double budget = 0;
    int patience = 3; ///< rounds in a row without an epoch that meets the goal, then it ends
    int least = 10;   ///< non-zero parameters at which it ends
};

/// Throws Error(Usage) naming the option, what was found and what was expected.
void requireSensible(const GolfOptions& options);

} // namespace core
