// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/base/error.h"
#include "core/sparse/moving_mask.h"
#include "core/sparse/sparse_mask.h"
#include "core/train/batch_source.h"
#include "core/train/optimizer.h"
#include "core/train/schedule.h"
#include "core/train/weight_average.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <optional>

namespace core
{

namespace
{

std::vector<std::size_t> heldIndices(std::span<const std::uint8_t> mask)
{
    std::vector<std::size_t> held;
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask[i] == 0)
            held.push_back(i);
    return held;
}

void requireFittingMask(const TrainingOptions& options, std::size_t parameters)
{
    if (!options.mask.empty() && options.mask.size() != parameters)
        throw Error(ErrorKind::Usage,
                    fmt::format("training: the mask has {} entries, expected {}, one a parameter",
                                options.mask.size(), parameters));
}

/// Goes through one epoch after another and keeps what they share.
class Trainer
{
public:
    Trainer(Backend& backend, TrainingState state, const TrainingData& data,
            const TrainingOptions& options, const TrainingObserver& observer)
        : m_backend(backend), m_state(std::move(state)), m_data(data), m_options(options),
          m_observer(observer),
          m_held(heldIndices(m_state.mask.empty() ? options.mask : m_state.mask)),
          m_source(data, options)
    {
        const Parameters layout(backend.architecture());
        for (const ParameterSlice& slice : layout.slices())
            if (!isTrainable(slice.role))
                m_statistics.push_back(slice);
    }

    TrainingState run(const std::stop_token& stop)
    {
        m_state.stopped = !makeSparse(stop);
        while (!m_state.stopped && m_state.epoch <= m_options.epochs)
            m_state.stopped = !trainEpoch(stop) || !finishEpoch(stop);
        return std::move(m_state);
    }

private:
    /// Chooses what is trained, once. False if it was stopped.
    bool makeSparse(const std::stop_token& stop)
    {
        if (m_options.switches.sparse == SparseMethod::None || !m_state.mask.empty())
            return true;
        auto mask = sparseMask(m_backend, m_state.parameters, *m_data.training, m_options, stop);
        if (!mask)
            return false;
        m_state.mask = std::move(*mask);
        m_held = heldIndices(m_state.mask);
        for (const std::size_t held : m_held)
            m_state.parameters[held] = 0;
        return true;
    }

    /// False if it was stopped.
    bool trainEpoch(const std::stop_token& stop)
    {
        const double secondsBefore = m_state.seconds;
        const auto begun = std::chrono::steady_clock::now();
        if (!m_source.beginEpoch(m_backend, m_state, stop))
            return false;
        while (m_state.imagesDone < m_source.images()) {
            if (stop.stop_requested())
                return false;
            takeStep();
            const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
            m_state.seconds = secondsBefore + spent.count();
            if (m_observer.batchFinished)
                m_observer.batchFinished(m_state.epoch, m_state.imagesDone, m_source.images());
            if (m_observer.state)
                m_observer.state(m_state);
        }
        return true;
    }

    void takeStep()
    {
        const std::uint64_t index =
            m_state.imagesDone / static_cast<std::uint64_t>(m_options.batch);
        moveMask(index);
        const TrainingBatch batch = m_source.batch(m_state.epoch, m_state.imagesDone);
        m_backend.gradient(m_state.parameters, batch, m_found);
        for (const std::size_t held : m_held)
            m_found.gradient[held] = 0;
        optimizerStep(m_options, m_state.optimizer, m_state.parameters, m_found.gradient,
                      learningRate(m_options, m_state.epoch, index, m_source.batches()));
        for (const std::size_t held : m_held)
            m_state.parameters[held] = 0;
        takeRunningStatistics();
        averageStep(m_options.switches, m_state);
        m_state.lossSum += m_found.loss * static_cast<double>(batch.size());
        m_state.correct += static_cast<std::uint64_t>(m_found.correct);
        m_state.imagesDone += batch.size();
    }

    void moveMask(std::uint64_t batch)
    {
        const double share = movedShare(m_options, m_state.epoch, batch, m_source.batches());
        if (share == 0)
            return;
        core::moveMask(m_backend, *m_data.training, m_options, batch, share, m_state);
        m_held = heldIndices(m_state.mask);
    }

    /// Batch norm's are not learned, so neither step nor decay may touch them.
    void takeRunningStatistics()
    {
        if (m_found.runningStatistics.empty())
            return;
        for (const ParameterSlice& slice : m_statistics)
            std::copy_n(m_found.runningStatistics.begin() +
                            static_cast<std::ptrdiff_t>(slice.offset),
                        slice.count,
                        m_state.parameters.begin() + static_cast<std::ptrdiff_t>(slice.offset));
    }

