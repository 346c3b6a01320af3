// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/train/adam.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace core
{

namespace
{

void requireSensible(const TrainingOptions& options, const Dataset& training)
{
    const auto refuse = [](const std::string& sentence) {
        throw Error(ErrorKind::Usage, "training: " + sentence);
    };
    if (options.epochs < 0)
        refuse(fmt::format("{} epochs, expected 0 or more", options.epochs));
    if (options.batch < 1)
        refuse(fmt::format("batch size {}, expected 1 or more", options.batch));
    if (!(options.lr > 0) || !std::isfinite(options.lr))
        refuse(fmt::format("learning rate {}, expected a number above 0", options.lr));
    if (options.lrStep < 0)
        refuse(fmt::format("learning rate step {}, expected 0 (constant) or more epochs",
                           options.lrStep));
    if (training.size() == 0)
        refuse(training.description() + " is empty");
}

/// StepLR: the rate of an epoch counted from 1.
double learningRate(const TrainingOptions& options, int epoch)
{
    if (options.schedule != ScheduleKind::Step)
        return options.lr;
    return options.lr * std::pow(options.lrGamma, (epoch - 1) / options.lrStep);
}

/// Trains through one epoch after another and keeps what they share.
class Trainer
{
public:
    Trainer(Backend& backend, std::vector<float> start, const Dataset& training,
            const TrainingOptions& options, const TrainingObserver& observer)
        : m_backend(backend), m_training(training), m_options(options), m_observer(observer),
          m_parameters(std::move(start)),
          m_adam(m_parameters.size(), {.weightDecay = options.weightDecay}),
          m_order(static_cast<std::size_t>(training.size()))
    {
    }

    /// Mean loss, or nothing if it was stopped.
    std::optional<double> runEpoch(int epoch, const std::stop_token& stop)
    {
        std::iota(m_order.begin(), m_order.end(), 0);
        Random(derivedSeed(m_options.seed, static_cast<std::uint64_t>(epoch)))
            .shuffle(std::span(m_order));
        const double lr = learningRate(m_options, epoch);
        const auto batchSize = static_cast<std::size_t>(m_options.batch);
        double loss = 0;
        for (std::size_t first = 0; first < m_order.size(); first += batchSize) {
            if (stop.stop_requested())
                return std::nullopt;
            const std::size_t count = std::min(batchSize, m_order.size() - first);
            loss += runBatch(std::span(m_order).subspan(first, count), lr, epoch) *
                    static_cast<double>(count);
            if (m_observer.batchFinished)
                m_observer.batchFinished(epoch, first + count, m_order.size());
        }
        return loss / static_cast<double>(m_order.size());
    }

    std::vector<float>& parameters() { return m_parameters; }

private:
    double runBatch(std::span<const int> indices, double lr, int epoch)
    {
        const std::uint64_t dropoutSeed =
            derivedSeed(m_options.seed ^ static_cast<std::uint64_t>(epoch), ++m_batches);
        m_backend.gradient(m_parameters,
                           {.data = &m_training, .indices = indices, .dropoutSeed = dropoutSeed},
                           m_found);
        if (!m_found.runningStatistics.empty())
            std::ranges::copy(m_found.runningStatistics, m_parameters.begin());
        m_adam.step(m_parameters, m_found.gradient, lr);
        return m_found.loss;
    }

    Backend& m_backend;
    const Dataset& m_training;
    const TrainingOptions& m_options;
    const TrainingObserver& m_observer;
    std::vector<float> m_parameters;
    Adam m_adam;
    std::vector<int> m_order;
    std::uint64_t m_batches = 0;
    LossGradient m_found;
};

} // namespace

TrainingRun train(Backend& backend, std::vector<float> start, const Dataset& training,
                  const Dataset& test, const TrainingOptions& options,
                  const TrainingObserver& observer, std::stop_token stop)
{
    requireSensible(options, training);
    Trainer trainer(backend, std::move(start), training, options, observer);
    TrainingRun run;
    for (int epoch = 1; epoch <= options.epochs; ++epoch) {
        const auto begun = std::chrono::steady_clock::now();
        const std::optional<double> loss = trainer.runEpoch(epoch, stop);
        if (!loss) {
            run.stopped = true;
            break;
        }
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
        const Evaluation evaluation = backend.evaluate(trainer.parameters(), test);
        EpochResult& result = run.epochs.emplace_back();
        result.epoch = epoch;
        result.trainLoss = *loss;
        result.testCorrect = evaluation.correct;
        result.testImages = evaluation.images;
        result.seconds = seconds.count();
        if (observer.epochFinished)
            observer.epochFinished(run.epochs.back());
        if (observer.epochParameters)
            observer.epochParameters(run.epochs.back(), trainer.parameters());
    }
    run.parameters = std::move(trainer.parameters());
    return run;
}

} // namespace core
