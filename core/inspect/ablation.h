// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/inspect/mean_activations.h"
#include "core/model/model.h"

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace core
{

/// What is put in the place of what is taken away.
enum class AblationKind {
    Zero,
    Mean, ///< its mean over a data set, so that what reads it is not shifted on average
};

/// One number of the flat parameter vector.
struct WeightTarget {
    std::size_t parameter = 0;
    bool operator==(const WeightTarget&) const = default;
};

/// A channel of a unit, after its activation function.
struct ChannelTarget {
    int unit = 0; ///< index into Architecture::units()
    int channel = 0;
    bool operator==(const ChannelTarget&) const = default;
};

/// A feature neuron, which the last linear layer reads.
struct NeuronTarget {
    int neuron = 0;
    bool operator==(const NeuronTarget&) const = default;
};

using AblationTarget = std::variant<WeightTarget, ChannelTarget, NeuronTarget>;

/// One parameter's change. Every ablation is a few of them, so that an ablated network is an
/// ordinary one and can be saved.
struct ParameterEdit {
    std::size_t parameter = 0;
    float before = 0;
    float after = 0;
    bool operator==(const ParameterEdit&) const = default;
};

/// The edits that ablate `target`; none where it is ablated already.
/// - A weight becomes zero. With Mean, the bias that it adds to takes over what it contributed on
///   average: weight times the mean of what it reads, over images and positions.
/// - A channel's kernel becomes zero, and its bias what the activation function turns into zero or
///   into the channel's mean over images and the positions that are read. Behind batch norm, scale
///   and shift do.
/// - A neuron's weights to the logits become zero; with Mean, the biases take over.
/// `means` is needed for Mean only, and should be those of these parameters. Throws Error(Usage)
/// for a target that doesn't exist or can't be put so: a bias for Mean, a sigmoid for Zero, a
/// missing bias where one is needed, a neuron where no linear layer reads the features.
std::vector<ParameterEdit> ablationEdits(const Architecture& architecture,
                                         const Parameters& parameters, const AblationTarget& target,
                                         AblationKind kind, const MeanActivations* means = nullptr);

/// "conv1 channel 2", "neuron 17", "features.0.weight [2, 0, 3, 1]".
std::string describe(const Architecture& architecture, const Parameters& parameters,
                     const AblationTarget& target);

/// The flat index of an entry of a tensor. Throws Error(Usage) naming the tensors there are, or the
/// number of entries.
std::size_t parameterIndex(const Parameters& parameters, std::string_view tensor,
                           std::size_t entry);

/// One ablation that was made.
struct AblationStep {
    AblationTarget target;
    AblationKind kind = AblationKind::Zero;
    std::string what; ///< describe() of the target
    std::vector<ParameterEdit> edits;
    bool operator==(const AblationStep&) const = default;
};

/// Ablations of a network one after the other, which can be undone and redone. A value type; not
/// thread-safe. Undoing everything restores the parameters bit for bit.
class AblationHistory
{
public:
    AblationHistory() = default;
    explicit AblationHistory(Parameters parameters) : m_parameters(std::move(parameters)) {}
    /// One that was taken apart into done() and undone(), as it was: the first `done` of the steps
    /// are. Throws Error(Input) where they are not of these parameters, to the bit.
    AblationHistory(Parameters parameters, std::vector<AblationStep> steps, std::size_t done);

    const Parameters& parameters() const { return m_parameters; } ///< with what is done
    std::span<const AblationStep> done() const { return std::span(m_steps).first(m_done); }
    std::span<const AblationStep> undone() const { return std::span(m_steps).subspan(m_done); }
    std::span<const AblationStep> steps() const { return m_steps; } ///< done, then undone
    bool canUndo() const { return m_done > 0; }
    bool canRedo() const { return m_done < m_steps.size(); }

    /// Ablates in the network as it is now; what was undone is forgotten. Returns false, and leaves
    /// everything as it is, where there is nothing left to take away. Throws as ablationEdits().
    bool ablate(const Architecture& architecture, const AblationTarget& target, AblationKind kind,
                const MeanActivations* means = nullptr);
    void undo(); ///< nothing where there is nothing to undo
    void redo();

private:
    Parameters m_parameters;
    std::vector<AblationStep> m_steps;
    std::size_t m_done = 0;
};

/// The network as the history has it, for saving: a new name, an origin that lists the ablations, a
/// recipe that leads back to where they began, and without accuracies, which are no longer its own.
/// `seen` is the split on which their effect was shown to whoever made them: it counts as having
/// selected the model. Throws Error(Input) where the history is of a network with other tensors.
Model ablatedModel(const Model& model, const AblationHistory& history, Split seen);

} // namespace core