    /// Measures, keeps, and moves on to the next epoch. False if it was stopped before that.
    bool finishEpoch(const std::stop_token& stop)
    {
        averageEpoch(m_options.switches, m_options.epochs, m_state);
        const std::optional<EpochResult> result = measure(stop);
        if (!result)
            return false;
        if (m_state.keptEpoch == 0 || isBetter(*result)) {
            m_state.keptEpoch = result->epoch;
            m_state.keptParameters = measuredParameters(m_state);
        }
        m_state.epochs.push_back(*result);
        ++m_state.epoch;
        m_state.imagesDone = 0;
        m_state.lossSum = 0;
        m_state.correct = 0;
        m_state.seconds = 0;
        if (m_observer.epochFinished)
            m_observer.epochFinished(*result);
        if (m_observer.epochParameters)
            m_observer.epochParameters(*result, measuredParameters(m_state));
        if (m_observer.state)
            m_observer.state(m_state);
        return true;
    }

    std::optional<EpochResult> measure(const std::stop_token& stop)
    {
        EpochResult result;
        result.epoch = m_state.epoch;
        result.lr =
            learningRate(m_options, m_state.epoch, m_source.batches() - 1, m_source.batches());
        result.trainImages = static_cast<int>(m_source.images());
        result.trainCorrect = static_cast<int>(m_state.correct);
        result.trainLoss = m_state.lossSum / static_cast<double>(m_source.images());
        result.seconds = m_state.seconds;
        const std::vector<float>& measured = measuredParameters(m_state);
        const Evaluation test = m_backend.evaluate(measured, *m_data.test, stop);
        result.testLoss = test.loss;
        result.testCorrect = test.correct;
        result.testImages = test.images;
        if (test.stopped)
            return std::nullopt;
        if (!m_data.validation)
            return result;
        const Evaluation validation = m_backend.evaluate(measured, *m_data.validation, stop);
        result.validationLoss = validation.loss;
        result.validationCorrect = validation.correct;
        result.validationImages = validation.images;
        return validation.stopped ? std::nullopt : std::optional(result);
    }

    /// Of equals the first is kept.
    bool isBetter(const EpochResult& result) const
    {
        const EpochResult& kept = m_state.epochs[static_cast<std::size_t>(m_state.keptEpoch - 1)];
        switch (m_options.keep) {
        case KeptEpoch::Last:
            break;
        case KeptEpoch::BestTest:
            return result.testCorrect > kept.testCorrect;
        case KeptEpoch::BestValidation:
            return result.validationCorrect > kept.validationCorrect;
        }
        return true;
    }

    Backend& m_backend;
    TrainingState m_state;
    const TrainingData& m_data;
    const TrainingOptions& m_options;
    const TrainingObserver& m_observer;
    std::vector<std::size_t> m_held;
    std::vector<ParameterSlice> m_statistics; ///< batch norm's
    BatchSource m_source;
    LossGradient m_found;
};

} // namespace

const std::vector<float>& measuredParameters(const TrainingState& state)
{
    return state.average.empty() ? state.parameters : state.average;
}

std::vector<std::uint8_t> maskOfZeros(const Parameters& parameters)
{
    std::vector<std::uint8_t> mask(parameters.values().size(), 1);
    for (const ParameterSlice& slice : parameters.slices()) {
        if (!isTrainable(slice.role))
            continue;
        for (std::size_t i = slice.offset; i < slice.offset + slice.count; ++i)
            mask[i] = parameters.values()[i] == 0.0F ? 0 : 1;
    }
    return mask;
}

std::vector<std::uint8_t> maskOfZeros(const Architecture& architecture,
                                      std::span<const float> parameters)
{
    Parameters layout(architecture);
    std::ranges::copy(parameters, layout.values().begin());
    return maskOfZeros(layout);
}

TrainingState initialTrainingState(std::span<const float> start, const TrainingOptions& options)
{
    requireSensible(options);
    requireFittingMask(options, start.size());
    TrainingState state;
    state.parameters.assign(start.begin(), start.end());
    for (const std::size_t held : heldIndices(options.mask))
        state.parameters[held] = 0;
    state.optimizer = initialOptimizerState(options.optimizer, start.size());
    return state;
}

TrainingState train(Backend& backend, TrainingState state, const TrainingData& data,
                    const TrainingOptions& options, const TrainingObserver& observer,
                    std::stop_token stop)
{
    requireSensible(options);
    requireFittingMask(options, state.parameters.size());
    if (data.training->size() == 0)
        throw Error(ErrorKind::Usage,
                    fmt::format("training: {} is empty", data.training->description()));
    if (options.keep == KeptEpoch::BestValidation && !data.validation)
        throw Error(ErrorKind::Usage, "training: the best epoch by validation was asked for, but "
                                      "there are no validation images");
    return Trainer(backend, std::move(state), data, options, observer).run(stop);
}

TrainingState train(Backend& backend, std::vector<float> start, const Dataset& training,
                    const Dataset& test, const TrainingOptions& options,
                    const TrainingObserver& observer, std::stop_token stop)
{
    return train(backend, initialTrainingState(start, options), {&training, &test, nullptr},
                 options, observer, std::move(stop));
}

} // namespace core
