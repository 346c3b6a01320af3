// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/backward.h"

#include "core/backend/fused/forward.h"

#include <utility>

namespace core::fused
{

namespace
{

/// One way back; `m_given` is the gradient of what the current step made, `m_found` becomes that
/// of what it read.
class WayBack
{
public:
    WayBack(const ForwardKernels& forward, const GradientKernels& gradient, const Plan& plan,
            std::span<const float> parameters, const TurnedKernels& turned, Workspace& work,
            Wanted wanted, std::span<float> parameterGradient, const Join& join)
        : m_forward(forward), m_gradient(gradient), m_plan(plan), m_parameters(parameters),
          m_turned(turned), m_work(work), m_wantsParameters(wanted == Wanted::Parameters),
          m_result(parameterGradient), m_join(join), m_given(work.gradients[0].data()),
          m_found(work.gradients[1].data())
    {
    }

    const float* run()
    {
        for (std::size_t i = m_plan.steps().size(); i-- > 0;) {
            if (m_work.steps[i].output.size() == 0)
                continue; // fused with one before
            if (m_join)
                m_join(i, m_given);
            // The input has no use for a gradient in training, so its first step makes none.
            step(i, i > 0 || !m_wantsParameters);
        }
        return m_given;
    }

private:
    void step(std::size_t index, bool wantsInput)
    {
        const Step& step = m_plan.steps()[index];
        switch (step.kind) {
        case StepKind::Activation:
            activation(step, mapTask(step, m_forward.lanes, m_work.inputOf(index), nullptr, {}));
            break;
        case StepKind::Pool:
            if (wantsInput)
                pool(step, index);
            break;
        case StepKind::Linear:
            linear(step, index, wantsInput);
            break;
        case StepKind::Convolution:
            convolution(step, index, wantsInput);
            break;
        }
    }

    float* resultAt(std::size_t offset) const
    {
        return m_wantsParameters ? m_result.data() + offset : nullptr;
    }

    /// In place.
    void activation(const Step& step, const MapTask& map, float* sums = nullptr)
    {
        ActivationGradientTask task;
        task.input = map.input;
        task.inputRowStride = map.inputRowStride;
        task.inputChannelStride = map.inputChannelStride;
        task.gradient = m_given;
        task.channels = step.out.channels;
        task.rows = map.rows;
        task.columns = map.columns;
        task.slopes = slopesOf(step, m_parameters);
        if (step.slopes)
            task.slopeGradient = resultAt(*step.slopes);
        task.sums = sums;
        m_gradient.activation(task);
    }

    void pool(const Step& step, std::size_t index)
    {
        PoolGradientTask task;
        task.pool =
            poolTask(step, m_forward.lanes, m_work.inputOf(index), nullptr, {0, step.out.channels});
        task.gradient = m_given;
        task.result = m_found;
        task.resultRows = step.in.rows;
        task.resultColumns = step.in.columns;
        m_gradient.pool(task);
        std::swap(m_given, m_found);
    }

    void linear(const Step& step, std::size_t index, bool wantsInput)
    {
        LinearGradientTask task;
        task.input = m_work.inputOf(index);
        task.gradient = m_given;
        task.weights = m_parameters.data() + step.weights;
        task.weightGradient = resultAt(step.weights);
        task.inputGradient = wantsInput ? m_found : nullptr;
        task.inputs = static_cast<int>(step.in.size());
        task.outputs = step.out.channels;
        m_gradient.linear(task);
        if (m_wantsParameters && step.biases)
            m_gradient.sums(m_given, step.out.channels, 1, resultAt(*step.biases));
        if (wantsInput)
            std::swap(m_given, m_found);
    }

    void convolution(const Step& step, std::size_t index, bool wantsInput)
    {
        const Step& last = m_plan.steps()[index + static_cast<std::size_t>(step.fused) - 1];
        const bool pooled = step.fused > 1;
        float* biases = step.biases ? resultAt(*step.biases) : nullptr;
        if (step.fused == 3)
            activation(m_plan.steps()[index + 1], chosenMap(index, last.out), biases);
        else if (biases)
            m_gradient.sums(m_given, step.out.channels, last.out.rows * last.out.columns, biases);
        const bool pooledWeights = step.hasPooledGradient();
        const bool pooledInput =
            pooledWeights && step.convolution.padding == 0 && m_gradient.pooledInput;
        if ((wantsInput && !pooledInput) || (pooled && m_wantsParameters && !pooledWeights))
            spread(step, index, last.out);
        if (m_wantsParameters)
            weights(step, index, last.out, pooledWeights);
        if (wantsInput && pooledInput)
            inputOfPooled(step, index, last.out);
        else if (wantsInput)
            input(step, index);
    }

    /// The values that a fused pool chose, as the activation's input.
    MapTask chosenMap(std::size_t index, const Map& pool) const
    {
        MapTask map;
        map.input = m_work.steps[index].chosen.data();
        map.inputRowStride = pool.columns;
        map.inputChannelStride = pool.rows * pool.columns;
        map.rows = pool.rows;
        map.columns = pool.columns;
        return map;
    }

    float* spreadOrigin(std::size_t index) const
    {
        Workspace::StepMemory& memory = m_work.steps[index];
        const SpreadMap& map = *memory.spreadMap;
        return memory.spread.data() + static_cast<std::ptrdiff_t>(m_forward.lanes) *
                                          (map.firstRow * map.columns + map.firstColumn);
    }

