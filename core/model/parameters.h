// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

/// A named tensor inside the flat vector.
struct ParameterSlice : ParameterSpec {
    std::size_t offset = 0;
};

struct TensorStatistics {
    std::size_t count = 0;
    std::size_t nonzero = 0;
    double min = 0;
    double max = 0;
    double mean = 0;
    double deviation = 0; ///< of the entries themselves (divided by n): defined for one entry too
};

/// All tensors of a network as one flat float vector with named slices. A value type.
class Parameters
{
public:
    Parameters() = default;
    explicit Parameters(const Architecture& architecture); ///< zeros, PyTorch's names

    std::span<float> values() { return m_values; }
    std::span<const float> values() const { return m_values; }
    const std::vector<ParameterSlice>& slices() const { return m_slices; }

    std::span<float> of(const ParameterSlice& slice);
    std::span<const float> of(const ParameterSlice& slice) const;
    const ParameterSlice* find(std::string_view name) const;         ///< nullptr if absent
    const ParameterSlice* find(int layer, ParameterRole role) const; ///< nullptr if absent

    /// The names that the tensors have in the file they came from; one a slice.
    void rename(std::span<const std::string> names);

    /// Weights, biases, slopes, scales and shifts: what "820 parameters" counts.
    std::size_t count() const;
    /// Those of them that are not zero: the score.
    std::size_t nonzero() const;
    /// Running statistics of batch norm, which are stored but not trained.
    std::size_t bufferCount() const;

private:
    std::vector<float> m_values;
    std::vector<ParameterSlice> m_slices;
};

TensorStatistics tensorStatistics(std::span<const float> values);

/// PyTorch's default initialisation: weights and biases uniform in +-1/sqrt(fan in)
/// (He et al. 2015 with a = sqrt(5)), PReLU slopes 0.25, batch norm 1 and 0.
Parameters initialParameters(const Architecture& architecture, std::uint64_t seed);

} // namespace core
