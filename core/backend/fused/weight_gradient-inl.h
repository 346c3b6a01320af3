// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients of a convolution's weights, for whichever target includes this.
#if defined(CADDIE_WEIGHT_GRADIENT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_WEIGHT_GRADIENT_INL_H_
#undef CADDIE_WEIGHT_GRADIENT_INL_H_
#else
#define CADDIE_WEIGHT_GRADIENT_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"
#include "core/backend/fused/gradient_kernels.h"

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

HWY_INLINE float laneSum(Vector value)
{
    const Floats d;
    return hn::GetLane(hn::SumOfLanes(d, value));
}

/// The sums over the lanes of four vectors, which takes half the work of four single ones.
HWY_INLINE void storeLaneSums(Vector a, Vector b, Vector c, Vector d4, float* result)
{
#if HWY_TARGET == HWY_SCALAR
    result[0] = hn::GetLane(a);
    result[1] = hn::GetLane(b);
    result[2] = hn::GetLane(c);
    result[3] = hn::GetLane(d4);
#else
    const Floats d;
    const hn::Full128<float> quarter;
    const Vector even = hn::Add(hn::InterleaveLower(d, a, c), hn::InterleaveUpper(d, a, c));
    const Vector odd = hn::Add(hn::InterleaveLower(d, b, d4), hn::InterleaveUpper(d, b, d4));
    const Vector sums =
        hn::Add(hn::InterleaveLower(d, even, odd), hn::InterleaveUpper(d, even, odd));
    HWY_ALIGN float blocks[kLanes];
    hn::Store(sums, d, blocks);
    auto total = hn::Load(quarter, blocks);
    for (int i = 4; i < kLanes; i += 4)
        total = hn::Add(total, hn::Load(quarter, blocks + i));
    hn::StoreU(total, quarter, result);
#endif
}

/// Sums over the lanes of `Count` vectors.
template<int Count>
HWY_INLINE void storeAllLaneSums(const Vector (&values)[Count], float* result)
{
#pragma GCC unroll 16
    for (int i = 0; i + 4 <= Count; i += 4)
        storeLaneSums(values[i], values[i + 1], values[i + 2], values[i + 3], result + i);
#pragma GCC unroll 4
    for (int i = Count / 4 * 4; i < Count; ++i)
        result[i] = laneSum(values[i]);
}

/// One kernel row of `Channels` output channels by one input channel.
template<int Channels, int Width>
HWY_ATTR void kernelRowGradient(const WeightGradientTask& task, const float* input,
                                const float* gradient, float* result, std::ptrdiff_t perChannel)
{
    const Floats d;
    Vector sums[Channels][Width];
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
        for (int b = 0; b < Width; ++b)
            sums[c][b] = hn::Zero(d);
    for (int row = 0; row < task.rows; ++row) {
        const float* place = vectorAt(input, row * task.stride * task.inputRowStride);
        const float* from = vectorAt(gradient, row * task.gradientRowStride);
        for (int x = 0; x < task.columns; ++x) {
            Vector values[Width];
#pragma GCC unroll 8
            for (int b = 0; b < Width; ++b)
                values[b] = hn::Load(d, vectorAt(place, b));
#pragma GCC unroll 8
            for (int c = 0; c < Channels; ++c) {
                const Vector g = hn::Load(d, vectorAt(from, c * task.gradientChannelStride));
#pragma GCC unroll 8
                for (int b = 0; b < Width; ++b)
                    sums[c][b] = hn::MulAdd(g, values[b], sums[c][b]);
            }
            place = vectorAt(place, task.stride);
            from = vectorAt(from, task.gradientColumnStride);
        }
    }
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
        storeAllLaneSums(sums[c], result + c * perChannel);
}

template<int Channels, int Width>
HWY_ATTR void kernelGradient(const WeightGradientTask& task, int channel)
{
    const int area = task.kernelHeight * Width;
    const std::ptrdiff_t perChannel = static_cast<std::ptrdiff_t>(task.inputChannels) * area;
    const float* gradient = vectorAt(task.gradient, channel * task.gradientChannelStride);
    for (int in = 0; in < task.inputChannels; ++in)
        for (int a = 0; a < task.kernelHeight; ++a)
            kernelRowGradient<Channels, Width>(
                task, vectorAt(task.input, in * task.inputChannelStride + a * task.inputRowStride),
                gradient, task.weights + channel * perChannel + in * area + a * Width, perChannel);
}

