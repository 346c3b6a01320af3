// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ablation.h"

#include "core/base/error.h"
#include "core/inspect/ablation_edits.h"
#include "core/model/pedigree.h"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

std::string describeWeight(const Parameters& parameters, std::size_t parameter)
{
    for (const ParameterSlice& slice : parameters.slices()) {
        if (parameter < slice.offset || parameter >= slice.offset + slice.count)
            continue;
        std::vector<std::int64_t> indices(slice.shape.size());
        auto rest = static_cast<std::int64_t>(parameter - slice.offset);
        for (std::size_t axis = slice.shape.size(); axis-- > 0;) {
            indices[axis] = rest % slice.shape[axis];
            rest /= slice.shape[axis];
        }
        return fmt::format("{} [{}]", slice.name, fmt::join(indices, ", "));
    }
    return fmt::format("parameter {}", parameter);
}

std::string_view kindName(AblationKind kind)
{
    return kind == AblationKind::Zero ? "zero" : "mean";
}

std::string listOf(std::span<const AblationStep> steps)
{
    constexpr std::size_t kNamed = 20;
    std::string text;
    for (const AblationStep& step : steps.first(std::min(steps.size(), kNamed)))
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", step.what, kindName(step.kind));
    if (steps.size() > kNamed)
        text += fmt::format(" and {} more", steps.size() - kNamed);
    return text;
}

/// What was ablated in which order, and in what.
std::string recipeOf(const Model& start, const AblationHistory& history, Split seen)
{
    nlohmann::json steps = nlohmann::json::array();
    for (const AblationStep& step : history.done())
        steps.push_back({{"what", step.what}, {"kind", kindName(step.kind)}});
    return nlohmann::json{{"command", "ablate"},
                          {"program", "caddie " CADDIE_VERSION},
                          {"steps", std::move(steps)},
                          {"split", splitName(seen)},
                          {"nonzero_before", start.parameters.nonzero()},
                          {"nonzero", history.parameters().nonzero()},
                          {"from", pedigreeOf(start)}}
        .dump();
}

bool sameBits(float a, float b)
{
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

} // namespace

std::vector<ParameterEdit> ablationEdits(const Architecture& architecture,
                                         const Parameters& parameters, const AblationTarget& target,
                                         AblationKind kind, const MeanActivations* means)
{
    AblationEdits edits(architecture, parameters, means);
    std::visit([&](const auto& one) { edits.ablate(one, kind); }, target);
    return edits.take();
}

std::string describe(const Architecture& architecture, const Parameters& parameters,
                     const AblationTarget& target)
{
    if (const auto* weight = std::get_if<WeightTarget>(&target))
        return describeWeight(parameters, weight->parameter);
    if (const auto* neuron = std::get_if<NeuronTarget>(&target))
        return fmt::format("neuron {}", neuron->neuron);
    const auto& channel = std::get<ChannelTarget>(target);
    return fmt::format("{} channel {}",
                       architecture.units()[static_cast<std::size_t>(channel.unit)].name,
                       channel.channel);
}

std::size_t parameterIndex(const Parameters& parameters, std::string_view tensor, std::size_t entry)
{
    const ParameterSlice* slice = parameters.find(tensor);
    if (!slice) {
        std::string known;
        for (const ParameterSlice& one : parameters.slices())
            known += (known.empty() ? "" : ", ") + one.name;
        throw Error(ErrorKind::Usage, fmt::format("tensor {}: the network has {}", tensor, known));
    }
    if (entry >= slice->count)
        throw Error(ErrorKind::Usage, fmt::format("index {}: {} has entries 0 to {}", entry, tensor,
                                                  slice->count - 1));
    return slice->offset + entry;
}

AblationHistory::AblationHistory(Parameters parameters, std::vector<AblationStep> steps,
                                 std::size_t done)
    : m_parameters(std::move(parameters)), m_steps(std::move(steps))
{
    const auto values = m_parameters.values();
    const auto fits = [&](const ParameterEdit& edit) {
        return edit.parameter < values.size() && sameBits(values[edit.parameter], edit.before);
    };
    while (canRedo()) {
        if (!std::ranges::all_of(m_steps[m_done].edits, fits))
            throw Error(ErrorKind::Input,
                        fmt::format("the ablation of {} is of other parameters than the network's",
                                    m_steps[m_done].what));
        redo();
    }
    while (m_done > done)
        undo();
}

bool AblationHistory::ablate(const Architecture& architecture, const AblationTarget& target,
                             AblationKind kind, const MeanActivations* means)
{
    AblationStep step{
        target, kind, {}, ablationEdits(architecture, m_parameters, target, kind, means)};
    if (step.edits.empty())
        return false;
    step.what = describe(architecture, m_parameters, target);
    m_steps.resize(m_done);
    m_steps.push_back(std::move(step));
    redo();
    return true;
}

void AblationHistory::undo()
{
    if (!canUndo())
        return;
    const auto& edits = m_steps[--m_done].edits;
    std::for_each(edits.rbegin(), edits.rend(), [this](const ParameterEdit& edit) {
        m_parameters.values()[edit.parameter] = edit.before;
    });
}

void AblationHistory::redo()
{
    if (!canRedo())
        return;
    for (const ParameterEdit& edit : m_steps[m_done++].edits)
        m_parameters.values()[edit.parameter] = edit.after;
}

Model ablatedModel(const Model& model, const AblationHistory& history, Split seen)
{
    const auto same = [](const ParameterSlice& a, const ParameterSlice& b) {
        return a.name == b.name && a.shape == b.shape;
    };
    if (!std::ranges::equal(model.parameters.slices(), history.parameters().slices(), same))
        throw Error(
            ErrorKind::Input,
            fmt::format("the ablations are of a network with other tensors than {}", model.name));
    Model result = model;
    result.parameters = history.parameters();
    if (history.done().empty())
        return result;
    result.name = model.name + ", ablated";
    result.file.clear();
    result.provenance.origin =
        fmt::format("{}{}ablated: {}", model.provenance.origin,
                    model.provenance.origin.empty() ? "" : "; ", listOf(history.done()));
    result.provenance.recipe = recipeOf(model, history, seen);
    result.provenance.selectedOn = selectedOn(model.provenance, seen);
    result.provenance.accuracies.clear();
    result.classStatistics.reset();
    return result;
}

} // namespace core
