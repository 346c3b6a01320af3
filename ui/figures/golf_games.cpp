// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/golf_games.h"

#include "core/base/binomial.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui
{

double GolfGame::accuracy(int correct) const
{
    return images > 0 ? static_cast<double>(correct) / images : 0.0;
}

QString GolfGame::selectedOn() const
{
    const QString split =
        golf().select == core::Split::Test ? QStringLiteral("test") : QStringLiteral("validation");
    const QString name = QString::fromStdString(spec.data) + u' ' + split;
    return images > 0 ? QStringLiteral("%1, %2 images").arg(name, grouped(images)) : name;
}

const core::GolfStep* GolfGame::best() const
{
    if (steps.empty() || steps.back().bestNonzero == 0)
        return nullptr;
    return &*std::ranges::find_if(steps, [&](const core::GolfStep& step) {
        return step.bestNonzero == steps.back().bestNonzero &&
               step.bestCorrect == steps.back().bestCorrect;
    });
}

QString phaseText(core::GolfPhase phase)
{
    switch (phase) {
    case core::GolfPhase::Start:
        return QStringLiteral("dense start");
    case core::GolfPhase::Heat:
        return QStringLiteral("start, pruned");
    case core::GolfPhase::Dense:
        return QStringLiteral("dense");
    case core::GolfPhase::Prune:
        return QStringLiteral("pruned");
    case core::GolfPhase::Grow:
        return QStringLiteral("swap, grown");
    case core::GolfPhase::Shrink:
        return QStringLiteral("swap, shrunk");
    case core::GolfPhase::Finished:
        break;
    }
    return QStringLiteral("finished");
}

namespace
{

/// Grows with every value that it is shown.
struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value)
    {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return high < low; }
    AxisRange withAir(double share, double least) const
    {
        const double air = std::max(share * (high - low), least);
        return {low - air, high + air};
    }
};

/// Below the target by more than this a network says nothing about the game.
constexpr double kFarBelow = 0.015;

} // namespace

GolfRanges rangesOf(const std::vector<GolfGame>& games, GolfScope scope)
{
    Span counts;
    Span shares;
    Span losses;
    double steps = 1;
    for (const GolfGame& game : games) {
        const double target = game.golf().options.threshold;
        shares.take(target);
        for (const core::GolfStep& step : game.steps) {
            const double share = game.accuracy(step.correct);
            counts.take(std::max(1, step.nonzero));
            if (scope == GolfScope::All || share > target - kFarBelow)
                shares.take(share);
            losses.take(step.trainLoss);
        }
        if (const core::GolfStep* best = game.best(); best != nullptr && game.images > 0) {
            counts.take(best->bestNonzero);
            const core::Interval interval = core::wilsonInterval(best->bestCorrect, game.images);
            shares.take(interval.low);
            shares.take(interval.high);
        }
        if (!game.steps.empty())
            steps = std::max(steps, static_cast<double>(game.steps.back().step));
    }
    GolfRanges ranges;
    ranges.accuracy.across =
        counts.empty() ? AxisRange{100, 1000} : AxisRange{counts.low / 1.15, 1.08 * counts.high};
    ranges.accuracy.across.logarithmic = true;
    ranges.accuracy.across.falls = true;
    ranges.accuracy.up = shares.empty() ? AxisRange{0.97, 0.99} : shares.withAir(0.08, 0.0015);
    // So that the axis stays while the first steps come.
    ranges.loss.across = {0, 1.02 * std::max(steps, 20.0)};
    ranges.loss.up = losses.empty() ? AxisRange{0, 0.2} : losses.withAir(0.08, 0.002);
    return ranges;
}

PlaneRange saneRange(const PlaneRange& wanted, const PlaneRange& before)
{
    const AxisRange& across = wanted.across;
    const bool room = across.logarithmic ? across.low > 0.5 && across.high > 1.01 * across.low
                                         : across.high - across.low > 1;
    const bool sane = room && across.high < 1e9 && across.low > -1e9 &&
                      wanted.up.high - wanted.up.low > 1e-5 && wanted.up.low > -1e3 &&
                      wanted.up.high < 1e3;
    return sane ? wanted : before;
}

} // namespace ui
