// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/golf/golf.h"

#include "core/golf/golf_draw.h"
#include "core/golf/golf_surgery.h"
#include "core/golf/golf_training.h"
#include "core/model/parameters.h"
#include "core/prune/candidates.h"

#include <algorithm>
#include <chrono>

namespace core
{

namespace
{

class Game
{
public:
    Game(Backend& backend, GolfState state, const GolfData& data, const GolfOptions& options,
         const GolfObserver& observer, std::stop_token stop)
        : m_backend(backend), m_state(std::move(state)), m_data(data), m_options(options),
          m_observer(observer), m_stop(stop), m_surgery(backend, *data.training, options, stop),
          m_required(requiredCorrect(options.threshold, data.selection->size()))
    {
    }

    GolfState run()
    {
        if (!measureStart())
            return std::move(m_state);
        while (m_state.phase != GolfPhase::Finished) {
            const auto begun = std::chrono::steady_clock::now();
            const bool done =
                !m_stop.stop_requested() && (m_state.fit || prepare()) && fit() && conclude();
            m_state.seconds +=
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
            if (!done)
                break;
            if (m_options.budget > 0 && m_state.seconds >= m_options.budget)
                m_state.phase = GolfPhase::Finished;
            tellState();
        }
        return std::move(m_state);
    }

private:
    /// Of a game that goes on with a network: its loss, which the first swap has to undercut, and
    /// whether it meets the goal. False if stopped.
    bool measureStart()
    {
        if (m_state.step > 0 || m_state.parameters.empty())
            return true;
        const Evaluation found = m_backend.evaluate(m_state.parameters, *m_data.training, m_stop);
        m_state.loss = found.loss;
        return !found.stopped && measure(m_state.parameters);
    }

    std::uint64_t stepSeed() const { return derivedSeed(m_options.seed, m_state.step); }

    std::uint64_t initialSeed(std::uint64_t step) const
    {
        return drawSeed(derivedSeed(m_options.seed, step), GolfDraw::Initial);
    }

    int nonzero(std::span<const float> parameters) const
    {
        return nonzeroCount(m_backend.architecture(), parameters);
    }

    /// What is pruned: a start in its heat, or the network that is accepted.
    const std::vector<float>& pruned() const
    {
        return m_state.phase == GolfPhase::Heat ? m_state.candidate : m_state.parameters;
    }

    bool isEarly() const { return nonzero(pruned()) > m_options.many; }

    /// What this step trains, and which of it is held at zero. False if stopped.
    bool prepare()
    {
        std::optional<std::vector<float>> parameters;
        std::vector<std::uint8_t> mask;
        switch (m_state.phase) {
        case GolfPhase::Start:
            parameters = initialValues(m_state.step);
            break;
        case GolfPhase::Dense:
            parameters = m_state.parameters;
            break;
        case GolfPhase::Heat:
        case GolfPhase::Prune:
            parameters = m_surgery.remove(pruned(), removedInRound(), stepSeed());
            if (parameters)
                rewind(*parameters);
            break;
        case GolfPhase::Grow:
            if (const auto grown =
                    m_surgery.grow(m_state.parameters, m_state.swap > 0, stepSeed())) {
                parameters = m_state.parameters;
                mask = *grown;
            }
            break;
        case GolfPhase::Shrink:
            parameters = m_surgery.remove(m_state.candidate,
                                          nonzero(m_state.candidate) - nonzero(m_state.parameters),
                                          stepSeed());
            break;
        case GolfPhase::Finished:
            break;
        }
        if (!parameters)
            return false;
        if (mask.empty() && m_state.phase != GolfPhase::Start && m_state.phase != GolfPhase::Dense)
            mask = maskOfZeros(m_backend.architecture(), *parameters);
        m_state.mask = std::move(mask);
        const TrainingOptions options = trainingOptions();
        if (options.epochs > 0)
            m_state.fit = initialTrainingState(*parameters, options);
        else
            m_state.fit.emplace().parameters = std::move(*parameters);
        return true;
    }

    std::vector<float> initialValues(std::uint64_t step) const
    {
        const Parameters initial = initialParameters(m_backend.architecture(), initialSeed(step));
        return {initial.values().begin(), initial.values().end()};
    }

    /// What is left gets other values, where the options say so.
    void rewind(std::vector<float>& parameters) const
    {
        if (m_options.rewind == GolfRewind::None)
            return;
        const bool back = m_options.rewind == GolfRewind::Initial;
        const std::vector<float> values = initialValues(back ? m_state.origin : m_state.step);
        for (std::size_t i = 0; i < parameters.size(); ++i)
            if (parameters[i] != 0)
                parameters[i] = values[i];
    }

    int removedInRound() const
    {
        const bool isHeat = m_state.phase == GolfPhase::Heat;
        const int count = nonzero(pruned());
        const double share = isEarly() ? m_options.firstShare
                             : isHeat  ? m_options.heatShare
                                       : m_options.share;
        const int least = isHeat ? m_options.heat : m_options.least;
        return std::clamp(static_cast<int>(count * share), 1, std::max(1, count - least));
    }

