// SPDX-License-Identifier: GPL-3.0-or-later
// The convolution's inner loops, for whichever target includes this.
#if defined(CADDIE_CONVOLVE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_CONVOLVE_INL_H_
#undef CADDIE_CONVOLVE_INL_H_
#else
#define CADDIE_CONVOLVE_INL_H_
#endif

#include "core/backend/fused/kernels.h"

#include <algorithm>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using Vector = hn::Vec<Floats>;
inline constexpr int kLanes = static_cast<int>(hn::MaxLanes(Floats()));

/// Sums that fit into the registers beside an input and a weight a channel.
inline constexpr int kSums = kLanes == 16 ? 25 : 9;
inline constexpr int kMostBlockChannels = kLanes == 16 ? 5 : 4;
inline constexpr int kMostBlockColumns = 8;

constexpr int blockColumns(int channels)
{
    return std::min(kMostBlockColumns, std::max(1, kSums / channels));
}

HWY_INLINE const float* vectorAt(const float* base, int vectors)
{
    return base + static_cast<std::ptrdiff_t>(vectors) * kLanes;
}

HWY_INLINE float* vectorAt(float* base, int vectors)
{
    return base + static_cast<std::ptrdiff_t>(vectors) * kLanes;
}

HWY_INLINE Vector activated(Vector x, Vector slope)
{
    return hn::IfThenElse(hn::Gt(x, hn::Zero(Floats())), x, hn::Mul(slope, x));
}

/// The sums of `Rows` x `Columns` neighbouring outputs of `Channels` channels: every input vector
/// is loaded once for all channels, every weight once for all outputs.
template<int Channels, int Rows, int Columns, bool UnitStride>
HWY_INLINE void sumBlock(const ConvolutionTask& task, int channel, const float* input,
                         Vector (&sums)[Channels][Rows][Columns])
{
    const Floats d;
    const int stride = UnitStride ? 1 : task.stride;
    const int rowStride = stride * task.inputRowStride;
    const int kernelWidth = task.kernelWidth;
    const int area = task.kernelHeight * kernelWidth;
    const std::ptrdiff_t perChannel = static_cast<std::ptrdiff_t>(task.inputChannels) * area;
    const float* weights = task.weights + channel * perChannel;

#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c) {
        const Vector bias = hn::Set(d, task.biases ? task.biases[channel + c] : 0.0F);
#pragma GCC unroll 8
        for (int y = 0; y < Rows; ++y)
#pragma GCC unroll 8
            for (int x = 0; x < Columns; ++x)
                sums[c][y][x] = bias;
    }
    for (int in = 0; in < task.inputChannels;
         ++in, input = vectorAt(input, task.inputChannelStride)) {
        const float* row = input;
        for (int a = 0; a < task.kernelHeight; ++a, row = vectorAt(row, task.inputRowStride)) {
            const float* place = row;
            for (int b = 0; b < kernelWidth; ++b, ++weights, place += kLanes) {
                Vector taps[Channels];
#pragma GCC unroll 8
                for (int c = 0; c < Channels; ++c)
                    taps[c] = hn::Set(d, weights[c * perChannel]);
#pragma GCC unroll 8
                for (int y = 0; y < Rows; ++y)
#pragma GCC unroll 8
                    for (int x = 0; x < Columns; ++x) {
                        const Vector value =
                            hn::Load(d, vectorAt(place, y * rowStride + x * stride));
#pragma GCC unroll 8
                        for (int c = 0; c < Channels; ++c)
                            sums[c][y][x] = hn::MulAdd(value, taps[c], sums[c][y][x]);
                    }
            }
        }
    }
}

/// `Columns` neighbouring outputs of `Channels` channels.
template<int Channels, int Columns, bool UnitStride>
HWY_ATTR HWY_NOINLINE void convolveBlock(const ConvolutionTask& task, int channel,
                                         const float* input, float* output)
{
    Vector sums[Channels][1][Columns];
    sumBlock<Channels, 1, Columns, UnitStride>(task, channel, input, sums);
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
        for (int x = 0; x < Columns; ++x)
            hn::Store(sums[c][0][x], Floats(), vectorAt(output, c * task.outputChannelStride + x));
}

template<int Channels, int Columns>
HWY_ATTR void convolveColumns(const ConvolutionTask& task, int columns, int channel,
                              const float* input, float* output)
{
    if (columns == Columns) {
        if (task.stride == 1)
            convolveBlock<Channels, Columns, true>(task, channel, input, output);
        else
            convolveBlock<Channels, Columns, false>(task, channel, input, output);
    } else if constexpr (Columns > 1) {
        convolveColumns<Channels, Columns - 1>(task, columns, channel, input, output);
    }
}

/// Splits `total` into the fewest parts of at most `most`, as even as possible: the next part.
inline int nextPart(int total, int most)
{
    const int parts = (total + most - 1) / most;
    return (total + parts - 1) / parts;
}

template<int Channels>
HWY_ATTR void convolveRow(const ConvolutionTask& task, int channel, const float* input,
                          float* output)
{
    for (int x = 0; x < task.columns;) {
        const int columns = nextPart(task.columns - x, blockColumns(Channels));
        convolveColumns<Channels, blockColumns(Channels)>(
            task, columns, channel, vectorAt(input, x * task.stride), vectorAt(output, x));
        x += columns;
    }
}

/// One output row of the task's channels. `output` is where channel 0's row begins.
HWY_ATTR inline void convolveChannels(const ConvolutionTask& task, const float* input,
                                      float* output)
{
    for (int channel = task.firstChannel; channel < task.endChannel;) {
        const int channels = nextPart(task.endChannel - channel, kMostBlockChannels);
        float* at = vectorAt(output, channel * task.outputChannelStride);
        switch (channels) {
        case 1:
            convolveRow<1>(task, channel, input, at);
            break;
        case 2:
            convolveRow<2>(task, channel, input, at);
            break;
        case 3:
            convolveRow<3>(task, channel, input, at);
            break;
        case 4:
            convolveRow<4>(task, channel, input, at);
            break;
        default:
            convolveRow<kMostBlockChannels>(task, channel, input, at);
            break;
        }
        channel += channels;
    }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