/// Enough sums at once to hide the latency of a multiply-add, few enough for the registers.
template<int Width>
HWY_ATTR void weightGradientOfWidth(const WeightGradientTask& task)
{
    constexpr int kBlock = kLanes == 16 ? (Width <= 5 ? 4 : 2) : (Width <= 2 ? 4 : 2);
    int channel = 0;
    for (; channel + kBlock <= task.channels; channel += kBlock)
        kernelGradient<kBlock, Width>(task, channel);
    for (; channel < task.channels; ++channel)
        kernelGradient<1, Width>(task, channel);
}

HWY_ATTR inline void weightGradient(const WeightGradientTask& task)
{
    switch (task.kernelWidth) {
    case 1:
        return weightGradientOfWidth<1>(task);
    case 2:
        return weightGradientOfWidth<2>(task);
    case 3:
        return weightGradientOfWidth<3>(task);
    case 4:
        return weightGradientOfWidth<4>(task);
    case 5:
        return weightGradientOfWidth<5>(task);
    case 6:
        return weightGradientOfWidth<6>(task);
    default:
        return weightGradientOfWidth<7>(task);
    }
}

/// Row `row` of a window of inputs, moved one to the left in the lanes whose choice was on the
/// right.
template<int Size, typename Mask>
HWY_INLINE void loadShifted(const float* row, Mask right, Vector (&result)[Size])
{
    const Floats d;
    Vector last = hn::Load(d, row);
#pragma GCC unroll 8
    for (int b = 0; b < Size; ++b) {
        const Vector next = hn::Load(d, vectorAt(row, b + 1));
        result[b] = hn::IfThenElse(right, next, last);
        last = next;
    }
}

/// Each lane meets the inputs that its own choice of the four read, so only a quarter of the
/// products is made.
template<int Size>
HWY_ATTR void pooledKernelGradient(const PooledWeightGradientTask& task, int channel, int in)
{
    const Floats d;
    const WeightGradientTask& convolution = task.convolution;
    const float* input = vectorAt(convolution.input, in * convolution.inputChannelStride);
    const float* gradient =
        vectorAt(convolution.gradient, channel * convolution.gradientChannelStride);
    const std::uint8_t* argmax =
        task.argmax +
        static_cast<std::size_t>(channel * convolution.rows * convolution.columns) * kArgmaxBytes;
    Vector sums[Size * Size];
#pragma GCC unroll 16
    for (int i = 0; i < Size * Size; ++i)
        sums[i] = hn::Zero(d);
    for (int row = 0; row < convolution.rows; ++row) {
        const float* corner = vectorAt(input, 2 * row * convolution.inputRowStride);
        for (int x = 0; x < convolution.columns; ++x) {
            const auto lower = hn::LoadMaskBits(d, argmax);
            const auto right = hn::LoadMaskBits(d, argmax + kArgmaxBytes / 2);
            const Vector g = hn::Load(d, gradient);
            Vector above[Size];
            loadShifted(corner, right, above);
#pragma GCC unroll 8
            for (int a = 0; a < Size; ++a) {
                Vector below[Size];
                loadShifted(vectorAt(corner, (a + 1) * convolution.inputRowStride), right, below);
#pragma GCC unroll 8
                for (int b = 0; b < Size; ++b) {
                    const Vector value = hn::IfThenElse(lower, below[b], above[b]);
                    sums[a * Size + b] = hn::MulAdd(g, value, sums[a * Size + b]);
                    above[b] = below[b];
                }
            }
            gradient = vectorAt(gradient, 1);
            argmax += kArgmaxBytes;
            corner = vectorAt(corner, 2);
        }
    }
    storeAllLaneSums(sums,
                     convolution.weights +
                         (static_cast<std::ptrdiff_t>(channel) * convolution.inputChannels + in) *
                             Size * Size);
}

/// Input channels outside: the one in use stays in the nearest cache.
template<int Size>
HWY_ATTR void pooledGradientOfSize(const PooledWeightGradientTask& task)
{
    for (int in = 0; in < task.convolution.inputChannels; ++in)
        for (int channel = 0; channel < task.convolution.channels; ++channel)
            pooledKernelGradient<Size>(task, channel, in);
}

HWY_ATTR inline void pooledWeightGradient(const PooledWeightGradientTask& task)
{
    switch (task.convolution.kernelWidth) {
    case 1:
        return pooledGradientOfSize<1>(task);
    case 2:
        return pooledGradientOfSize<2>(task);
    case 3:
        return pooledGradientOfSize<3>(task);
    default:
        return pooledGradientOfSize<4>(task);
    }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
