// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/training_switches.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace core
{

enum class OptimizerKind { AdamW, Adam, Sgd };
enum class ScheduleKind {
    Constant, ///< as the published models had it
    Step,     ///< times lrGamma every lrStep epochs; what the published program meant
    Cosine,   ///< from lr to lrEnd along half a cosine, a step a batch (Loshchilov and Hutter 2017)
};
/// Which epoch's parameters a training keeps.
enum class KeptEpoch { Last, BestTest, BestValidation };

/// The published recipe is the default.
struct TrainingOptions {
    int epochs = 20;
    int batch = 14;
    OptimizerKind optimizer = OptimizerKind::AdamW;
    double lr = 0.0008;
    ScheduleKind schedule = ScheduleKind::Constant;
    int lrStep = 5;
    double lrGamma = 0.62;
    double lrEnd = 0;                 ///< of the cosine
    double momentum = 0.9;            ///< of SGD
    double weightDecay = 0.01;        ///< decoupled in AdamW, added to the gradient in Adam and SGD
    double labelSmoothing = 0;        ///< in [0, 1)
    KeptEpoch keep = KeptEpoch::Last; ///< BestValidation trains without the validation images
    bool validation = false;          ///< trains without them and measures on them whatever is kept
    std::uint64_t seed = 1;           ///< of initialisation, order and dropout
    /// One entry a parameter, 0 where it is held at zero; empty: all are trained.
    std::vector<std::uint8_t> mask = {};
    TrainingSwitches switches = {};
};

constexpr int kLargestBatch = 1024;

/// Throws Error(Usage) naming the option, what was found and what was expected.
void requireSensible(const TrainingOptions& options);

/// Whether the validation images are left out of the training and measured on.
bool holdsOutValidation(const TrainingOptions& options);

/// "train" never chooses; what a kept epoch was chosen by: "", "test" or "validation".
std::string_view selectedOn(KeptEpoch kept);

} // namespace core
