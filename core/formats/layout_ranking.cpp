// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_ranking.h"

#include "core/backend/backend.h"
#include "core/formats/assemble_model.h"
#include "core/formats/layout_styles.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

/// `count` images spread evenly over the data set.
Dataset sample(const Dataset& data, int count)
{
    Dataset some;
    some.name = data.name;
    some.split = data.split;
    some.synthetic = data.synthetic;
    some.height = data.height;
    some.width = data.width;
    count = std::min(count, data.size());
    for (int i = 0; i < count; ++i) {
        const auto index = static_cast<int>(static_cast<std::int64_t>(i) * data.size() / count);
        const auto pixels = data.image(index);
        some.pixels.insert(some.pixels.end(), pixels.begin(), pixels.end());
        some.labels.push_back(data.labels[static_cast<std::size_t>(index)]);
    }
    return some;
}

/// Multiply-adds of one image.
double costOf(const Architecture& architecture)
{
    double cost = 0;
    const auto& layers = architecture.layers();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const int index = static_cast<int>(i);
        const Shape in = architecture.inputOf(index);
        const Shape out = architecture.outputOf(index);
        if (const auto* c = std::get_if<Convolution>(&layers[i]))
            cost += static_cast<double>(out.count()) * c->kernelHeight * c->kernelWidth *
                    in.channels / c->groups;
        else if (std::holds_alternative<Linear>(layers[i]))
            cost += static_cast<double>(out.count()) * in.count();
    }
    return cost;
}

/// One image right weighs as much as one unit of plausibility. The loss weighs a tenth of what
/// likelihood would give it: networks are too sure of themselves.
double evidence(const RankedLayout& layout)
{
    constexpr double kLossWeight = 0.1;
    const double loss = std::isfinite(layout.loss) ? std::min(layout.loss, 10.0) : 10.0;
    return layout.correct - kLossWeight * layout.images * loss + layout.plan.plausibility;
}

bool isBetter(const RankedLayout& a, const RankedLayout& b)
{
    if (a.images != b.images)
        return a.images > b.images;
    return a.images == 0 ? a.plan.plausibility > b.plan.plausibility : evidence(a) > evidence(b);
}

/// Evaluates layouts of one network.
class Trial
{
public:
    Trial(const StoredNetwork& network, const LayerChain& chain, const LayoutHints& hints,
          const std::vector<LayoutPlan>& geometries, std::vector<RankedLayout>& layouts)
        : m_network(network), m_chain(chain), m_hints(hints), m_geometries(geometries),
          m_layouts(layouts)
    {
    }

    /// What the evaluations from now on may cost together: a layout without pools can cost a
    /// hundred times as much as the one with them that it stands beside.
    void allow(double multiplyAdds) { m_left = multiplyAdds; }

    /// Leaves the layout as it is where evaluating it would cost more than is left.
    void evaluate(std::size_t index, const Dataset& data)
    {
        RankedLayout& layout = m_layouts[index];
        if (layout.images == data.size())
            return;
        const double cost = costOf(layout.architecture) * data.size();
        if (cost > m_left)
            return;
        m_left -= cost;
        const Parameters parameters = assembleParameters(m_network, m_chain, layout.architecture);
        const auto backend = makeBackend(layout.architecture);
        const Evaluation result = backend->evaluate(parameters.values(), data);
        layout.images = result.images;
        layout.correct = result.correct;
        layout.loss = result.loss;
    }

    /// Index of the plan's layout, added if it is new. Absent where it doesn't fit.
    std::optional<std::size_t> indexOf(const LayoutPlan& plan)
    {
        auto architecture = makeArchitecture(plan, m_chain, m_hints);
        if (!architecture)
            return std::nullopt;
        const auto found = std::ranges::find(m_layouts, *architecture, &RankedLayout::architecture);
        if (found != m_layouts.end())
            return static_cast<std::size_t>(found - m_layouts.begin());
        m_layouts.push_back({.plan = plan, .architecture = std::move(*architecture)});
        return m_layouts.size() - 1;
    }

    /// Goes to the best neighbour until none is better.
    void climb(std::size_t start, const Dataset& data)
    {
        constexpr int kMostSteps = 5;
        evaluate(start, data);
        for (int step = 0; step < kMostSteps; ++step) {
            std::size_t best = start;
            for (const LayoutPlan& plan : allNeighbours(m_layouts[start].plan)) {
                const auto index = indexOf(plan);
                if (!index)
                    continue;
                evaluate(*index, data);
                if (isBetter(m_layouts[*index], m_layouts[best]))
                    best = *index;
            }
            if (best == start)
                break;
            start = best;
        }
    }

private:
    std::vector<LayoutPlan> allNeighbours(const LayoutPlan& plan) const
    {
        constexpr std::size_t kMostMoves = 16;
        std::vector<LayoutPlan> plans = neighbours(plan, m_chain, m_hints);
        const std::size_t most = plans.size() + kMostMoves;
        for (const LayoutPlan& geometry : m_geometries) {
            if (plans.size() >= most)
                break;
            if (auto moved = withGeometry(plan, geometry, m_hints))
                plans.push_back(std::move(*moved));
        }
        return plans;
    }

