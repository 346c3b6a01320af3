// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/backend/fused/gradient_kernels.cpp"
#include <hwy/foreach_target.h>
// Highway wants its headers behind the line above.
#include "core/backend/fused/curves-inl.h"
#include "core/backend/fused/gradient_kernels.h"
#include "core/backend/fused/own_channel-inl.h"
#include "core/backend/fused/pooled_input-inl.h"
#include "core/backend/fused/weight_gradient-inl.h"
#include "core/backend/fused/window.h"

#include <hwy/highway.h>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

namespace
{

HWY_ATTR void sumsOfMaps(const float* gradient, int channels, int area, float* result)
{
    const Floats d;
    for (int c = 0; c < channels; ++c) {
        const float* at = vectorAt(gradient, c * area);
        Vector even = hn::Zero(d); // two chains hide some of an addition's latency
        Vector odd = hn::Zero(d);
        int i = 0;
        for (; i + 2 <= area; i += 2) {
            even = hn::Add(even, hn::Load(d, vectorAt(at, i)));
            odd = hn::Add(odd, hn::Load(d, vectorAt(at, i + 1)));
        }
        if (i < area)
            even = hn::Add(even, hn::Load(d, vectorAt(at, i)));
        result[c] = laneSum(hn::Add(even, odd));
    }
}

/// One row of a pool's gradient to two rows of its input's.
HWY_ATTR void spreadChosen(const float* gradient, const std::uint8_t* argmax, int columns,
                           float* top, const SpreadTask& task)
{
    const Floats d;
    float* bottom = vectorAt(top, task.rowStride);
    for (int x = 0; x < columns; ++x) {
        const auto lower = hn::LoadMaskBits(d, argmax);
        const auto right = hn::LoadMaskBits(d, argmax + kArgmaxBytes / 2);
        const Vector g = hn::Load(d, vectorAt(gradient, x));
        const Vector below = hn::IfThenElseZero(lower, g);
        const Vector above = hn::IfThenZeroElse(lower, g);
        hn::Store(hn::IfThenZeroElse(right, above), d, top);
        hn::Store(hn::IfThenElseZero(right, above), d, vectorAt(top, task.columnStride));
        hn::Store(hn::IfThenZeroElse(right, below), d, bottom);
        hn::Store(hn::IfThenElseZero(right, below), d, vectorAt(bottom, task.columnStride));
        argmax += kArgmaxBytes;
        top = vectorAt(top, 2 * task.columnStride);
        bottom = vectorAt(bottom, 2 * task.columnStride);
    }
}

HWY_ATTR void spread(const SpreadTask& task)
{
    const Floats d;
    for (int c = 0; c < task.channels; ++c)
        for (int row = 0; row < task.rows; ++row) {
            const int index = (c * task.rows + row) * task.columns;
            const float* from = vectorAt(task.gradient, index);
            float* channel = vectorAt(task.output, c * task.channelStride);
            if (task.argmax) {
                spreadChosen(from, task.argmax + static_cast<std::size_t>(index) * kArgmaxBytes,
                             task.columns, vectorAt(channel, 2 * row * task.rowStride), task);
                continue;
            }
            float* to = vectorAt(channel, row * task.rowStride);
            for (int x = 0; x < task.columns; ++x)
                hn::Store(hn::Load(d, vectorAt(from, x)), d, vectorAt(to, x * task.columnStride));
        }
}

struct ChannelSums {
    Vector bySlope;
    Vector gradient;
};

/// One value of a channel, in place.
HWY_INLINE void activateBack(const float* input, float* gradient, Vector slope, ChannelSums& sums)
{
    const Floats d;
    const Vector value = hn::Load(d, input);
    const Vector g = hn::Load(d, gradient);
    const auto above = hn::Gt(value, hn::Zero(d));
    const Vector found = hn::IfThenElse(above, g, hn::Mul(slope, g));
    sums.bySlope = hn::MulAdd(g, hn::IfThenZeroElse(above, value), sums.bySlope);
    sums.gradient = hn::Add(sums.gradient, found);
    hn::Store(found, d, gradient);
}

template<typename Function>
HWY_ATTR void activationGradientBy(const ActivationGradientTask& task)
{
    const Floats d;
    for (int c = 0; c < task.channels; ++c) {
        Vector sum = hn::Zero(d);
        for (int row = 0; row < task.rows; ++row) {
            const float* in =
                vectorAt(task.input, c * task.inputChannelStride + row * task.inputRowStride);
            float* at = vectorAt(task.gradient, (c * task.rows + row) * task.columns);
            for (int x = 0; x < task.columns; ++x) {
                const Vector slope = Function::at(hn::Load(d, vectorAt(in, x))).slope;
                const Vector found = hn::Mul(slope, hn::Load(d, vectorAt(at, x)));
                sum = hn::Add(sum, found);
                hn::Store(found, d, vectorAt(at, x));
            }
        }
        if (task.sums)
            task.sums[c] = laneSum(sum);
    }
}

HWY_ATTR void activationGradientByCurve(const ActivationGradientTask& task)
{
    switch (task.slopes.curve) {
    case Curve::SiLU:
        return activationGradientBy<SiLU>(task);
    case Curve::GELU:
        return activationGradientBy<GELU>(task);
    case Curve::ELU:
        return activationGradientBy<ELU>(task);
    case Curve::SquaredReLU:
        return activationGradientBy<SquaredReLU>(task);
    case Curve::None:
        break;
    }
}

HWY_ATTR void activationGradient(const ActivationGradientTask& task)
{
    if (task.slopes.curve != Curve::None)
        return activationGradientByCurve(task);
    const Floats d;
    Vector bySharedSlope = hn::Zero(d);
    for (int c = 0; c < task.channels; ++c) {
        const Vector slope = hn::Set(d, task.slopes.of(c));
        ChannelSums even = {hn::Zero(d), hn::Zero(d)}; // two chains hide some of their latency
        ChannelSums odd = even;
        for (int row = 0; row < task.rows; ++row) {
            const float* in =
                vectorAt(task.input, c * task.inputChannelStride + row * task.inputRowStride);
            float* at = vectorAt(task.gradient, (c * task.rows + row) * task.columns);
            int x = 0;
            for (; x + 2 <= task.columns; x += 2) {
                activateBack(vectorAt(in, x), vectorAt(at, x), slope, even);
                activateBack(vectorAt(in, x + 1), vectorAt(at, x + 1), slope, odd);
            }
            if (x < task.columns)
                activateBack(vectorAt(in, x), vectorAt(at, x), slope, even);
        }
        const Vector bySlope = hn::Add(even.bySlope, odd.bySlope);
        bySharedSlope = hn::Add(bySharedSlope, bySlope);
        if (task.slopeGradient && !task.slopes.shared)
            task.slopeGradient[c] = laneSum(bySlope);
        if (task.sums)
            task.sums[c] = laneSum(hn::Add(even.gradient, odd.gradient));
    }
    if (task.slopeGradient && task.slopes.shared)
        *task.slopeGradient = laneSum(bySharedSlope);
}

/// A channel on its way back through a pool.
struct PoolChannel {
    const float* input;
    int inputRowStride;
    float* result;
    int resultColumns;
};

HWY_INLINE void addTo(float* at, Vector value)
{
    const Floats d;
    hn::Store(hn::Add(hn::Load(d, at), value), d, at);
}

HWY_ATTR void giveToHighest(const PoolChannel& channel, const Window& window, Vector gradient)
{
    const Floats d;
    Vector highest = hn::Set(d, -std::numeric_limits<float>::infinity());
    Vector place = hn::Set(d, -1.0F);
    float index = 0;
    for (int a = window.firstRow; a < window.endRow; ++a)
        for (int b = window.firstColumn; b < window.endColumn; ++b, ++index) {
            const Vector value =
                hn::Load(d, vectorAt(channel.input, a * channel.inputRowStride + b));
            const auto higher = hn::Gt(value, highest);
            highest = hn::IfThenElse(higher, value, highest);
            place = hn::IfThenElse(higher, hn::Set(d, index), place);
        }
    index = 0;
    for (int a = window.firstRow; a < window.endRow; ++a)
        for (int b = window.firstColumn; b < window.endColumn; ++b, ++index)
            addTo(vectorAt(channel.result, a * channel.resultColumns + b),
                  hn::IfThenElseZero(hn::Eq(place, hn::Set(d, index)), gradient));
}

HWY_ATTR void giveToAll(const PoolChannel& channel, const Window& window, Vector gradient)
{
    const Floats d;
    const Vector share = hn::Div(gradient, hn::Set(d, static_cast<float>(window.divisor)));
    for (int a = window.firstRow; a < window.endRow; ++a)
        for (int b = window.firstColumn; b < window.endColumn; ++b)
            addTo(vectorAt(channel.result, a * channel.resultColumns + b), share);
}

HWY_ATTR void poolGradient(const PoolGradientTask& task)
{
    const Floats d;
    const MapTask& map = task.pool.map;
    const int area = task.resultRows * task.resultColumns;
    for (int i = 0; i < (map.endChannel - map.firstChannel) * area; ++i)
        hn::Store(hn::Zero(d), d, vectorAt(task.result, i));
    const float* gradient = task.gradient;
    for (int c = map.firstChannel; c < map.endChannel; ++c) {
        const PoolChannel channel = {vectorAt(map.input, c * map.inputChannelStride),
                                     map.inputRowStride, vectorAt(task.result, c * area),
                                     task.resultColumns};
        for (int row = 0; row < map.rows; ++row)
            for (int column = 0; column < map.columns; ++column) {
                const Window window(task.pool, row, column);
                const Vector g = hn::Load(d, gradient);
                if (task.pool.isMax)
                    giveToHighest(channel, window, g);
                else
                    giveToAll(channel, window, g);
                gradient = vectorAt(gradient, 1);
            }
    }
}

HWY_ATTR void linearWeightGradient(const LinearGradientTask& task)
{
    const Floats d;
    for (int o = 0; o < task.outputs; ++o) {
        const Vector g = hn::Load(d, vectorAt(task.gradient, o));
        float* result = task.weightGradient + static_cast<std::ptrdiff_t>(o) * task.inputs;
        const auto product = [&](int i) HWY_ATTR {
            return hn::Mul(g, hn::Load(d, vectorAt(task.input, i)));
        };
        int i = 0;
        for (; i + 4 <= task.inputs; i += 4)
            storeLaneSums(product(i), product(i + 1), product(i + 2), product(i + 3), result + i);
        for (; i < task.inputs; ++i)
            result[i] = laneSum(product(i));
    }
}

HWY_ATTR void linearGradient(const LinearGradientTask& task)
{
    const Floats d;
    if (task.weightGradient)
        linearWeightGradient(task);
    if (!task.inputGradient)
        return;
    for (int i = 0; i < task.inputs; ++i) {
        Vector sum = hn::Zero(d);
        for (int o = 0; o < task.outputs; ++o) {
            const float weight = task.weights[static_cast<std::ptrdiff_t>(o) * task.inputs + i];
            sum = hn::MulAdd(hn::Load(d, vectorAt(task.gradient, o)), hn::Set(d, weight), sum);
        }
        hn::Store(sum, d, vectorAt(task.inputGradient, i));
    }
}

} // namespace

const GradientKernels* gradientTable()
{
#if HWY_TARGET == HWY_SCALAR
    constexpr auto pooledInputGradient = nullptr;
#endif
    static const GradientKernels table = {
        weightGradient,     pooledWeightGradient, pooledInputGradient, sumsOfMaps, spread,
        activationGradient, poolGradient,         linearGradient,      ownChannel};
    return &table;
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace core::fused
{

HWY_EXPORT(gradientTable);

const GradientKernels& gradientKernels()
{
    return *HWY_DYNAMIC_DISPATCH(gradientTable)();
}

const GradientKernels& narrowGradientKernels()
{
#if HWY_TARGETS & HWY_AVX3
    if (&gradientKernels() == N_AVX3::gradientTable())
        return *N_AVX2::gradientTable();
#endif
    return gradientKernels();
}

} // namespace core::fused
#endif
