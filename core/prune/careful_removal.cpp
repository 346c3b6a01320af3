// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/careful_removal.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace core
{

namespace
{

/// A trial's outcome, or where none had a finite loss what stands in for it.
struct Outcome {
    std::size_t removed = 0;
    double loss = std::numeric_limits<double>::infinity();
    std::vector<float> parameters;
};

/// One removal: what is tried, and what is left.
class Removing
{
public:
    Removing(Backend& backend, const Surgeon& surgeon, std::span<const float> parameters,
             const Dataset& images, int promising, const std::stop_token& stop)
        : m_backend(backend), m_surgeon(surgeon), m_parameters(parameters), m_images(images),
          m_promising(static_cast<std::size_t>(promising)), m_stop(stop)
    {
    }

    /// Nothing if stopped.
    std::optional<Outcome> best(std::span<const SurgeryCost> cheapest)
    {
        std::vector<Outcome> tried;
        for (const SurgeryCost& cost : cheapest)
            tried.push_back(attempt(cost.parameter, 1));
        std::ranges::stable_sort(tried, {}, &Outcome::loss);
        tried.resize(std::min(tried.size(), std::max(m_promising, std::size_t{1})));
        const std::size_t promising = tried.size();
        for (std::size_t i = 0; i < promising; ++i)
            for (const double share : {0.5, 0.0})
                tried.push_back(attempt(tried[i].removed, share));
        if (m_stopped)
            return std::nullopt;
        return std::move(*std::ranges::min_element(tried, {}, &Outcome::loss));
    }

private:
    Outcome attempt(std::size_t parameter, double share)
    {
        Outcome outcome = {.removed = parameter,
                           .parameters = m_surgeon.without(m_parameters, parameter, share)};
        const Evaluation found = m_backend.evaluate(outcome.parameters, m_images, m_stop);
        m_stopped = m_stopped || found.stopped;
        if (std::isfinite(found.loss))
            outcome.loss = found.loss;
        return outcome;
    }

    Backend& m_backend;
    const Surgeon& m_surgeon;
    std::span<const float> m_parameters;
    const Dataset& m_images;
    std::size_t m_promising;
    const std::stop_token& m_stop;
    bool m_stopped = false;
};

} // namespace

std::optional<std::vector<float>>
removeCarefully(Backend& backend, Surgeon& surgeon, std::vector<float> parameters,
                const Dataset& images, const CarefulRemovalOptions& options, std::stop_token stop)
{
    for (int i = 0; i < options.count; ++i) {
        const std::vector<SurgeryCost> costs = surgeon.removals(parameters);
        if (costs.empty())
            break;
        const std::size_t trials = std::min(costs.size(), static_cast<std::size_t>(options.trials));
        std::optional<Outcome> best =
            Removing(backend, surgeon, parameters, images, options.promising, stop)
                .best(std::span(costs).first(trials));
        if (!best)
            return std::nullopt;
        surgeon.commit(best->removed);
        parameters = std::move(best->parameters);
    }
    return parameters;
}

} // namespace core
