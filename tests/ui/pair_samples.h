// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/figure_samples.h"
#include "ui/figures/pair_figure.h"

#include <gtest/gtest.h>

namespace samples
{

inline constexpr const char* kWide = "6@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

inline core::UnitMatching crossed(const std::string& unit, int a, int b)
{
    core::UnitMatching matching{unit, a, b, {}, {}, {}, {}};
    for (int i = 0; i < a; ++i) // reference channel i with current channel b - 1 - i
        if (i < b)
            matching.matched.push_back({i, b - 1 - i, 0.5 + 0.1 * i});
        else
            matching.onlyA.push_back(i);
    for (int i = a; i < b; ++i)
        matching.onlyB.push_back(b - 1 - i);
    return matching;
}

/// A current model of 6, 5, 4 channels and a reference of 4, 5, 4, whose channels correspond the
/// other way round.
inline ui::ModelPair unequalPair()
{
    ui::ModelPair pair{model(kWide, 1), model(kGolf, 2), nullptr};
    auto comparison = std::make_shared<core::Comparison>();
    comparison->data = "made-up digits, 450 images";
    comparison->units = {crossed("conv1", 4, 6), crossed("conv2", 5, 5), crossed("conv3", 4, 4)};
    comparison->tensors = core::parameterDifference(*pair.reference, *pair.current);
    comparison->mask = core::maskDifference(comparison->tensors);
    pair.comparison = comparison;
    return pair;
}

inline ui::Scene laidOut(const ui::SceneFigure& figure)
{
    return figure.scene(780, ui::screenStyle(QPalette(), QFont()), 560);
}

inline float valueAt(const ui::Scene& scene, ui::MapKey key, int row, int column)
{
    const ui::SceneMap* map = scene.find(key);
    if (map == nullptr) {
        ADD_FAILURE() << "no map " << key.group << ", " << key.index;
        return 0;
    }
    return map->map->at(row, column);
}

} // namespace samples
