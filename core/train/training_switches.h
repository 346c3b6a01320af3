// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace core
{

/// What happens to each image before it is trained on (core/data/transform.h).
enum class Augmentation { None, Shift, Affine, Elastic };
/// Which images an epoch draws.
enum class Sampling {
    Shuffled, ///< each once
    Loss,     ///< the harder, the more often (core/train/active_sampling.h)
};
/// Of which weights an epoch's result is made (core/train/weight_average.h).
enum class Averaging { None, Ema, Swa };
/// How a training that is sparse from the start chooses what it trains (core/sparse/).
enum class SparseMethod { None, Random, Erk, Magnitude, Snip, Grasp, SynFlow, Set, RigL };

/// What a training may do besides the published recipe; all off by default, and then a training is
/// what it is without them, bit for bit.
struct TrainingSwitches {
    Augmentation augment = Augmentation::None;
    double augmentStrength = 1; ///< times the usual distances and angles

    Sampling sample = Sampling::Shuffled;
    double samplePressure = 10; ///< how much likelier the hardest image is than the easiest

    std::string teacher;     ///< a model's file; in a run, which has a copy, its name; empty: none
    std::string teacherHash; ///< modelHash; filled in by createRun
    double temperature = 4;
    double teacherWeight = 0.7; ///< of the teacher's answers in the loss; the labels have the rest

    Averaging average = Averaging::None;
    double averageDecay = 0.999; ///< of EMA
    double averageShare = 0.25;  ///< of the epochs, the last, that SWA averages

    SparseMethod sparse = SparseMethod::None;
    int nonzero = 0;        ///< parameters that a sparse training trains; the others are zero
    double moveShare = 0.3; ///< of a tensor's parameters that SET and RigL move, RigL at first
    int moveInterval = 100; ///< steps between two moves of RigL

    bool operator==(const TrainingSwitches&) const = default;
};

/// Calls `visit` with each switch's name, as JSON and recipes have it, its value, and whether it
/// means anything beside the switches before it.
template<typename Switches, typename Visit>
void forEachSwitch(Switches& switches, Visit visit)
{
    visit("augment", switches.augment, true);
    const bool augments = switches.augment != Augmentation::None;
    visit("augment_strength", switches.augmentStrength, augments);
    visit("sample", switches.sample, true);
    visit("sample_pressure", switches.samplePressure, switches.sample != Sampling::Shuffled);
    visit("teacher", switches.teacher, true);
    const bool taught = !switches.teacher.empty();
    visit("teacher_sha256", switches.teacherHash, taught);
    visit("temperature", switches.temperature, taught);
    visit("teacher_weight", switches.teacherWeight, taught);
    visit("average", switches.average, true);
    visit("average_decay", switches.averageDecay, switches.average == Averaging::Ema);
    visit("average_share", switches.averageShare, switches.average == Averaging::Swa);
    visit("sparse", switches.sparse, true);
    visit("nonzero", switches.nonzero, switches.sparse != SparseMethod::None);
    const bool moves =
        switches.sparse == SparseMethod::Set || switches.sparse == SparseMethod::RigL;
    visit("move_share", switches.moveShare, moves);
    visit("move_interval", switches.moveInterval, switches.sparse == SparseMethod::RigL);
}

/// Throws Error(Usage) naming the switch, what was found and what was expected.
void requireSensible(const TrainingSwitches& switches);

} // namespace core