    void spread(const Step& step, std::size_t index, const Map& given)
    {
        const SpreadMap& map = *m_work.steps[index].spreadMap;
        SpreadTask task;
        task.gradient = m_given;
        task.channels = step.out.channels;
        task.rows = given.rows;
        task.columns = given.columns;
        task.output = spreadOrigin(index);
        task.columnStride = step.convolution.stride;
        task.rowStride = map.columns * step.convolution.stride;
        task.channelStride = map.rows * map.columns;
        task.argmax = step.fused > 1 ? m_work.steps[index].argmax.data() : nullptr;
        m_gradient.spread(task);
    }

    void weights(const Step& step, std::size_t index, const Map& given, bool pooledKernel)
    {
        const ConvolutionTask forward = convolutionTask(step, m_forward.lanes, m_parameters,
                                                        m_work.inputOf(index), nullptr, {});
        WeightGradientTask task;
        task.input = forward.input;
        task.inputChannels = forward.inputChannels;
        task.inputRowStride = forward.inputRowStride;
        task.inputChannelStride = forward.inputChannelStride;
        task.channels = step.out.channels;
        task.kernelHeight = forward.kernelHeight;
        task.kernelWidth = forward.kernelWidth;
        task.stride = forward.stride;
        task.weights = resultAt(step.weights);
        const bool fromSpread = step.fused > 1 && !pooledKernel;
        task.rows = fromSpread ? step.out.rows : given.rows;
        task.columns = fromSpread ? step.out.columns : given.columns;
        if (fromSpread) {
            const SpreadMap& map = *m_work.steps[index].spreadMap;
            task.gradient = spreadOrigin(index);
            task.gradientColumnStride = forward.stride;
            task.gradientRowStride = map.columns * forward.stride;
            task.gradientChannelStride = map.rows * map.columns;
        } else {
            task.gradient = m_given;
            task.gradientRowStride = given.columns;
            task.gradientChannelStride = given.rows * given.columns;
        }
        if (pooledKernel)
            m_gradient.pooledWeights({task, m_work.steps[index].argmax.data()});
        else
            m_gradient.weights(task);
    }

    void input(const Step& step, std::size_t index)
    {
        const SpreadMap& map = *m_work.steps[index].spreadMap;
        ConvolutionTask task;
        task.input =
            m_work.steps[index].spread.data() + static_cast<std::ptrdiff_t>(m_forward.lanes) *
                                                    (map.readRow * map.columns + map.readColumn);
        task.inputChannels = step.out.channels;
        task.inputRowStride = map.columns;
        task.inputChannelStride = map.rows * map.columns;
        task.output = m_found;
        task.outputRowStride = step.in.columns;
        task.outputChannelStride = step.in.rows * step.in.columns;
        task.rows = step.in.rows;
        task.columns = step.in.columns;
        task.endChannel = step.in.channels;
        task.weights = m_turned.of(index);
        task.kernelHeight = step.convolution.kernelHeight;
        task.kernelWidth = step.convolution.kernelWidth;
        m_forward.convolve(task);
        std::swap(m_given, m_found);
    }

    void inputOfPooled(const Step& step, std::size_t index, const Map& given)
    {
        PooledInputGradientTask task;
        task.gradient = m_given;
        task.argmax = m_work.steps[index].argmax.data();
        task.channels = step.out.channels;
        task.rows = given.rows;
        task.columns = given.columns;
        task.inputChannels = step.in.channels;
        task.kernel = step.convolution.kernelWidth;
        task.tables = m_turned.tablesOf(index);
        task.result = m_found;
        task.indices = m_work.indices.data();
        task.wideTables = m_work.wideTables.data();
        m_gradient.pooledInput(task);
        std::swap(m_given, m_found);
    }

    const ForwardKernels& m_forward;
    const GradientKernels& m_gradient;
    const Plan& m_plan;
    std::span<const float> m_parameters;
    const TurnedKernels& m_turned;
    Workspace& m_work;
    bool m_wantsParameters;
    std::span<float> m_result;
    const Join& m_join;
    float* m_given;
    float* m_found;
};

} // namespace

void forward(const ForwardKernels& kernels, const Plan& plan, std::span<const float> parameters,
             Workspace& work, Keep keep)
{
    for (std::size_t i = 0; i < plan.steps().size();
         i += static_cast<std::size_t>(plan.steps()[i].fused)) {
        const Step& step = plan.steps()[i];
        Workspace::StepMemory& memory = work.steps[i];
        const ChannelRange all = {0, step.out.channels};
        if (step.fused == 1 || keep == Keep::Outputs) {
            runStep(kernels, plan, i, parameters, work.inputOf(i), memory.output.data(), all);
            continue;
        }
        PooledConvolutionTask task = pooledTask(plan, i, kernels.lanes, parameters, work.inputOf(i),
                                                memory.output.data(), all);
        task.chosen = memory.chosen.data();
        task.argmax = memory.argmax.data();
        kernels.convolveAndPool(task);
    }
}

const float* backward(const ForwardKernels& forward, const GradientKernels& gradient,
                      const Plan& plan, std::span<const float> parameters,
                      const TurnedKernels& turned, Workspace& work, Wanted wanted,
                      std::span<float> parameterGradient, const Join& join)
{
    return WayBack(forward, gradient, plan, parameters, turned, work, wanted, parameterGradient,
                   join)
        .run();
}

} // namespace core::fused
