// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/backend/fused/forward_kernels.cpp"
#include <hwy/foreach_target.h>
// Highway wants its headers behind the line above.
#include "core/backend/fused/convolve-inl.h"
#include "core/backend/fused/curves-inl.h"
#include "core/backend/fused/lanes-inl.h"
#include "core/backend/fused/loss-inl.h"
#include "core/backend/fused/pooled_convolution-inl.h"
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

HWY_ATTR void activate(const MapTask& task, const Slopes& slopes)
{
    if (slopes.curve != Curve::None)
        return activateByCurve(task, slopes.curve);
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
