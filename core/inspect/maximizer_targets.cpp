// SPDX-License-Identifier: GPL-3.0-or-later
// What an architecture has to visualise.
#include "core/base/error.h"
#include "core/inspect/maximizer.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace core
{

namespace
{

std::vector<MaximizerTarget> neuronTargets(const Architecture& architecture, Stage stage)
{
    const int layer = architecture.featureLayer(stage);
    const Shape shape = architecture.outputOf(layer);
    std::vector<MaximizerTarget> targets;
    for (int i = 0; i < shape.count(); ++i)
        targets.push_back({fmt::format("neuron {}", i), "neurons", i,
                           Objective{layer, i / shape.area(), i % shape.area()}});
    return targets;
}

std::vector<MaximizerTarget> unitTargets(const Architecture& architecture, const Unit& unit,
                                         Stage stage)
{
    const bool isLogits = unit.name == "logits";
    const int layer = stage == Stage::Pre ? unit.preLayer : unit.postLayer;
    std::vector<MaximizerTarget> targets;
    for (int i = 0; i < architecture.outputOf(layer).channels; ++i)
        targets.push_back(
            {isLogits ? fmt::format("logit {}", i) : fmt::format("{} channel {}", unit.name, i),
             unit.name, i, Objective{layer, i, std::nullopt}});
    return targets;
}

} // namespace

std::vector<std::string> maximizerGroups(const Architecture& architecture)
{
    std::vector<std::string> groups;
    for (const Unit& unit : architecture.units()) {
        if (unit.name == "logits")
            groups.emplace_back("neurons");
        groups.push_back(unit.name);
    }
    return groups;
}

std::vector<MaximizerTarget> maximizerTargets(const Architecture& architecture,
                                              std::string_view group, Stage stage)
{
    const std::vector<std::string> groups = maximizerGroups(architecture);
    if (group == "neurons" && std::ranges::find(groups, group) != groups.end())
        return neuronTargets(architecture, stage);
    for (const Unit& unit : architecture.units())
        if (unit.name == group)
            return unitTargets(architecture, unit, stage);
    throw Error(ErrorKind::Usage,
                fmt::format("target \"{}\", expected one of {}", group, fmt::join(groups, ", ")));
}

} // namespace core
