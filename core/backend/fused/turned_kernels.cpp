// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/turned_kernels.h"

#include <cstring>

namespace core::fused
{

namespace
{

/// Floats of a step's tables: four choices for each place of the window.
std::size_t tablesSize(const Step& step)
{
    const int side = step.convolution.kernelWidth + 1;
    return static_cast<std::size_t>(step.in.channels * step.out.channels * side * side * 4);
}

void turn(const float* kernel, int area, float* to)
{
    for (int tap = area; tap-- > 0;)
        *to++ = kernel[tap];
}

/// Each tap at the place that it reads, for each of the four places of the pool's choice. What no
/// tap reads stays 0.
void tabulate(const float* kernel, int size, float* table)
{
    const int side = size + 1;
    for (int a = 0; a < size; ++a)
        for (int b = 0; b < size; ++b) {
            const float weight = *kernel++;
            float* at = table + (a * side + b) * 4;
            at[0] = weight;
            at[4 + 1] = weight;
            at[side * 4 + 2] = weight;
            at[(side + 1) * 4 + 3] = weight;
        }
}

} // namespace

TurnedKernels::TurnedKernels(const Plan& plan) : m_plan(plan)
{
    std::size_t size = 0;
    std::size_t tables = 0;
    for (const Step& step : plan.steps()) {
        m_offsets.push_back(size);
        m_tableOffsets.push_back(tables);
        if (step.kind == StepKind::Convolution)
            size += static_cast<std::size_t>(step.in.channels * step.out.channels *
                                             step.convolution.kernelHeight *
                                             step.convolution.kernelWidth);
        if (step.hasPooledGradient())
            tables += tablesSize(step);
    }
    m_values = AlignedFloats(size);
    m_tables = AlignedFloats(tables);
}

void TurnedKernels::fill(std::span<const float> parameters)
{
    if (parameters.size() == m_filledWith.size() &&
        std::memcmp(parameters.data(), m_filledWith.data(), parameters.size_bytes()) == 0)
        return;
    m_filledWith.assign(parameters.begin(), parameters.end());
    for (std::size_t i = 0; i < m_plan.steps().size(); ++i) {
        const Step& step = m_plan.steps()[i];
        if (step.kind != StepKind::Convolution)
            continue;
        const int size = step.convolution.kernelWidth;
        const int area = step.convolution.kernelHeight * size;
        float* turned = m_values.data() + m_offsets[i];
        float* table = m_tables.data() + m_tableOffsets[i];
        for (int in = 0; in < step.in.channels; ++in)
            for (int out = 0; out < step.out.channels; ++out) {
                const float* kernel =
                    parameters.data() + step.weights + (out * step.in.channels + in) * area;
                turn(kernel, area, turned);
                turned += area;
                if (step.hasPooledGradient()) {
                    tabulate(kernel, size, table);
                    table += (size + 1) * (size + 1) * 4;
                }
            }
    }
}

} // namespace core::fused
