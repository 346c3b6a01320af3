// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/backend/fused/forward_kernels.cpp"
#include <hwy/foreach_target.h>
// Highway wants its headers behind the line above.
#include "core/backend/fused/convolve-inl.h"
#include "core/backend/fused/lanes-inl.h"
#include "core/backend/fused/loss-inl.h"
#include "core/backend/fused/window.h"

#include <hwy/highway.h>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

namespace
{

/// Rows outside, channels inside: the rows of input in use stay in the nearest cache.
HWY_ATTR void convolve(const ConvolutionTask& task)
{
    for (int row = 0; row < task.rows; ++row)
        convolveChannels(task, vectorAt(task.input, row * task.stride * task.inputRowStride),
                         vectorAt(task.output, row * task.outputRowStride));
}

HWY_INLINE Vector activated(Vector x, Vector slope)
{
    return hn::IfThenElse(hn::Gt(x, hn::Zero(Floats())), x, hn::Mul(slope, x));
}

/// The value of a pool's window of 2x2 and where it was found.
struct Choice {
    Vector value;
    hn::Mask<Floats> lower;
    hn::Mask<Floats> right;
};

/// PyTorch's choice among equals: the first, row by row.
HWY_INLINE Choice choose(Vector topLeft, Vector topRight, Vector bottomLeft, Vector bottomRight)
{
    const auto rightAbove = hn::Gt(topRight, topLeft);
    const auto rightBelow = hn::Gt(bottomRight, bottomLeft);
    const Vector top = hn::IfThenElse(rightAbove, topRight, topLeft);
    const Vector bottom = hn::IfThenElse(rightBelow, bottomRight, bottomLeft);
    const auto lower = hn::Gt(bottom, top);
    return {hn::IfThenElse(lower, bottom, top), lower,
            hn::Or(hn::And(lower, rightBelow), hn::AndNot(lower, rightAbove))};
}

/// How one channel's two rows become a row of the pool.
struct RowPair {
    const float* top;
    const float* bottom;
    float* output;
    float* chosen;
    std::uint8_t* argmax;
    int columns; ///< of output
};

/// The activation rises, so the highest value stays the highest behind it.
HWY_ATTR void poolThenActivate(const RowPair& rows, bool activates, float slopeValue)
{
    const Floats d;
    const Vector slope = hn::Set(d, slopeValue);
    for (int x = 0; x < rows.columns; ++x) {
        const Choice choice = choose(hn::Load(d, vectorAt(rows.top, 2 * x)),
                                     hn::Load(d, vectorAt(rows.top, 2 * x + 1)),
                                     hn::Load(d, vectorAt(rows.bottom, 2 * x)),
                                     hn::Load(d, vectorAt(rows.bottom, 2 * x + 1)));
        hn::Store(activates ? activated(choice.value, slope) : choice.value, d,
                  vectorAt(rows.output, x));
        if (rows.chosen) {
            hn::Store(choice.value, d, vectorAt(rows.chosen, x));
            std::uint8_t* at = rows.argmax + static_cast<std::size_t>(x) * kArgmaxBytes;
            hn::StoreMaskBits(d, choice.lower, at);
            hn::StoreMaskBits(d, choice.right, at + kArgmaxBytes / 2);
        }
    }
}

HWY_ATTR void activateThenPool(const RowPair& rows, float slopeValue)
{
    const Floats d;
    const Vector slope = hn::Set(d, slopeValue);
    for (int x = 0; x < rows.columns; ++x) {
        const Vector topLeft = hn::Load(d, vectorAt(rows.top, 2 * x));
        const Vector topRight = hn::Load(d, vectorAt(rows.top, 2 * x + 1));
        const Vector bottomLeft = hn::Load(d, vectorAt(rows.bottom, 2 * x));
        const Vector bottomRight = hn::Load(d, vectorAt(rows.bottom, 2 * x + 1));
        const Choice choice = choose(activated(topLeft, slope), activated(topRight, slope),
                                     activated(bottomLeft, slope), activated(bottomRight, slope));
        hn::Store(choice.value, d, vectorAt(rows.output, x));
        if (rows.chosen) {
            const Vector left = hn::IfThenElse(choice.lower, bottomLeft, topLeft);
            const Vector right = hn::IfThenElse(choice.lower, bottomRight, topRight);
            hn::Store(hn::IfThenElse(choice.right, right, left), d, vectorAt(rows.chosen, x));
            std::uint8_t* at = rows.argmax + static_cast<std::size_t>(x) * kArgmaxBytes;
            hn::StoreMaskBits(d, choice.lower, at);
            hn::StoreMaskBits(d, choice.right, at + kArgmaxBytes / 2);
        }
    }
}

HWY_ATTR void convolveAndPool(const PooledConvolutionTask& task)
{
    const ConvolutionTask& convolution = task.convolution;
    const int rows = convolution.rows / 2;
    const int columns = convolution.columns / 2;
    for (int row = 0; row < rows; ++row) {
        for (int half = 0; half < 2; ++half)
            convolveChannels(convolution,
                             vectorAt(convolution.input, (2 * row + half) * convolution.stride *
                                                             convolution.inputRowStride),
                             vectorAt(convolution.output, half * convolution.outputRowStride));
        for (int c = convolution.firstChannel; c < convolution.endChannel; ++c) {
            const float* top = vectorAt(convolution.output, c * convolution.outputChannelStride);
            const int index = (c * rows + row) * columns;
            const RowPair pair = {
                top,
                vectorAt(top, convolution.outputRowStride),
                vectorAt(task.output, c * task.outputChannelStride + row * task.outputRowStride),
                task.chosen ? vectorAt(task.chosen, index) : nullptr,
                task.argmax ? task.argmax + static_cast<std::size_t>(index) * kArgmaxBytes
                            : nullptr,
                columns};
            const float slope = task.slopes.any ? task.slopes.of(c) : 1.0F;
            // A slope of 0 learns from the value that the pool found first among equals.
            if (!task.slopes.any || slope > 0)
                poolThenActivate(pair, task.slopes.any, slope);
            else
                activateThenPool(pair, slope);
        }
    }
}

HWY_ATTR void activate(const MapTask& task, const Slopes& slopes)
{
    const Floats d;
    for (int c = task.firstChannel; c < task.endChannel; ++c) {
        const Vector slope = hn::Set(d, slopes.of(c));
        for (int row = 0; row < task.rows; ++row) {
            const float* in =
                vectorAt(task.input, c * task.inputChannelStride + row * task.inputRowStride);
            float* out =
                vectorAt(task.output, c * task.outputChannelStride + row * task.outputRowStride);
            for (int x = 0; x < task.columns; ++x)
                hn::Store(activated(hn::Load(d, vectorAt(in, x)), slope), d, vectorAt(out, x));
        }
    }
}

HWY_INLINE Vector highest(const float* channel, const Window& window, int rowStride)
{
    const Floats d;
    Vector found = hn::Set(d, -std::numeric_limits<float>::infinity());
    for (int a = window.firstRow; a < window.endRow; ++a)
        for (int b = window.firstColumn; b < window.endColumn; ++b)
            found = hn::Max(found, hn::Load(d, vectorAt(channel, a * rowStride + b)));
    return found;
}

HWY_INLINE Vector average(const float* channel, const Window& window, int rowStride)
{
    const Floats d;
    Vector sum = hn::Zero(d);
    for (int a = window.firstRow; a < window.endRow; ++a)
        for (int b = window.firstColumn; b < window.endColumn; ++b)
            sum = hn::Add(sum, hn::Load(d, vectorAt(channel, a * rowStride + b)));
    return hn::Div(sum, hn::Set(d, static_cast<float>(window.divisor)));
}

HWY_ATTR void pool(const PoolTask& task)
{
    const MapTask& map = task.map;
    for (int c = map.firstChannel; c < map.endChannel; ++c) {
        const float* in = vectorAt(map.input, c * map.inputChannelStride);
        float* out = vectorAt(map.output, c * map.outputChannelStride);
        for (int row = 0; row < map.rows; ++row)
            for (int column = 0; column < map.columns; ++column) {
                const Window window(task, row, column);
                const Vector value = task.isMax ? highest(in, window, map.inputRowStride)
                                                : average(in, window, map.inputRowStride);
                hn::Store(value, Floats(), vectorAt(out, row * map.outputRowStride + column));
            }
    }
}

constexpr const char* nameOfTarget()
{
    return kLanes == 16 ? "AVX-512" : kLanes == 8 ? "AVX2" : kLanes == 4 ? "SSE4" : "baseline";
}

} // namespace

const ForwardKernels* forwardTable()
{
    static const ForwardKernels table = {nameOfTarget(), kLanes,     convolve,   convolveAndPool,
                                         activate,       pool,       loadPixels, loadFloats,
                                         storeFloats,    lossOfLanes};
    return &table;
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace core::fused
{

HWY_EXPORT(forwardTable);

const ForwardKernels& forwardKernels()
{
    return *HWY_DYNAMIC_DISPATCH(forwardTable)();
}

const ForwardKernels& narrowForwardKernels()
{
#if HWY_TARGETS & HWY_AVX3
    if (&forwardKernels() == N_AVX3::forwardTable())
        return *N_AVX2::forwardTable();
#endif
    return forwardKernels();
}

} // namespace core::fused
#endif