    const StoredNetwork& m_network;
    const LayerChain& m_chain;
    const LayoutHints& m_hints;
    const std::vector<LayoutPlan>& m_geometries;
    std::vector<RankedLayout>& m_layouts;
    double m_left = 0;
};

} // namespace

std::vector<RankedLayout> styledLayouts(const std::vector<LayoutPlan>& geometries,
                                        const LayerChain& chain, const LayoutHints& hints)
{
    constexpr std::size_t kFullyStyled = 2;
    constexpr std::size_t kListed = 60;
    std::vector<RankedLayout> layouts;
    const auto add = [&](const LayoutPlan& plan) {
        auto architecture = makeArchitecture(plan, chain, hints);
        if (architecture &&
            std::ranges::find(layouts, *architecture, &RankedLayout::architecture) == layouts.end())
            layouts.push_back({.plan = plan, .architecture = std::move(*architecture)});
    };
    for (std::size_t g = 0; g < std::min(geometries.size(), kListed); ++g) {
        LayoutPlan plan = geometries[g];
        if (!hints.activations.empty() && hints.activations[0].kind != ActivationKind::PReLU)
            plan.activation = hints.activations[0];
        add(plan);
        if (g < kFullyStyled)
            for (const LayoutPlan& styled : allStyles(plan, chain, hints))
                add(styled);
    }
    std::ranges::stable_sort(layouts, isBetter);
    if (layouts.size() > kMostLayouts)
        layouts.resize(kMostLayouts);
    return layouts;
}

void rankByAccuracy(std::vector<RankedLayout>& layouts, const std::vector<LayoutPlan>& geometries,
                    const StoredNetwork& network, const LayerChain& chain, const LayoutHints& hints,
                    const Dataset& labelled)
{
    // Large networks cost more an image, so they get fewer tries.
    constexpr double kBudget = 2e9; // multiply-adds that a stage aims at: about half a second
    constexpr double kMost = 4e9;   // and at most takes
    constexpr double kLarge = 2e6;
    const double cost = std::max(costOf(layouts.front().architecture), 1.0);
    const bool large = cost > kLarge;
    const std::size_t mostStarts = large ? 8 : 16;
    const std::size_t mostClimbs = large ? 1 : 2; // besides the most plausible
    const std::size_t finalists = large ? 4 : 10;
    const auto affordable = [cost](std::size_t tries, int fewest, int most) {
        return static_cast<int>(std::clamp(kBudget / (cost * static_cast<double>(tries)),
                                           static_cast<double>(fewest), static_cast<double>(most)));
    };
    Trial trial(network, chain, hints, geometries, layouts);

    // Which strides, paddings and pools: the most plausible of each.
    trial.allow(kMost);
    const Dataset few = sample(labelled, affordable(mostStarts, 32, 200));
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < layouts.size() && starts.size() < mostStarts; ++i) {
        const bool seen = std::ranges::any_of(starts, [&](std::size_t s) {
            return layouts[s].plan.convolutions == layouts[i].plan.convolutions &&
                   layouts[s].plan.globalPool == layouts[i].plan.globalPool;
        });
        if (seen)
            continue;
        trial.evaluate(i, few);
        starts.push_back(i);
    }
    const std::size_t mostPlausible = starts.front();
    std::ranges::stable_sort(
        starts, [&](std::size_t a, std::size_t b) { return isBetter(layouts[a], layouts[b]); });

    // Everything else, from the best few on. The most plausible may only look bad because its
    // activation function is another one.
    starts.resize(std::min(starts.size(), mostClimbs));
    if (std::ranges::find(starts, mostPlausible) == starts.end())
        starts.push_back(mostPlausible);
    trial.allow(kMost);
    for (const std::size_t start : starts)
        trial.climb(start, few);

    // Which of the best, on more images.
    std::ranges::stable_sort(layouts, isBetter);
    trial.allow(2 * kMost);
    const Dataset many = sample(labelled, affordable(finalists, 200, 2000));
    for (std::size_t i = 0; i < std::min(layouts.size(), finalists); ++i)
        if (layouts[i].images > 0)
            trial.evaluate(i, many);
    std::ranges::stable_sort(layouts, isBetter);
    // Where no layout recognises half of the digits, the network is untrained or was trained for
    // something else. Its accuracies are chance and say nothing about its layout.
    if (2 * layouts.front().correct < layouts.front().images)
        std::ranges::stable_sort(layouts, std::ranges::greater{}, [](const RankedLayout& layout) {
            return layout.plan.plausibility;
        });
    if (layouts.size() > kMostLayouts)
        layouts.resize(kMostLayouts);
}

} // namespace core
