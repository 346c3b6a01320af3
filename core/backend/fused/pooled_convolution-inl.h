// SPDX-License-Identifier: GPL-3.0-or-later
// A convolution, an activation and a max pool of 2x2 at once, for whichever target includes this.
#if defined(CADDIE_POOLED_CONVOLUTION_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_POOLED_CONVOLUTION_INL_H_
#undef CADDIE_POOLED_CONVOLUTION_INL_H_
#else
#define CADDIE_POOLED_CONVOLUTION_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

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

/// A window's way through the activation and the pool.
struct Pooled {
    Vector value;
    Vector chosen; ///< before the activation
    Choice choice;
};

/// The activation rises, so the highest value stays the highest behind it.
HWY_INLINE Pooled poolThenActivate(const Vector (&window)[2][2], Vector slope)
{
    const Choice choice = choose(window[0][0], window[0][1], window[1][0], window[1][1]);
    return {activated(choice.value, slope), choice.value, choice};
}

HWY_INLINE Pooled activateThenPool(const Vector (&window)[2][2], Vector slope)
{
    const Choice choice = choose(activated(window[0][0], slope), activated(window[0][1], slope),
                                 activated(window[1][0], slope), activated(window[1][1], slope));
    const Vector left = hn::IfThenElse(choice.lower, window[1][0], window[0][0]);
    const Vector right = hn::IfThenElse(choice.lower, window[1][1], window[0][1]);
    return {choice.value, hn::IfThenElse(choice.right, right, left), choice};
}

/// `index` counts the values of the pool.
HWY_INLINE void storePooled(const PooledConvolutionTask& task, int index, const Pooled& pooled,
                            float* output)
{
    const Floats d;
    hn::Store(pooled.value, d, output);
    if (!task.chosen)
        return;
    hn::Store(pooled.chosen, d, vectorAt(task.chosen, index));
    std::uint8_t* argmax = task.argmax + static_cast<std::size_t>(index) * kArgmaxBytes;
    hn::StoreMaskBits(d, pooled.choice.lower, argmax);
    hn::StoreMaskBits(d, pooled.choice.right, argmax + kArgmaxBytes / 2);
}

/// `Columns` neighbouring outputs of the pool of `Channels` channels, from sums that never leave
/// the registers.
template<int Channels, int Columns, bool UnitStride>
HWY_ATTR HWY_NOINLINE void pooledBlock(const PooledConvolutionTask& task, int channel, int row,
                                       int column)
{
    const Floats d;
    const ConvolutionTask& convolution = task.convolution;
    Vector sums[Channels][2][2 * Columns];
    sumBlock<Channels, 2, 2 * Columns, UnitStride>(
        convolution, channel,
        vectorAt(convolution.input,
                 2 * convolution.stride * (row * convolution.inputRowStride + column)),
        sums);
    const int columns = convolution.columns / 2;
    const int area = convolution.rows / 2 * columns;
    int index = channel * area + row * columns + column;
    float* output = vectorAt(task.output, channel * task.outputChannelStride +
                                              row * task.outputRowStride + column);
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c) {
        const float slope = task.slopes.any ? task.slopes.of(channel + c) : 1.0F;
#pragma GCC unroll 8
        for (int x = 0; x < Columns; ++x) {
            const Vector window[2][2] = {{sums[c][0][2 * x], sums[c][0][2 * x + 1]},
                                         {sums[c][1][2 * x], sums[c][1][2 * x + 1]}};
            // A slope of 0 learns from the value that the pool found first among equals.
            const Pooled pooled = slope > 0 ? poolThenActivate(window, hn::Set(d, slope))
                                            : activateThenPool(window, hn::Set(d, slope));
            storePooled(task, index + x, pooled, vectorAt(output, x));
        }
        output = vectorAt(output, task.outputChannelStride);
        index += area;
    }
}

/// A window of the pool takes four sums a channel.
inline constexpr int kMostPooledChannels = kLanes == 16 ? kMostBlockChannels : 3;

/// Of the pool.
constexpr int pooledColumns(int channels)
{
    return std::clamp(kSums / (4 * channels), 1, kMostBlockColumns / 2);
}

template<int Channels, int Columns>
HWY_ATTR void pooledColumnsOf(const PooledConvolutionTask& task, int columns, int channel, int row,
                              int column)
{
    if (columns == Columns) {
        if (task.convolution.stride == 1)
            pooledBlock<Channels, Columns, true>(task, channel, row, column);
        else
            pooledBlock<Channels, Columns, false>(task, channel, row, column);
    } else if constexpr (Columns > 1) {
        pooledColumnsOf<Channels, Columns - 1>(task, columns, channel, row, column);
    }
}

template<int Channels>
HWY_ATTR void pooledRow(const PooledConvolutionTask& task, int channel, int row)
{
    const int total = task.convolution.columns / 2;
    for (int x = 0; x < total;) {
        const int columns = nextPart(total - x, pooledColumns(Channels));
        pooledColumnsOf<Channels, pooledColumns(Channels)>(task, columns, channel, row, x);
        x += columns;
    }
}

template<int Channels>
HWY_ATTR void pooledRowOf(const PooledConvolutionTask& task, int channels, int channel, int row)
{
    if (channels == Channels)
        pooledRow<Channels>(task, channel, row);
    else if constexpr (Channels > 1)
        pooledRowOf<Channels - 1>(task, channels, channel, row);
}

HWY_ATTR inline void convolveAndPool(const PooledConvolutionTask& task)
{
    const ConvolutionTask& convolution = task.convolution;
    for (int row = 0; row < convolution.rows / 2; ++row)
        for (int channel = convolution.firstChannel; channel < convolution.endChannel;) {
            const int channels = nextPart(convolution.endChannel - channel, kMostPooledChannels);
            pooledRowOf<kMostPooledChannels>(task, channels, channel, row);
            channel += channels;
        }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
