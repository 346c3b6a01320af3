// SPDX-License-Identifier: GPL-3.0-or-later
// One channel of a convolution and back, another one in each lane, for whichever target includes
// this.
#if defined(CADDIE_OWN_CHANNEL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_OWN_CHANNEL_INL_H_
#undef CADDIE_OWN_CHANNEL_INL_H_
#else
#define CADDIE_OWN_CHANNEL_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"
#include "core/backend/fused/gradient_kernels.h"

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

/// A convolution to one channel of stride 1 with a vector of weights a tap.
struct OwnConvolution {
    const float* input = nullptr;
    int inputChannels = 0;
    int inputRowStride = 0;
    int inputChannelStride = 0;
    const float* weights = nullptr;
    int weightStep = 1; ///< vectors from one tap's to the next one's
    const float* bias = nullptr;
    int kernelHeight = 0;
    int kernelWidth = 0;
    float* output = nullptr;
    int outputRowStride = 0;
    int rows = 0;
    int columns = 0;
};

template<int Columns>
HWY_ATTR HWY_NOINLINE void ownBlock(const OwnConvolution& task, const float* input, float* output)
{
    const Floats d;
    const float* weights = task.weights;
    const Vector bias = task.bias ? hn::Load(d, task.bias) : hn::Zero(d);
    Vector sums[Columns];
#pragma GCC unroll 8
    for (int x = 0; x < Columns; ++x)
        sums[x] = bias;
    for (int in = 0; in < task.inputChannels;
         ++in, input = vectorAt(input, task.inputChannelStride)) {
        const float* row = input;
        for (int a = 0; a < task.kernelHeight; ++a, row = vectorAt(row, task.inputRowStride))
            for (int b = 0; b < task.kernelWidth; ++b) {
                const Vector weight = hn::Load(d, weights);
                weights = vectorAt(weights, task.weightStep);
#pragma GCC unroll 8
                for (int x = 0; x < Columns; ++x)
                    sums[x] = hn::MulAdd(hn::Load(d, vectorAt(row, b + x)), weight, sums[x]);
            }
    }
#pragma GCC unroll 8
    for (int x = 0; x < Columns; ++x)
        hn::Store(sums[x], d, vectorAt(output, x));
}

template<int Columns>
HWY_ATTR void ownColumns(const OwnConvolution& task, int columns, const float* input, float* output)
{
    if (columns == Columns)
        ownBlock<Columns>(task, input, output);
    else if constexpr (Columns > 1)
        ownColumns<Columns - 1>(task, columns, input, output);
}

HWY_ATTR inline void convolveOwn(const OwnConvolution& task)
{
    for (int row = 0; row < task.rows; ++row) {
        const float* input = vectorAt(task.input, row * task.inputRowStride);
        float* output = vectorAt(task.output, row * task.outputRowStride);
        for (int x = 0; x < task.columns;) {
            const int columns = nextPart(task.columns - x, kMostBlockColumns);
            ownColumns<kMostBlockColumns>(task, columns, vectorAt(input, x), vectorAt(output, x));
            x += columns;
        }
    }
}

/// The mean of the activated map, and in its place that mean's gradient.
HWY_ATTR inline void meanAndGradient(const OwnChannelTask& task, float* map, int rowStride)
{
    const Floats d;
    const Vector share = hn::Set(d, 1.0F / static_cast<float>(task.rows * task.columns));
    const Vector slope = hn::Load(d, task.slopes);
    const Vector shareBelow = hn::Mul(slope, share);
    Vector mean = hn::Zero(d);
    for (int row = 0; row < task.rows; ++row, map = vectorAt(map, rowStride))
        for (int x = 0; x < task.columns; ++x) {
            const Vector value = hn::Load(d, vectorAt(map, x));
            mean = hn::Add(mean, hn::Mul(activated(value, slope), share));
            hn::Store(hn::IfThenElse(hn::Gt(value, hn::Zero(d)), share, shareBelow), d,
                      vectorAt(map, x));
        }
    hn::Store(mean, d, task.means);
}

HWY_ATTR inline void ownChannel(const OwnChannelTask& task)
{
    const int area = task.kernelHeight * task.kernelWidth;
    OwnConvolution way;
    way.inputRowStride = task.columns + task.kernelWidth - 1;
    way.inputChannelStride = (task.rows + task.kernelHeight - 1) * way.inputRowStride;
    way.kernelHeight = task.kernelHeight;
    way.kernelWidth = task.kernelWidth;
    OwnConvolution back = way;

    const int mapRowStride = task.columns + 2 * (task.kernelWidth - 1);
    float* map = vectorAt(task.map, (task.kernelHeight - 1) * mapRowStride + task.kernelWidth - 1);
    way.input = task.input;
    way.inputChannels = task.inputChannels;
    way.weights = task.weights;
    way.bias = task.biases;
    way.output = map;
    way.outputRowStride = mapRowStride;
    way.rows = task.rows;
    way.columns = task.columns;
    convolveOwn(way);
    meanAndGradient(task, map, mapRowStride);

    back.input = task.map;
    back.inputChannels = 1;
    back.inputRowStride = mapRowStride;
    back.weightStep = -1; // turned by half a circle
    back.outputRowStride = way.inputRowStride;
    back.rows = task.rows + task.kernelHeight - 1;
    back.columns = way.inputRowStride;
    for (int in = 0; in < task.inputChannels; ++in) {
        back.weights = vectorAt(task.weights, (in + 1) * area - 1);
        back.output = vectorAt(task.inputGradient, in * way.inputChannelStride);
        convolveOwn(back);
    }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
