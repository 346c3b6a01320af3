// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"
#include "core/train/training_options.h"

#include <cstdint>
#include <functional>
#include <optional>
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

    double testAccuracy() const
    {
        return testImages == 0 ? 0.0 : static_cast<double>(testCorrect) / testImages;
    }
};

/// Called on the training thread.
struct TrainingObserver {
    std::function<void(const EpochResult&)> epochFinished;
    std::function<void(int epoch, std::uint64_t imagesDone, std::uint64_t images)> batchFinished;
    /// What the epoch ended with; the span is valid during the call. For who keeps the best epoch.
    std::function<void(const EpochResult&, std::span<const float> parameters)> epochParameters;
};

struct TrainingRun {
    std::vector<EpochResult> epochs;
    std::vector<float> parameters; ///< after the last epoch
    bool stopped = false;
};

/// Trains from `start` (usually initialParameters) with AdamW (Loshchilov and Hutter 2019). Same
/// seed, same bits. Blocks; checks the token once a batch; a stop returns what there is.
TrainingRun train(Backend& backend, std::vector<float> start, const Dataset& training,
                  const Dataset& test, const TrainingOptions& options,
                  const TrainingObserver& observer = {}, std::stop_token stop = {});

} // namespace core
