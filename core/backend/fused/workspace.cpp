// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/workspace.h"

#include "core/backend/fused/kernels.h"

#include <algorithm>

namespace core::fused
{

namespace
{

struct Line {
    int length = 0;
    int first = 0;
    int read = 0;
};

/// One direction of a spread map.
Line lineOf(int input, int output, int kernel, int stride, int padding)
{
    Line line;
    // Input y meets output r at tap y + padding - r * stride, which the turned kernel reads at
    // y + kernel - 1 - tap.
    line.read = std::max(0, padding - (kernel - 1));
    line.first = kernel - 1 - padding + line.read;
    line.length = std::max(line.read + input + kernel - 1, line.first + (output - 1) * stride + 1);
    return line;
}

} // namespace

SpreadMap::SpreadMap(const Step& step)
{
    const Convolution& c = step.convolution;
    const Line down = lineOf(step.in.rows, step.out.rows, c.kernelHeight, c.stride, c.padding);
    const Line across =
        lineOf(step.in.columns, step.out.columns, c.kernelWidth, c.stride, c.padding);
    rows = down.length;
    columns = across.length;
    firstRow = down.first;
    firstColumn = across.first;
    readRow = down.read;
    readColumn = across.read;
}

Workspace::Workspace(const Plan& plan, int lanes)
    : input(plan.input().size() * static_cast<std::size_t>(lanes)), steps(plan.steps().size())
{
    const auto vector = static_cast<std::size_t>(lanes);
    std::size_t largest = plan.input().size();
    std::size_t mostIndices = 0;
    std::size_t mostTables = 0;
    for (std::size_t i = 0; i < steps.size();) {
        const Step& step = plan.steps()[i];
        const std::size_t next = i + static_cast<std::size_t>(step.fused);
        const Map& out = plan.steps()[next - 1].out;
        steps[i].output = AlignedFloats(out.size() * vector);
        if (step.kind == StepKind::Convolution) {
            steps[i].spreadMap.emplace(step);
            steps[i].spread = AlignedFloats(steps[i].spreadMap->size(step.out.channels) * vector);
        }
        if (step.fused > 1) {
            const auto chosen = static_cast<std::size_t>(out.channels * out.rows * out.columns);
            steps[i].chosen = AlignedFloats(chosen * vector);
            steps[i].argmax.resize(chosen * kArgmaxBytes + kArgmaxSlack);
            const int side = step.convolution.kernelWidth + 1;
            mostIndices = std::max(mostIndices, chosen);
            mostTables = std::max(mostTables, static_cast<std::size_t>(out.channels * side * side));
        }
        largest = std::max({largest, step.in.size(), out.size()});
        i = next;
    }
    for (AlignedFloats& gradient : gradients)
        gradient = AlignedFloats(largest * vector);
    indices = AlignedFloats(mostIndices * vector);
    wideTables = AlignedFloats(mostTables * vector);
}

const float* Workspace::inputOf(std::size_t step) const
{
    while (step > 0)
        if (const AlignedFloats& before = steps[--step].output; before.size() > 0)
            return before.data();
    return input.data();
}

} // namespace core::fused
