// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/parameters.h"

#include "core/base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace core
{

Parameters::Parameters(const Architecture& architecture)
{
    std::size_t offset = 0;
    for (ParameterSpec& spec : architecture.parameterSpecs()) {
        m_slices.push_back({std::move(spec), offset});
        offset += m_slices.back().count;
    }
    m_values.resize(offset);
}

std::span<float> Parameters::of(const ParameterSlice& slice)
{
    return std::span(m_values).subspan(slice.offset, slice.count);
}

std::span<const float> Parameters::of(const ParameterSlice& slice) const
{
    return std::span(m_values).subspan(slice.offset, slice.count);
}

const ParameterSlice* Parameters::find(std::string_view name) const
{
    const auto found = std::ranges::find(m_slices, name, &ParameterSlice::name);
    return found == m_slices.end() ? nullptr : &*found;
}

const ParameterSlice* Parameters::find(int layer, ParameterRole role) const
{
    const auto found = std::ranges::find_if(
        m_slices, [&](const ParameterSlice& s) { return s.layer == layer && s.role == role; });
    return found == m_slices.end() ? nullptr : &*found;
}

void Parameters::rename(std::span<const std::string> names)
{
    assert(names.size() == m_slices.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        m_slices[i].name = names[i];
}

std::size_t Parameters::count() const
{
    std::size_t count = 0;
    for (const ParameterSlice& slice : m_slices)
        if (isTrainable(slice.role))
            count += slice.count;
    return count;
}

std::size_t Parameters::nonzero() const
{
    std::size_t count = 0;
    for (const ParameterSlice& slice : m_slices)
        if (isTrainable(slice.role))
            count += slice.count - static_cast<std::size_t>(std::ranges::count(of(slice), 0.0F));
    return count;
}

std::size_t Parameters::bufferCount() const
{
    return m_values.size() - count();
}

TensorStatistics tensorStatistics(std::span<const float> values)
{
    TensorStatistics statistics;
    statistics.count = values.size();
    if (values.empty())
        return statistics;
    const auto [low, high] = std::ranges::minmax(values);
    statistics.min = low;
    statistics.max = high;
    double sum = 0;
    for (const float value : values) {
        sum += value;
        statistics.nonzero += value != 0.0F ? 1 : 0;
    }
    const auto count = static_cast<double>(values.size());
    statistics.mean = sum / count;
    double squares = 0;
    for (const float value : values)
        squares += (value - statistics.mean) * (value - statistics.mean);
    statistics.deviation = std::sqrt(squares / count);
    return statistics;
}

Parameters initialParameters(const Architecture& architecture, std::uint64_t seed)
{
    Parameters parameters(architecture);
    Random random(seed);
    double bound = 0;
    for (const ParameterSlice& slice : parameters.slices()) {
        const std::span<float> values = parameters.of(slice);
        switch (slice.role) {
        case ParameterRole::Weight: {
            const auto fanIn =
                static_cast<double>(slice.count) / static_cast<double>(slice.shape[0]);
            bound = 1.0 / std::sqrt(fanIn);
            [[fallthrough]];
        }
        case ParameterRole::Bias:
            for (float& value : values)
                value = static_cast<float>(random.uniform(-bound, bound));
            break;
        case ParameterRole::Slope:
            std::ranges::fill(values, 0.25F);
            break;
        case ParameterRole::Scale:
        case ParameterRole::RunningVariance:
            std::ranges::fill(values, 1.0F);
            break;
        case ParameterRole::Shift:
        case ParameterRole::RunningMean:
            break;
        }
    }
    return parameters;
}

} // namespace core
