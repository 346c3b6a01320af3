// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/runs/training_checkpoint.h"
#include "core/train/trainer.h"

#include <gtest/gtest.h>
#include <memory>

namespace test
{

/// Short trainings on the sample digits.
class SmallTraining : public testing::Test
{
protected:
    void use(const char* architecture, int threads = 1)
    {
        backend = core::makeBackend(core::parseArchitecture(architecture), {.threads = threads});
    }

    core::TrainingState begin(const core::TrainingOptions& options) const
    {
        return core::initialTrainingState(
            core::initialParameters(backend->architecture(), options.seed).values(), options);
    }

    core::TrainingState goOn(core::TrainingState state, const core::TrainingOptions& options,
                             const core::TrainingObserver& observer = {}, std::stop_token stop = {})
    {
        return core::train(*backend, std::move(state), data(), options, observer, std::move(stop));
    }

    core::TrainingState run(const core::TrainingOptions& options,
                            const core::TrainingObserver& observer = {})
    {
        return goOn(begin(options), options, observer);
    }

    /// Stopped after so many steps.
    core::TrainingState runUntil(std::uint64_t step, core::TrainingState state,
                                 const core::TrainingOptions& options)
    {
        std::stop_source stop;
        std::uint64_t done = 0;
        core::TrainingObserver observer;
        observer.batchFinished = [&](int, std::uint64_t, std::uint64_t) {
            if (++done == step)
                stop.request_stop();
        };
        return goOn(std::move(state), options, observer, stop.get_token());
    }

    /// Stops a training after each of its steps in turn, sends its state through a checkpoint and
    /// goes on.
    void expectStopsChangeNothing(const core::TrainingOptions& options)
    {
        const core::TrainingState undisturbed = run(options);
        const auto batches =
            static_cast<std::uint64_t>((training.size() + options.batch - 1) / options.batch);
        for (std::uint64_t step = 1; step < batches * static_cast<std::uint64_t>(options.epochs);
             ++step) {
            const core::TrainingState stopped = runUntil(step, begin(options), options);
            ASSERT_TRUE(stopped.stopped);
            const core::TrainingState state = goOn(throughCheckpoint(stopped), options);
            ASSERT_EQ(state.parameters, undisturbed.parameters) << step;
            ASSERT_EQ(state.keptParameters, undisturbed.keptParameters) << step;
            ASSERT_EQ(state.optimizer, undisturbed.optimizer) << step;
            ASSERT_EQ(state.mask, undisturbed.mask) << step;
            ASSERT_EQ(state.epochs.back().trainLoss, undisturbed.epochs.back().trainLoss) << step;
        }
    }

    static core::TrainingState throughCheckpoint(const core::TrainingState& state)
    {
        core::StateWriter writer;
        core::encode(state, writer);
        return core::decodeTrainingState(writer.bytes(), state.parameters.size());
    }

    virtual core::TrainingData data() const { return {&training, &test, nullptr}; }

    std::unique_ptr<core::Backend> backend =
        core::makeBackend(core::parseArchitecture("2@5x5 prelu pool 4, linear 10"));
    const core::Dataset training = core::sampleDigits(200, 1, core::Split::Train);
    const core::Dataset test = core::sampleDigits(150, 1, core::Split::Test);
};

} // namespace test
