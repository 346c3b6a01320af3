// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/parameters.h"
#include "core/train/adam.h"
#include "core/train/training_options.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace core
{

struct EpochResult {
    int epoch = 0;        ///< counted from 1
    double lr = 0;        ///< at its end
    double trainLoss = 0; ///< mean over the epoch's batches, while the weights were changing
    int trainCorrect = 0; ///< likewise
    int trainImages = 0;
    double validationLoss = 0;
    int validationCorrect = 0;
    int validationImages = 0; ///< 0: no validation split
    double testLoss = 0;
    int testCorrect = 0;
    int testImages = 0;
    double seconds = 0; ///< of training, without the evaluations

    double trainAccuracy() const
    {
        return trainImages == 0 ? 0.0 : static_cast<double>(trainCorrect) / trainImages;
    }
    double validationAccuracy() const
    {
        return validationImages == 0 ? 0.0
                                     : static_cast<double>(validationCorrect) / validationImages;
    }

    double testAccuracy() const
    {
        return testImages == 0 ? 0.0 : static_cast<double>(testCorrect) / testImages;
    }
};

/// Where a training stands; all that is needed to go on, bit for bit.
struct TrainingState {
    std::vector<float> parameters;
    OptimizerState optimizer;
    int epoch = 1;                   ///< the one that goes on, counted from 1
    std::uint64_t imagesDone = 0;    ///< of this epoch
    double lossSum = 0;              ///< over them
    std::uint64_t correct = 0;       ///< of them
    double seconds = 0;              ///< of this epoch's training; decides nothing
    std::vector<EpochResult> epochs; ///< those that are finished

    int keptEpoch = 0; ///< 0: none is finished
    std::vector<float> keptParameters;

    // Only where a switch needs them:
    std::vector<std::uint8_t> mask; ///< of a training that is sparse from the start, and so may
                                    ///< move; holds what the options' mask holds, too
    std::vector<float> average;     ///< of the parameters; empty: none yet
    std::uint64_t averaged = 0;     ///< steps or epochs that went into it
    std::vector<float> drawnBy;     ///< the parameters whose losses drew this epoch's images

    bool stopped = false; ///< the token asked to, and something is left to do
};

/// The images that a training works on. They have to outlive it.
struct TrainingData {
    const Dataset* training = nullptr;   ///< without the validation images where those are held out
    const Dataset* test = nullptr;       ///< measured on after each epoch
    const Dataset* validation = nullptr; ///< likewise, if there is one
    /// Logits of a teacher for each training image, [N, classes], where the switches name one. They
    /// are those of the image itself, also where it is transformed before it is trained on.
    std::span<const float> teacherLogits = {};
};

/// Called on the training thread.
struct TrainingObserver {
    std::function<void(const EpochResult&)> epochFinished;
    std::function<void(int epoch, std::uint64_t imagesDone, std::uint64_t images)> batchFinished;
    /// What the epoch was measured with; the span is valid during the call.
    std::function<void(const EpochResult&, std::span<const float> parameters)> epochParameters;
    /// After each batch and each epoch, last of all; train() goes on from a copy of it.
    std::function<void(const TrainingState&)> state;
};

/// What is measured and kept: the average, where there is one.
const std::vector<float>& measuredParameters(const TrainingState& state);

/// A mask that holds every trained parameter that is zero at zero: for fine-tuning what was pruned.
std::vector<std::uint8_t> maskOfZeros(const Parameters& parameters);
std::vector<std::uint8_t> maskOfZeros(const Architecture& architecture,
                                      std::span<const float> parameters);

/// The state to begin with. What the mask holds at zero is zero from the start. Throws Error(Usage)
/// where an option makes no sense or the mask has another size.
TrainingState initialTrainingState(std::span<const float> start, const TrainingOptions& options);

/// Goes on from `state` until all epochs are done or the token asks to stop; what it returns can be
/// passed in again. Same seed, same bits, on any number of threads and however often it is stopped.
/// Blocks; checks the token once a batch; allocates nothing in a step. Throws Error(Usage) where an
/// option makes no sense.
TrainingState train(Backend& backend, TrainingState state, const TrainingData& data,
                    const TrainingOptions& options, const TrainingObserver& observer = {},
                    std::stop_token stop = {});

/// In one go from `start` (usually initialParameters), without a validation split.
TrainingState train(Backend& backend, std::vector<float> start, const Dataset& training,
                    const Dataset& test, const TrainingOptions& options,
                    const TrainingObserver& observer = {}, std::stop_token stop = {});

} // namespace core
