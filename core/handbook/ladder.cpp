// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handbook/ladder.h"

#include "core/backend/prepared_backend.h"
#include "core/golf/golf.h"
#include "core/model/architecture_text.h"
#include "core/runs/run_data.h"

#include <limits>

namespace core
{

namespace
{

/// One technique with one seed.
class Climb
{
public:
    Climb(const Technique& technique, std::uint64_t seed, const LadderInputs& inputs,
          std::stop_token stop)
        : m_architecture(parseArchitecture(technique.architecture)), m_seed(seed), m_inputs(inputs),
          m_images(uprightImages(m_architecture, inputs.data)),
          m_backend(makeBackend(forUprightImages(m_architecture), inputs.backend)),
          m_stop(std::move(stop))
    {
    }

    std::optional<std::vector<double>> climb(GolfOptions options)
    {
        options.seed = m_seed;
        std::vector<LadderPoint> points;
        GolfObserver observer;
        observer.step = [&](const GolfStep& step) {
            if (points.empty() || step.nonzero < points.back().nonzero)
                points.emplace_back(step.nonzero, std::numeric_limits<double>::quiet_NaN());
            // The last that was accepted at a count is what the course goes on with.
            if (step.accepted && step.nonzero == points.back().nonzero)
                points.back().accuracy = shareOf(step.correct);
        };
        const GolfData data = {m_images.training.get(), m_images.test.get(),
                               m_inputs.teacherLogits};
        const GolfState end =
            playGolf(*m_backend, initialGolfState(), data, options, observer, m_stop);
        if (end.phase != GolfPhase::Finished)
            return std::nullopt;
        std::vector<double> result;
        for (const int count : kLadderCounts)
            result.push_back(accuracyAt(points, count));
        return result;
    }

    std::optional<std::vector<double>> climb(TrainingOptions options)
    {
        options.seed = m_seed;
        std::vector<double> result;
        for (const int count : kLadderCounts) {
            options.switches.nonzero = count;
            const Parameters initial = initialParameters(m_architecture, m_seed);
            const TrainingState end = train(
                *m_backend, initialTrainingState(initial.values(), options),
                {m_images.training.get(), m_images.test.get(), nullptr, m_inputs.teacherLogits},
                options, {}, m_stop);
            if (end.stopped)
                return std::nullopt;
            result.push_back(shareOf(end.epochs.back().testCorrect));
        }
        return result;
    }

private:
    double shareOf(int correct) const
    {
        return static_cast<double>(correct) / m_images.test->size();
    }

    Architecture m_architecture;
    std::uint64_t m_seed;
    const LadderInputs& m_inputs;
    RunData m_images;
    std::unique_ptr<Backend> m_backend;
    std::stop_token m_stop;
};

} // namespace

std::optional<std::vector<double>> climbDown(const Technique& technique, std::uint64_t seed,
                                             const LadderInputs& inputs,
                                             const std::stop_token& stop)
{
    Climb climb(technique, seed, inputs, stop);
    return std::visit([&](const auto& work) { return climb.climb(work); }, technique.work);
}

double accuracyAt(std::span<const LadderPoint> points, int count)
{
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i].nonzero == count)
            return points[i].accuracy;
        if (points[i].nonzero < count) {
            if (i == 0)
                break;
            const LadderPoint& above = points[i - 1];
            const LadderPoint& below = points[i];
            const double way =
                static_cast<double>(above.nonzero - count) / (above.nonzero - below.nonzero);
            return above.accuracy + way * (below.accuracy - above.accuracy);
        }
    }
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace core
