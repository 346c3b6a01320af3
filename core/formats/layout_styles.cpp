// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_styles.h"

#include <algorithm>

namespace core
{

namespace
{

/// One thing that may be otherwise: sets it and adds what that costs.
struct Choice {
    Activation activation;
    double plausibility = 0;
};

std::vector<Choice> activationChoices(const LayoutHints& hints)
{
    std::vector<Choice> choices;
    for (const Activation& named : hints.activations) {
        const bool learned = named.kind == ActivationKind::PReLU;
        const bool known = std::ranges::any_of(
            choices, [&](const Choice& choice) { return choice.activation == named; });
        if (!learned && !known)
            choices.push_back({named, choices.empty() ? 0.0 : -1.0});
    }
    if (!choices.empty()) {
        // A named sigmoid may be the output's, with functional ReLUs everywhere else.
        const Activation relu;
        if (std::ranges::find(choices, relu, &Choice::activation) == choices.end())
            choices.push_back({relu, -1.0});
        return choices;
    }
    const auto leaky = [](double slope) {
        return Activation{.kind = ActivationKind::LeakyReLU, .slope = slope};
    };
    return {{{.kind = ActivationKind::ReLU}, 0},     {leaky(0.01), -4.0},
            {{.kind = ActivationKind::Tanh}, -2.5},  {leaky(0.1), -4.0},
            {{.kind = ActivationKind::Sigmoid}, -3}, {leaky(0.2), -4.5}};
}

struct Scaling {
    double mean;
    double deviation;
    double plausibility;
};

constexpr Scaling kScalings[]{
    {0.1307, 0.3081, 0},
    {0, 1, -0.3},
    {0.5, 0.5, -0.6},
    {0, 1.0 / 255.0, -3.0}, // pixels from 0 to 255
};

template<typename Visit>
void forEachPool(LayoutPlan& plan, Visit visit)
{
    for (ConvolutionPlan& convolution : plan.convolutions)
        for (auto* pool : {&convolution.poolBefore, &convolution.poolAfter})
            if (*pool)
                visit(**pool);
}

bool hasPool(const LayoutPlan& plan)
{
    return std::ranges::any_of(plan.convolutions,
                               [](const ConvolutionPlan& c) { return c.poolAfter.has_value(); });
}

bool hasPool(const LayoutPlan& plan, PoolKind kind)
{
    return std::ranges::any_of(plan.convolutions, [kind](const ConvolutionPlan& c) {
        return (c.poolAfter && c.poolAfter->kind == kind) ||
               (c.poolBefore && c.poolBefore->kind == kind);
    });
}

bool usesActivation(const LayoutPlan& plan, const LayerChain& chain)
{
    for (std::size_t i = 0; i < plan.activated.size(); ++i)
        if (plan.activated[i] &&
            std::ranges::find(chain.slopeBehind, static_cast<int>(i)) == chain.slopeBehind.end())
            return true;
    return false;
}

std::vector<LayoutPlan> otherActivations(const LayoutPlan& plan, const LayerChain& chain,
                                         const LayoutHints& hints)
{
    std::vector<LayoutPlan> plans;
    if (!usesActivation(plan, chain))
        return plans;
    const auto choices = activationChoices(hints);
    const auto current = std::ranges::find(choices, plan.activation, &Choice::activation);
    const double paid = current == choices.end() ? 0 : current->plausibility;
    for (const Choice& choice : choices) {
        if (choice.activation == plan.activation)
            continue;
        plans.push_back(plan);
        plans.back().activation = choice.activation;
        plans.back().plausibility += choice.plausibility - paid;
    }
    return plans;
}

std::vector<LayoutPlan> otherScalings(const LayoutPlan& plan)
{
    std::vector<LayoutPlan> plans;
    double paid = 0;
    for (const Scaling& scaling : kScalings)
        if (plan.input.mean == scaling.mean && plan.input.deviation == scaling.deviation)
            paid = scaling.plausibility;
    for (const Scaling& scaling : kScalings) {
        if (plan.input.mean == scaling.mean && plan.input.deviation == scaling.deviation)
            continue;
        plans.push_back(plan);
        plans.back().input.mean = scaling.mean;
        plans.back().input.deviation = scaling.deviation;
        plans.back().plausibility += scaling.plausibility - paid;
    }
    return plans;
}

std::vector<LayoutPlan> otherPoolKind(const LayoutPlan& plan, const LayoutHints& hints)
{
    constexpr double kAverage = -2.0;
    if (!hints.pools.empty() || !(hasPool(plan, PoolKind::Max) || hasPool(plan, PoolKind::Average)))
        return {};
    LayoutPlan other = plan;
    const bool toAverage = hasPool(plan, PoolKind::Max);
    forEachPool(other, [toAverage](Pool& pool) {
        pool.kind = toAverage ? PoolKind::Average : PoolKind::Max;
    });
    other.plausibility += toAverage ? kAverage : -kAverage;
    return {other};
}

/// Max pooling and a rising function can change places without changing anything.
std::vector<LayoutPlan> otherPoolOrder(const LayoutPlan& plan, const LayerChain& chain)
{
    constexpr double kPoolFirst = -1.5;
    const bool matters = hasPool(plan, PoolKind::Average) || !chain.slopes.empty() ||
                         (plan.normLast && !chain.norms.empty());
    if (!hasPool(plan) || !matters)
        return {};
    LayoutPlan other = plan;
    other.poolFirst = !plan.poolFirst;
    other.plausibility += other.poolFirst ? kPoolFirst : -kPoolFirst;
    return {other};
}

std::vector<LayoutPlan> otherNormOrder(const LayoutPlan& plan, const LayerChain& chain)
{
    constexpr double kNormLast = -1.5;
    if (std::ranges::none_of(chain.normBehind, [](int place) { return place >= 0; }))
        return {};
    LayoutPlan other = plan;
    other.normLast = !plan.normLast;
    other.plausibility += other.normLast ? kNormLast : -kNormLast;
    return {other};
}

std::vector<LayoutPlan> otherActivated(const LayoutPlan& plan, const LayerChain& chain)
{
    constexpr double kMissing = -4.0;
    std::vector<LayoutPlan> plans;
    const auto flip = [&](LayoutPlan& other, std::size_t i) {
        if (std::ranges::find(chain.slopeBehind, static_cast<int>(i)) != chain.slopeBehind.end())
            return false;
        other.activated[i] = !other.activated[i];
        return true;
    };
    // LeNet as Caffe had it: no functions but between the linear layers.
    LayoutPlan linearOnly = plan;
    std::size_t changes = 0;
    for (std::size_t i = 0; i < plan.convolutions.size() && i + 1 < plan.activated.size(); ++i)
        changes += linearOnly.activated[i] && flip(linearOnly, i) ? 1 : 0;
    if (changes > 1) {
        linearOnly.plausibility += kMissing;
        plans.push_back(std::move(linearOnly));
    }
    // The last layer's function, where it is one, changes nothing that we look for.
    for (std::size_t i = 0; i + 1 < plan.activated.size(); ++i) {
        LayoutPlan other = plan;
        if (!flip(other, i))
            continue;
        other.plausibility += other.activated[i] ? -kMissing : kMissing;
        plans.push_back(std::move(other));
    }
    return plans;
}

void append(std::vector<LayoutPlan>& to, std::vector<LayoutPlan> from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

std::vector<LayoutPlan> neighbours(const LayoutPlan& plan, const LayerChain& chain,
                                   const LayoutHints& hints)
{
    std::vector<LayoutPlan> plans = otherActivations(plan, chain, hints);
    append(plans, otherScalings(plan));
    append(plans, otherPoolKind(plan, hints));
    append(plans, otherPoolOrder(plan, chain));
    append(plans, otherNormOrder(plan, chain));
    append(plans, otherActivated(plan, chain));
    return plans;
}

std::optional<LayoutPlan> withGeometry(const LayoutPlan& plan, const LayoutPlan& geometry,
                                       const LayoutHints& hints)
{
    LayoutPlan other = plan;
    other.convolutions = geometry.convolutions;
    other.globalPool = geometry.globalPool;
    if (hints.pools.empty() && hasPool(plan, PoolKind::Average))
        forEachPool(other, [](Pool& pool) { pool.kind = PoolKind::Average; });
    std::size_t changes = other.globalPool == plan.globalPool ? 0 : 1;
    std::size_t first = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < plan.convolutions.size(); ++i)
        if (!(other.convolutions[i] == plan.convolutions[i])) {
            first = changes++ == 0 ? i : first;
            last = i;
        }
    // One thing, or two neighbours: a pool that moves.
    if (changes == 0 || changes > 2 || last > first + 1)
        return std::nullopt;
    other.geometry = geometry.geometry;
    other.plausibility += geometry.geometry - plan.geometry;
    return other;
}

std::vector<LayoutPlan> allStyles(const LayoutPlan& plan, const LayerChain& chain,
                                  const LayoutHints& hints)
{
    std::vector<LayoutPlan> plans{plan};
    const auto multiply = [&plans](auto others) {
        const std::vector<LayoutPlan> before = plans;
        for (const LayoutPlan& base : before)
            append(plans, others(base));
    };
    multiply([&](const LayoutPlan& p) { return otherActivations(p, chain, hints); });
    multiply([&](const LayoutPlan& p) { return otherScalings(p); });
    multiply([&](const LayoutPlan& p) { return otherPoolKind(p, hints); });
    multiply([&](const LayoutPlan& p) { return otherNormOrder(p, chain); });
    multiply([&](const LayoutPlan& p) { return otherPoolOrder(p, chain); });
    return plans;
}

} // namespace core
