// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/kernels.h"

#include <cstdint>

namespace core::fused
{

// The way back. A gradient map is [channels][rows][columns] of vectors, without a border, whose
// lanes are images. Gradients of parameters are summed over the lanes. Which sums are made in which
// order depends on the task alone.

/// Of a convolution's weights, from the gradient of its output.
struct WeightGradientTask {
    const float* input = nullptr; ///< where the kernel lies for output (0, 0): border included
    int inputChannels = 0;
    int inputRowStride = 0;
    int inputChannelStride = 0;
    const float* gradient = nullptr; ///< of the output: channel 0, row 0, column 0
    int gradientColumnStride = 1;
    int gradientRowStride = 0;
    int gradientChannelStride = 0;
    int channels = 0;
    int rows = 0;
    int columns = 0;
    int kernelHeight = 1;
    int kernelWidth = 1;
    int stride = 1;
    float* weights = nullptr; ///< result: [channels][inputChannels][kernelHeight][kernelWidth]
};

/// Likewise where a max pool of 2x2 let only one of four values through: `gradient` is that of the
/// pool's input at the chosen place, [channels][rows][columns] of the pool. Stride 1 and square
/// kernels of up to 4x4.
struct PooledWeightGradientTask {
    WeightGradientTask convolution; ///< rows and columns are the pool's
    const std::uint8_t* argmax = nullptr;
};

/// The gradient of the convolution's input from the same: each lane looks up the kernel in the
/// place that its own choice gives it. No padding; else as above.
struct PooledInputGradientTask {
    const float* gradient = nullptr; ///< [channels][rows][columns] of the pool
    const std::uint8_t* argmax = nullptr;
    int channels = 0;
    int rows = 0;
    int columns = 0;
    int inputChannels = 0;
    int kernel = 1;
    /// [inputChannels][channels][(kernel + 1)^2][4]: what a place of the window of inputs weighs
    /// where the pool chose left above, right above, left below, right below.
    const float* tables = nullptr;
    float* result = nullptr; ///< [inputChannels][2 rows + kernel - 1][2 columns + kernel - 1]
    // Scratch:
    float* indices = nullptr;    ///< [channels][rows][columns]
    float* wideTables = nullptr; ///< [channels][(kernel + 1)^2]
};

/// Spreads a gradient over a map with room for zeros between and around.
struct SpreadTask {
    const float* gradient = nullptr; ///< [channels][rows][columns]
    int channels = 0;
    int rows = 0;
    int columns = 0;
    float* output = nullptr; ///< where row 0, column 0 goes
    int columnStride = 1;
    int rowStride = 0;
    int channelStride = 0;
    const std::uint8_t* argmax = nullptr; ///< rows and columns are a pool's: to 2x2 places, where
                                          ///< the one that it chose gets the value
};

/// Turns the gradient of an activation's output into that of its input, in place.
struct ActivationGradientTask {
    const float* input = nullptr; ///< before the activation: channel 0, row 0, column 0
    int inputRowStride = 0;
    int inputChannelStride = 0;
    float* gradient = nullptr; ///< [channels][rows][columns]
    int channels = 0;
    int rows = 0;
    int columns = 0;
    Slopes slopes;
    float* slopeGradient = nullptr; ///< one a channel or one for all, or null
    float* sums = nullptr;          ///< [channels] of the input's gradient, or null
};

struct PoolGradientTask {
    PoolTask pool;                   ///< map.input is the pool's; map.output is not used
    const float* gradient = nullptr; ///< [channels][rows][columns] of the output
    float* result = nullptr;         ///< [channels][resultRows][resultColumns] of the input
    int resultRows = 0;
    int resultColumns = 0;
};

struct LinearGradientTask {
    const float* input = nullptr;    ///< [inputs]
    const float* gradient = nullptr; ///< [outputs]
    const float* weights = nullptr;  ///< [outputs][inputs]
    float* weightGradient = nullptr; ///< [outputs][inputs], or null
    float* inputGradient = nullptr;  ///< [inputs], or null
    int inputs = 0;
    int outputs = 0;
};

/// The mean of one channel's map behind a convolution of stride 1 without padding and an
/// activation, of another channel in each lane, and its gradient by the convolution's input.
struct OwnChannelTask {
    const float* input = nullptr; ///< [inputChannels][rows + kernelHeight - 1]
                                  ///< [columns + kernelWidth - 1]
    int inputChannels = 0;
    int rows = 0; ///< of the channel's map
    int columns = 0;
    int kernelHeight = 1;
    int kernelWidth = 1;
    // A vector each, whose lanes belong to the lanes' own channels:
    const float* weights = nullptr; ///< [inputChannels][kernelHeight][kernelWidth]
    const float* biases = nullptr;
    const float* slopes = nullptr;  ///< below 0; 1 where there is no activation
    float* means = nullptr;         ///< result
    float* inputGradient = nullptr; ///< result, like input
    float* map = nullptr; ///< [rows + 2 (kernelHeight - 1)][columns + 2 (kernelWidth - 1)], zeros
                          ///< around the channel's map
};

struct GradientKernels {
    void (*weights)(const WeightGradientTask&) = nullptr;
    void (*pooledWeights)(const PooledWeightGradientTask&) = nullptr;
    void (*pooledInput)(const PooledInputGradientTask&) = nullptr; ///< not with a single lane
    /// The sum over a channel's map and the lanes: a bias's gradient.
    void (*sums)(const float* gradient, int channels, int area, float* result) = nullptr;
    void (*spread)(const SpreadTask&) = nullptr;
    void (*activation)(const ActivationGradientTask&) = nullptr;
    void (*pool)(const PoolGradientTask&) = nullptr;
    void (*linear)(const LinearGradientTask&) = nullptr;
    void (*ownChannel)(const OwnChannelTask&) = nullptr;
};

/// For the same processor as forwardKernels().
const GradientKernels& gradientKernels();

/// For the same processor as narrowForwardKernels(). Gradients of maps have the same bits in each
/// lane, gradients of parameters are other sums.
const GradientKernels& narrowGradientKernels();

} // namespace core::fused
