// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/golf_recipe.h"

#include "core/base/error.h"

namespace ui
{

namespace
{

QJsonArray toRecipe(const AxisRange& axis)
{
    return {axis.low, axis.high};
}

AxisRange axisIn(const QJsonObject& object, const char* key)
{
    const QJsonArray ends = object.value(QLatin1String(key)).toArray();
    return {ends.at(0).toDouble(), ends.at(1).toDouble()};
}

} // namespace

QJsonArray golfGamesToRecipe(const std::vector<GolfGame>& games)
{
    QJsonArray runs;
    for (const GolfGame& game : games)
        runs.append(QJsonObject{{QStringLiteral("run"), QString::fromStdString(game.run)},
                                {QStringLiteral("title"), game.title},
                                {QStringLiteral("colour"), game.colour},
                                {QStringLiteral("images"), game.images},
                                {QStringLiteral("steps"), static_cast<int>(game.steps.size())}});
    return runs;
}

QJsonObject golfRangesToRecipe(const GolfRanges& ranges)
{
    return {{QStringLiteral("nonzero"), toRecipe(ranges.accuracy.across)},
            {QStringLiteral("accuracy"), toRecipe(ranges.accuracy.up)},
            {QStringLiteral("steps"), toRecipe(ranges.loss.across)},
            {QStringLiteral("loss"), toRecipe(ranges.loss.up)}};
}

GolfRanges golfRangesFromRecipe(const QJsonObject& recipe)
{
    GolfRanges ranges{{axisIn(recipe, "nonzero"), axisIn(recipe, "accuracy")},
                      {axisIn(recipe, "steps"), axisIn(recipe, "loss")}};
    ranges.accuracy.across.logarithmic = true;
    ranges.accuracy.across.falls = true;
    for (const PlaneRange& range : {ranges.accuracy, ranges.loss})
        if (saneRange(range, {}) != range)
            throw core::Error(core::ErrorKind::Input,
                              "the recipe's golf ranges make no sense, expected [low, high] each "
                              "for nonzero, accuracy, steps and loss");
    return ranges;
}

} // namespace ui
