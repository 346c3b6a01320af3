// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/golf/golf.h"

#include "core/base/random.h"
#include "core/model/parameters.h"
#include "core/prune/candidates.h"
#include "core/prune/careful_removal.h"
#include "core/prune/dead_paths.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace core
{

namespace
{

/// What the numbers drawn in a step are for.
enum class Draw : std::uint64_t { Initial, Order, Curvature, Trials, Growth };

class Game
{
public:
    Game(Backend& backend, GolfState state, const GolfData& data, const GolfOptions& options,
         const GolfObserver& observer, std::stop_token stop)
        : m_backend(backend), m_state(std::move(state)), m_data(data), m_options(options),
          m_observer(observer), m_stop(std::move(stop)),
          m_required(requiredCorrect(options.threshold, data.selection->size()))
    {
    }

    GolfState run()
    {
        while (m_state.phase != GolfPhase::Finished) {
            const auto begun = std::chrono::steady_clock::now();
            if (m_stop.stop_requested() || (!m_state.fit && !prepare()) || !fit() || !conclude())
                break;
            m_state.seconds +=
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
            if (m_options.budget > 0 && m_state.seconds >= m_options.budget)
                m_state.phase = GolfPhase::Finished;
            tellState();
        }
        return std::move(m_state);
    }

private:
    std::uint64_t seedOf(Draw draw) const
    {
        return derivedSeed(derivedSeed(m_options.seed, m_state.step),
                           static_cast<std::uint64_t>(draw));
    }

    int nonzero(std::span<const float> parameters) const
    {
        return nonzeroCount(m_backend.architecture(), parameters);
    }

    bool isEarly() const { return nonzero(m_state.parameters) > m_options.many; }

    /// What this step trains, and which of it is held at zero. False if stopped.
    bool prepare()
    {
        std::optional<std::vector<float>> parameters;
        std::vector<std::uint8_t> mask;
        switch (m_state.phase) {
        case GolfPhase::Start: {
            const Parameters initial =
                initialParameters(m_backend.architecture(), seedOf(Draw::Initial));
            parameters.emplace(initial.values().begin(), initial.values().end());
            break;
        }
        case GolfPhase::Dense:
            parameters = m_state.parameters;
            break;
        case GolfPhase::Prune:
            parameters = without(m_state.parameters, removedInRound());
            break;
        case GolfPhase::Grow:
            parameters = m_state.parameters;
            if (!growMask(mask))
                return false;
            break;
        case GolfPhase::Shrink:
            parameters =
                without(m_state.grown, nonzero(m_state.grown) - nonzero(m_state.parameters));
            break;
        case GolfPhase::Finished:
            break;
        }
        if (!parameters)
            return false;
        if (mask.empty() && m_state.phase >= GolfPhase::Prune)
            mask = maskOf(*parameters);
        m_state.mask = std::move(mask);
        m_state.fit = initialTrainingState(*parameters, trainingOptions());
        return true;
    }

    int removedInRound() const
    {
        const int count = nonzero(m_state.parameters);
        const double share = isEarly() ? m_options.firstShare : m_options.share;
        return std::clamp(static_cast<int>(count * share), 1, std::max(1, count - m_options.least));
    }

    std::vector<std::uint8_t> maskOf(std::span<const float> parameters) const
    {
        Parameters layout(m_backend.architecture());
        std::ranges::copy(parameters, layout.values().begin());
        return maskOfZeros(layout);
    }

    std::vector<int> drawImages(Draw draw, int count) const
    {
        std::vector<int> indices(static_cast<std::size_t>(m_data.training->size()));
        std::iota(indices.begin(), indices.end(), 0);
        if (count < m_data.training->size()) {
            Random(seedOf(draw)).shuffle(std::span(indices));
            indices.resize(static_cast<std::size_t>(count));
        }
        return indices;
    }

    std::optional<Curvature> curvatureAt(std::span<const float> parameters)
    {
        return measureCurvature(m_backend, parameters, *m_data.training,
                                drawImages(Draw::Curvature, m_options.curvatureImages), {}, m_stop);
    }

    /// Nothing if stopped.
    std::optional<std::vector<float>> without(std::span<const float> from, int count)
    {
        std::vector<float> parameters(from.begin(), from.end());
        if (count <= 0)
            return parameters;
        const std::optional<Curvature> curvature = curvatureAt(parameters);
        if (!curvature)
            return std::nullopt;
        Surgeon surgeon(*curvature, parameters, m_options.damping);
        const Dataset images =
            chosenImages(*m_data.training, drawImages(Draw::Trials, m_options.trialImages));
        std::optional<std::vector<float>> left =
            removeCarefully(m_backend, surgeon, std::move(parameters), images,
                            {.count = count, .trials = m_options.trials}, m_stop);
        if (left)
            removeDeadPaths(m_backend.architecture(), *left);
        return left;
    }

    /// Lets the most promising of what is zero be trained, too. False if stopped.
    bool growMask(std::vector<std::uint8_t>& mask)
    {
        const std::optional<Curvature> curvature = curvatureAt(m_state.parameters);
        if (!curvature)
            return false;
        mask = maskOf(m_state.parameters);
        Random random(seedOf(Draw::Growth));
        int left = std::max(2, static_cast<int>(nonzero(m_state.parameters) * m_options.swapShare *
                                                random.uniform(0.5, 1.5)));
        for (const SurgeryCost& gain :
             regrowths(*curvature, m_state.parameters, m_options.damping)) {
            if (left == 0)
                break;
            if (m_state.swap > 0 && random.uniform() < m_options.swapSkip)
                continue;
            mask[gain.parameter] = 1;
            --left;
        }
        return true;
    }

    TrainingOptions trainingOptions() const
    {
        TrainingOptions options;
        options.optimizer = OptimizerKind::Adam;
        options.weightDecay = 0;
        options.schedule = ScheduleKind::Cosine;
        options.batch = m_options.batch;
        options.lrEnd = m_options.lastRate;
        options.seed = seedOf(Draw::Order);
        options.mask = m_state.mask;
        switch (m_state.phase) {
        case GolfPhase::Start:
            options.epochs = m_options.startEpochs;
            options.lr = m_options.denseRate;
            break;
        case GolfPhase::Dense:
            options.epochs = m_options.denseEpochs;
            options.lr = m_options.denseRate;
            break;
        case GolfPhase::Prune:
            options.epochs = isEarly() ? m_options.firstEpochs : m_options.epochs;
            options.lr = m_options.rate;
            break;
        default:
            options.epochs = m_options.swapEpochs;
            options.lr = m_options.swapRate;
            break;
        }
        return options;
    }

    /// False if stopped.
    bool fit()
    {
        TrainingObserver observer;
        observer.epochParameters = [this](const EpochResult& epoch,
                                          std::span<const float> parameters) {
            consider(epoch.testCorrect, parameters);
        };
        if (m_observer.state)
            observer.state = [this](const TrainingState& training) {
                m_state.fit = training;
                m_observer.state(m_state);
            };
        // What goes on holds all that the state told of has to hold, so the step takes a copy.
        m_state.fit = train(m_backend, *m_state.fit, {m_data.training, m_data.selection, nullptr},
                            trainingOptions(), observer, m_stop);
        return !m_state.fit->stopped;
    }

    void consider(int correct, std::span<const float> parameters)
    {
        if (correct < m_required)
            return;
        m_state.met = true;
        const int count = nonzero(parameters);
        const bool better = m_state.bestNonzero == 0 || count < m_state.bestNonzero ||
                            (count == m_state.bestNonzero && correct > m_state.bestCorrect);
        if (!better)
            return;
        m_state.best.assign(parameters.begin(), parameters.end());
        m_state.bestNonzero = count;
        m_state.bestCorrect = correct;
        if (m_observer.better)
            m_observer.better(count, correct, parameters);
    }

    /// Measures what was trained and moves on. False if stopped.
    bool conclude()
    {
        const Evaluation training =
            m_backend.evaluate(m_state.fit->parameters, *m_data.training, m_stop);
        if (training.stopped)
            return false;
        GolfStep step;
        step.step = m_state.step + 1;
        step.phase = m_state.phase;
        step.round = m_state.round;
        step.nonzero = nonzero(m_state.fit->parameters);
        step.trainLoss = training.loss;
        step.trainCorrect = training.correct;
        step.correct = m_state.fit->epochs.back().testCorrect;
        m_state.epochs += m_state.fit->epochs.size();
        step.accepted = moveOn(std::move(m_state.fit->parameters), training.loss);
        step.bestNonzero = m_state.bestNonzero;
        step.bestCorrect = m_state.bestCorrect;
        step.epochs = m_state.epochs;
        m_state.fit.reset();
        m_state.mask.clear();
        ++m_state.step;
        if (m_observer.step)
            m_observer.step(step);
        return true;
    }

    void accept(std::vector<float> parameters, double loss)
    {
        m_state.parameters = std::move(parameters);
        m_state.loss = loss;
    }

    bool moveOn(std::vector<float> trained, double loss)
    {
        bool accepted = true;
        switch (m_state.phase) {
        case GolfPhase::Start:
            accepted = m_state.start == 0 || loss < m_state.loss;
            if (accepted)
                accept(std::move(trained), loss);
            if (++m_state.start >= m_options.starts)
                m_state.phase = GolfPhase::Dense;
            break;
        case GolfPhase::Dense:
            accept(std::move(trained), loss);
            beginRound();
            break;
        case GolfPhase::Prune:
            accept(std::move(trained), loss);
            m_state.swap = 0;
            swapOrEndRound();
            break;
        case GolfPhase::Grow:
            m_state.grown = std::move(trained);
            m_state.phase = GolfPhase::Shrink;
            break;
        default:
            accepted = loss < m_state.loss && nonzero(trained) <= nonzero(m_state.parameters);
            if (accepted)
                accept(std::move(trained), loss);
            m_state.grown.clear();
            ++m_state.swap;
            swapOrEndRound();
            break;
        }
        return accepted;
    }

    void beginRound()
    {
        m_state.phase =
            nonzero(m_state.parameters) <= m_options.least ? GolfPhase::Finished : GolfPhase::Prune;
        ++m_state.round;
        m_state.met = false;
    }

    void swapOrEndRound()
    {
        if (nonzero(m_state.parameters) <= m_options.swapBelow && m_state.swap < m_options.swaps) {
            m_state.phase = GolfPhase::Grow;
            return;
        }
        m_state.misses = m_state.met ? 0 : m_state.misses + 1;
        beginRound();
        if (m_state.misses >= m_options.patience)
            m_state.phase = GolfPhase::Finished;
    }

    void tellState()
    {
        if (m_observer.state)
            m_observer.state(m_state);
    }

    Backend& m_backend;
    GolfState m_state;
    const GolfData& m_data;
    const GolfOptions& m_options;
    const GolfObserver& m_observer;
    const std::stop_token m_stop;
    const int m_required;
};

} // namespace

std::string_view phaseName(GolfPhase phase)
{
    constexpr std::string_view names[] = {"start", "dense", "prune", "grow", "shrink", "finished"};
    return names[static_cast<std::size_t>(phase)];
}

GolfState initialGolfState()
{
    return {};
}

GolfState playGolf(Backend& backend, GolfState state, const GolfData& data,
                   const GolfOptions& options, const GolfObserver& observer, std::stop_token stop)
{
    requireSensible(options);
    return Game(backend, std::move(state), data, options, observer, std::move(stop)).run();
}

} // namespace core
