// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/edge_words.h"

#include "ui/figures/heat_map.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

bool isSilent(const core::OrientationTuning& tuning)
{
    return std::ranges::all_of(tuning.gratings, [](double r) { return r == 0.0; });
}

const core::Activation* activationOf(const core::Architecture& architecture)
{
    const core::Unit& unit = architecture.units().front();
    if (unit.preLayer == unit.postLayer)
        return nullptr;
    return std::get_if<core::Activation>(
        &architecture.layers()[static_cast<std::size_t>(unit.postLayer)]);
}

} // namespace

QString angleWords(const core::OrientationTuning& tuning)
{
    if (isSilent(tuning))
        return QStringLiteral("none, it is silent");
    const QString angle = QStringLiteral("%1\u00B0")
                              .arg(std::fmod(std::round(10 * tuning.angle) / 10, 180.0), 0, 'f', 1);
    return tuning.selectivity < core::kMixedBelow ? angle + QStringLiteral(", hardly") : angle;
}

QString selectivityWords(const core::OrientationTuning& tuning)
{
    const QString text = QString::number(tuning.selectivity, 'f', 3);
    return tuning.selectivity < core::kMixedBelow
               ? text + QStringLiteral(", below %1").arg(core::kMixedBelow, 0, 'f', 3)
               : text;
}

QString inkWords(const core::OrientationTuning& tuning)
{
    const QString share = QString::number(std::abs(tuning.inkEffect), 'f', 2);
    switch (tuning.polarity) {
    case core::Polarity::Normal:
        return QStringLiteral("raises the output (%1 of its swing)").arg(share);
    case core::Polarity::Inverted:
        return QStringLiteral("lowers the output (%1 of its swing)").arg(share);
    case core::Polarity::Balanced:
        break;
    }
    return QStringLiteral("counts only at edges");
}

QString passedOnWords(const core::OrientedChannel& channel)
{
    if (isSilent(channel.post))
        return QStringLiteral("nothing");
    switch (channel.post.polarity) {
    case core::Polarity::Normal:
        return QStringLiteral("the image as it is");
    case core::Polarity::Inverted:
        return QStringLiteral("an inverted image");
    case core::Polarity::Balanced:
        break;
    }
    return QStringLiteral("edges only");
}

QString slopeName(const core::Architecture& architecture)
{
    const core::Activation* activation = activationOf(architecture);
    return activation == nullptr ? QStringLiteral("slope")
                                 : activationName(activation->kind) + QStringLiteral(" slope");
}

std::optional<QString> slopeWords(const core::Architecture& architecture,
                                  const core::OrientedChannel& channel)
{
    if (activationOf(architecture) == nullptr)
        return std::nullopt;
    return channel.slope ? shortNumber(*channel.slope) : QStringLiteral("none, it is a curve");
}

} // namespace ui
