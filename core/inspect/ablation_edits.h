// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation.h"

#include <optional>

namespace core
{

/// Collects the edits of one ablation; ablationEdits() in steps.
class AblationEdits
{
public:
    AblationEdits(const Architecture& architecture, const Parameters& parameters,
                  const MeanActivations* means)
        : m_architecture(architecture), m_parameters(parameters), m_means(means)
    {
    }

    void ablate(const WeightTarget& target, AblationKind kind);
    void ablate(const ChannelTarget& target, AblationKind kind);
    void ablate(const NeuronTarget& target, AblationKind kind);

    std::vector<ParameterEdit> take() { return std::move(m_edits); }

private:
    const MeanActivations& means() const;
    void set(std::size_t parameter, double value);
    void setAll(const ParameterSlice& slice, std::size_t first, std::size_t count);
    void add(const ParameterSlice& slice, std::size_t entry, double value);

    double meanRead(const ParameterSlice& weights, std::size_t entry) const;
    double meanPut(const Unit& unit, int channel) const;
    const ParameterSlice& biasOf(int layer) const;
    void holdConvolved(const Unit& unit, int channel, double value);
    void holdNormalised(const Unit& unit, int channel, double value);

    const Architecture& m_architecture;
    const Parameters& m_parameters;
    const MeanActivations* m_means;
    std::vector<ParameterEdit> m_edits;
};

/// What the unit's activation function turns into `value` for that channel; nothing where it never
/// puts that out.
std::optional<double> activationInput(const Architecture& architecture,
                                      const Parameters& parameters, const Unit& unit, int channel,
                                      double value);

} // namespace core