    TrainingOptions trainingOptions() const
    {
        TrainingOptions options = commonTraining(m_options);
        options.seed = drawSeed(stepSeed(), GolfDraw::Order);
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
        case GolfPhase::Heat:
            options.epochs = isEarly() ? m_options.firstEpochs : m_options.heatEpochs;
            options.lr = m_options.rate;
            break;
        case GolfPhase::Prune:
            options.epochs = isEarly() ? m_options.firstEpochs : m_options.epochs;
            options.lr =
                m_options.rewind == GolfRewind::None ? m_options.rate : m_options.denseRate;
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
        const TrainingOptions options = trainingOptions();
        if (options.epochs == 0)
            return measure(m_state.fit->parameters);
        // What goes on holds all that the state told of has to hold, so the step takes a copy.
        m_state.fit = train(m_backend, *m_state.fit,
                            {m_data.training, m_data.selection, nullptr, m_data.teacherLogits},
                            options, observer, m_stop);
        if (m_state.fit->stopped)
            return false;
        m_state.fit->parameters = measuredParameters(*m_state.fit);
        m_correct = m_state.fit->epochs.back().testCorrect;
        return true;
    }

    /// On the images that select. False if stopped.
    bool measure(std::span<const float> parameters)
    {
        const Evaluation selecting = m_backend.evaluate(parameters, *m_data.selection, m_stop);
        if (selecting.stopped)
            return false;
        m_correct = selecting.correct;
        consider(m_correct, parameters);
        return true;
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

    /// False if stopped.
    bool polish()
    {
        if (m_options.polish == 0 || m_state.phase != GolfPhase::Prune)
            return true;
        auto polished = m_surgery.polish(m_state.fit->parameters, stepSeed());
        if (!polished)
            return false;
        m_state.fit->parameters = std::move(*polished);
        return measure(m_state.fit->parameters);
    }

    /// Measures what was trained and moves on. False if stopped.
    bool conclude()
    {
        if (!polish())
            return false;
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
        step.correct = m_correct;
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
        case GolfPhase::Heat:
            if (nonzero(trained) > m_options.heat && m_options.heat > 0) {
                m_state.candidate = std::move(trained);
                m_state.phase = GolfPhase::Heat;
                accepted = false;
                break;
            }
            accepted = m_state.start == 0 || loss < m_state.loss;
            endStart(std::move(trained), loss, accepted);
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
            m_state.candidate = std::move(trained);
            m_state.phase = GolfPhase::Shrink;
            break;
        default:
            accepted = loss < m_state.loss && nonzero(trained) <= nonzero(m_state.parameters);
            if (accepted)
                accept(std::move(trained), loss);
            m_state.candidate.clear();
            ++m_state.swap;
            swapOrEndRound();
            break;
        }
        return accepted;
    }

    void endStart(std::vector<float> trained, double loss, bool accepted)
    {
        m_state.candidate.clear();
        if (accepted) {
            accept(std::move(trained), loss);
            m_state.origin = m_state.step;
        }
        m_state.phase = GolfPhase::Start;
        if (++m_state.start < m_options.starts)
            return;
        if (m_options.heat == 0)
            m_state.phase = GolfPhase::Dense;
        else
            swapOrBeginRound();
    }

    void beginRound()
    {
        m_state.phase =
            nonzero(m_state.parameters) <= m_options.least ? GolfPhase::Finished : GolfPhase::Prune;
        ++m_state.round;
        m_state.met = false;
    }

    bool isSwapDue() const
    {
        return nonzero(m_state.parameters) <= m_options.swapBelow && m_state.swap < m_options.swaps;
    }

    void swapOrBeginRound()
    {
        if (isSwapDue())
            m_state.phase = GolfPhase::Grow;
        else
            beginRound();
    }

    void swapOrEndRound()
    {
        if (isSwapDue()) {
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
    GolfSurgery m_surgery;
    const int m_required;
    int m_correct = 0; ///< of the images that select, by what this step trained
};

} // namespace

std::string_view phaseName(GolfPhase phase)
{
    constexpr std::string_view names[] = {"start", "heat",   "dense",   "prune",
                                          "grow",  "shrink", "finished"};
    return names[static_cast<std::size_t>(phase)];
}

bool isRefused(const GolfStep& step, const GolfOptions& options)
{
    const bool isStart = step.phase == GolfPhase::Start || step.phase == GolfPhase::Heat;
    const bool goesOn = isStart && options.heat > 0 && step.nonzero > options.heat;
    return !step.accepted && !goesOn;
}

GolfState initialGolfState()
{
    return {};
}

GolfState golfStateAt(const Architecture& architecture, std::span<const float> parameters,
                      const GolfOptions& options)
{
    GolfState state;
    state.parameters.assign(parameters.begin(), parameters.end());
    const bool refines =
        options.swaps > 0 && nonzeroCount(architecture, parameters) <= options.swapBelow;
    state.phase = refines ? GolfPhase::Grow : GolfPhase::Prune;
    state.round = refines ? 0 : 1;
    return state;
}

GolfState playGolf(Backend& backend, GolfState state, const GolfData& data,
                   const GolfOptions& options, const GolfObserver& observer, std::stop_token stop)
{
    requireSensible(options);
    return Game(backend, std::move(state), data, options, observer, std::move(stop)).run();
}

} // namespace core
