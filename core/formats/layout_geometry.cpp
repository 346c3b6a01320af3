// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_plan.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace core
{

namespace
{

constexpr std::size_t kKept = 48; ///< partial layouts a map size

/// One possible stage: a convolution and what pools around it.
struct Option {
    ConvolutionPlan plan;
    double plausibility = 0;
};

struct Extent {
    int height = 0;
    int width = 0;
    auto operator<=>(const Extent&) const = default;
};

/// A layout of the first few convolutions.
struct Partial {
    std::vector<ConvolutionPlan> plans;
    double plausibility = 0;
};

int slid(int extent, int kernel, int stride, int padding, bool roundUp)
{
    const int room = extent + 2 * padding - kernel;
    if (room < 0)
        return 0;
    int count = room / stride + 1;
    if (roundUp && room % stride != 0 && count * stride < extent + padding)
        ++count;
    return count;
}

Extent pooled(Extent in, const std::optional<Pool>& pool)
{
    if (!pool)
        return in;
    return {slid(in.height, pool->kernel, pool->stride, pool->padding, pool->roundUp),
            slid(in.width, pool->kernel, pool->stride, pool->padding, pool->roundUp)};
}

Extent convolved(Extent in, const FoundLayer& layer, const ConvolutionPlan& plan)
{
    const auto reach = [&plan](int kernel) { return plan.dilation * (kernel - 1) + 1; };
    return {slid(in.height, reach(layer.kernelHeight), plan.stride, plan.padding, false),
            slid(in.width, reach(layer.kernelWidth), plan.stride, plan.padding, false)};
}

/// Whether rounding up, where the plan does it, makes another map than rounding down: else it is
/// the same network.
bool roundingMatters(Extent in, const FoundLayer& layer, const ConvolutionPlan& plan)
{
    const auto differs = [](Extent extent, std::optional<Pool> pool) {
        if (!pool || !pool->roundUp)
            return true;
        const Extent up = pooled(extent, pool);
        pool->roundUp = false;
        return up != pooled(extent, pool);
    };
    return differs(in, plan.poolBefore) &&
           differs(convolved(pooled(in, plan.poolBefore), layer, plan), plan.poolAfter);
}

struct PoolChoice {
    std::optional<Pool> pool;
    double plausibility;
};

std::vector<PoolChoice> poolChoices(const LayoutHints& hints)
{
    if (!hints.pools.empty()) {
        std::vector<PoolChoice> choices{{std::nullopt, -0.4}};
        for (const Pool& pool : hints.pools)
            if (!pool.global &&
                std::ranges::none_of(choices, [&](const PoolChoice& c) { return c.pool == pool; }))
                choices.push_back({pool, 0});
        return choices;
    }
    const auto max = [](int kernel, int stride, int padding = 0, bool roundUp = false) {
        return Pool{.kernel = kernel, .stride = stride, .padding = padding, .roundUp = roundUp};
    };
    return {{std::nullopt, 0},    {max(2, 2), 0},    {max(3, 3), -4.0}, {max(3, 2), -3.0},
            {max(3, 2, 1), -4.0}, {max(4, 4), -4.0}, {max(2, 1), -4.5}, {max(2, 2, 0, true), -4.5},
            {max(2, 2, 1), -5.0}};
}

struct Step {
    int stride;
    int padding;
    double plausibility;
};

/// Strides and paddings of a convolution. "Same" padding, and what halves the map together with a
/// stride of 2, are the usual ones.
std::vector<Step> stepChoices(const FoundLayer& layer)
{
    constexpr int kMostPadding = 4;
    const int longest = std::max(layer.kernelHeight, layer.kernelWidth);
    const bool square = layer.kernelHeight == layer.kernelWidth;
    std::vector<Step> steps;
    for (const auto& [stride, cost] : {std::pair(1, 0.0), std::pair(2, -2.0), std::pair(3, -5.0)}) {
        steps.push_back({stride, 0, cost});
        for (int padding = 1; padding <= std::min(std::max(longest - 1, 1), kMostPadding);
             ++padding) {
            const bool same = longest % 2 == 1 && padding == (longest - 1) / 2;
            const bool halves = stride == 2 && longest % 2 == 0 && padding == (longest - 2) / 2;
            if (square && halves) {
                steps.push_back({stride, padding, -1.0});
                continue;
            }
            const double usual = square && same ? -0.5 : padding == 1 ? -3.0 : -4.0;
            steps.push_back({stride, padding, cost + (longest == 1 ? -5.0 : usual)});
        }
    }
    return steps;
}

std::vector<Option> optionsFor(const FoundLayer& layer, const LayoutHints& hints, bool first)
{
    std::vector<ConvolutionPlan> bases;
    std::vector<double> weights;
    if (const auto known = hints.convolutions.find(layer.path); known != hints.convolutions.end()) {
        bases.push_back({.stride = known->second.stride,
                         .padding = known->second.padding,
                         .dilation = known->second.dilation,
                         .poolBefore = {},
                         .poolAfter = {}});
        weights.push_back(0);
    } else {
        for (const Step& step : stepChoices(layer)) {
            bases.push_back({.stride = step.stride,
                             .padding = step.padding,
                             .poolBefore = {},
                             .poolAfter = {}});
            weights.push_back(step.plausibility);
        }
    }
    std::vector<Option> options;
    const auto pools = poolChoices(hints);
    for (std::size_t b = 0; b < bases.size(); ++b)
        for (const PoolChoice& after : pools) {
            ConvolutionPlan plan = bases[b];
            plan.poolAfter = after.pool;
            const double plausibility =
                weights[b] + after.plausibility - (plan.stride > 1 && after.pool ? 1.0 : 0.0);
            options.push_back({plan, plausibility});
            if (!first)
                continue;
            for (const PoolChoice& before : pools) {
                constexpr double kPoolingPixels = -3.5;
                if (!before.pool)
                    continue;
                plan.poolBefore = before.pool;
                options.push_back({plan, plausibility + before.plausibility + kPoolingPixels});
            }
        }
    return options;
}

/// Networks are made by habit: layers look alike.
double habit(const ConvolutionPlan& before, const ConvolutionPlan& now)
{
    double cost = 0;
    if ((before.padding == 0) != (now.padding == 0))
        cost -= 0.8;
    if (before.poolAfter.has_value() != now.poolAfter.has_value())
        cost -= 0.3;
    else if (before.poolAfter != now.poolAfter)
        cost -= 1.0;
    return cost;
}

using Frontier = std::map<Extent, std::vector<Partial>>;

/// A partial layout and the stage that could follow, before the two are worth being put together.
struct Extension {
    const Partial* partial;
    const Option* option;
    double plausibility;
};

Frontier joined(std::map<Extent, std::vector<Extension>>& extensions)
{
    Frontier frontier;
    for (auto& [extent, found] : extensions) {
        std::ranges::stable_sort(found, std::ranges::greater{}, &Extension::plausibility);
        found.resize(std::min(found.size(), kKept));
        for (const Extension& extension : found) {
            Partial longer{extension.partial->plans, extension.plausibility};
            longer.plans.push_back(extension.option->plan);
            frontier[extent].push_back(std::move(longer));
        }
    }
    return frontier;
}

Frontier extended(const Frontier& frontier, const FoundLayer& layer, const LayoutHints& hints,
                  bool first)
{
    const std::vector<Option> options = optionsFor(layer, hints, first);
    std::map<Extent, std::vector<Extension>> extensions;
    for (const auto& [extent, partials] : frontier)
        for (const Option& option : options) {
            const Extent out =
                pooled(convolved(pooled(extent, option.plan.poolBefore), layer, option.plan),
                       option.plan.poolAfter);
            if (out.height < 1 || out.width < 1 || !roundingMatters(extent, layer, option.plan))
                continue;
            std::vector<Extension>& found = extensions[out];
            for (const Partial& partial : partials)
                found.push_back(
                    {&partial, &option,
                     partial.plausibility + option.plausibility +
                         (partial.plans.empty() ? 0 : habit(partial.plans.back(), option.plan))});
        }
    return joined(extensions);
}

/// How the last maps become what is read behind them: as they are, by a global pool, or not at all.
struct Ending {
    std::optional<Pool> globalPool;
    double plausibility = 0;
};

std::vector<Ending> endings(Extent extent, int channels, std::optional<int> read,
                            const LayoutHints& hints)
{
    const int area = extent.height * extent.width;
    const bool known = std::ranges::any_of(hints.pools, &Pool::global);
    if (!known && read && channels * area == *read)
        return {{std::nullopt, 0}};
    if (!known && !read && area == 1)
        return {{std::nullopt, 0}};
    if (read && *read != channels)
        return {};
    // A global pool usually closes what other pools or strides have made small.
    const double average = -0.5 - 0.3 * std::log2(std::max(area, 1));
    std::vector<Ending> all;
    for (const PoolKind kind : {PoolKind::Average, PoolKind::Max}) {
        const Pool pool{.kind = kind, .global = true};
        const bool named = std::ranges::any_of(
            hints.pools, [&](const Pool& p) { return p.global && p.kind == kind; });
        if (!known || named)
            all.push_back({pool, known                       ? 0.0
                                 : kind == PoolKind::Average ? average
                                                             : average - 2.0});
    }
    return all;
}

} // namespace

std::vector<LayoutPlan> enumerateGeometries(const LayerChain& chain, const LayoutHints& hints,
                                            std::size_t most)
{
    const InputSpec input;
    Frontier frontier{{Extent{input.height, input.width}, {Partial{}}}};
    std::size_t convolutions = 0;
    for (const FoundLayer& layer : chain.weights) {
        if (layer.kind != FoundLayer::Kind::Convolution)
            break;
        frontier = extended(frontier, layer, hints, convolutions == 0);
        ++convolutions;
    }
    std::optional<int> read;
    if (convolutions < chain.weights.size())
        read = chain.weights[convolutions].inputs;
    const int channels = chain.weights[convolutions - 1].outputs;

    std::vector<LayoutPlan> plans;
    for (const auto& [extent, partials] : frontier)
        for (const Ending& ending : endings(extent, channels, read, hints))
            for (const Partial& partial : partials) {
                LayoutPlan plan;
                plan.convolutions = partial.plans;
                plan.globalPool = ending.globalPool;
                plan.input = input;
                plan.activated.assign(chain.weights.size(), true);
                plan.activated.back() = false;
                plan.geometry = partial.plausibility + ending.plausibility;
                plan.plausibility = plan.geometry;
                plans.push_back(std::move(plan));
            }
    std::ranges::stable_sort(plans, std::ranges::greater{}, &LayoutPlan::plausibility);
    if (plans.size() > most)
        plans.resize(most);
    return plans;
}

} // namespace core
