// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace core::fused
{

// The arithmetic, compiled once for each kind of processor. Images lie in the lanes of a vector: a
// value of a map is `lanes` floats in a row, one an image. Strides count vectors, so that a task
// reads the same for every target. All pointers to maps are aligned to a vector.
//
// An output's sum has one order, whatever else is computed along with it: the bias, then a fused
// multiply-add for each input channel, kernel row and kernel column, in this order.

inline constexpr std::size_t kMostLanes = 16; ///< of any target

struct ConvolutionTask {
    const float* input = nullptr; ///< where the kernel lies for output (0, 0): border included
    int inputChannels = 0;
    int inputRowStride = 0;
    int inputChannelStride = 0;
    float* output = nullptr; ///< channel 0, row 0, column 0
    int outputRowStride = 0;
    int outputChannelStride = 0;
    int rows = 0; ///< of output
    int columns = 0;
    int firstChannel = 0;
    int endChannel = 0;
    const float* weights = nullptr; ///< [channels][inputChannels][kernelHeight][kernelWidth]
    const float* biases = nullptr;  ///< may be absent
    int kernelHeight = 1;
    int kernelWidth = 1;
    int stride = 1;
};

enum class Curve { None, SiLU, GELU, ELU, SquaredReLU };

/// x where it is above 0, else slope * x; without slopes, the value as it is; or a curve.
struct Slopes {
    Curve curve = Curve::None; ///< then there are no slopes, and no convolution takes it along
    bool any = false;
    const float* values = nullptr; ///< one a channel, or one for all
    bool shared = false;

    float of(int channel) const { return values[shared ? 0 : channel]; }
};

/// A convolution, an activation or none, and a max pool of 2x2 with stride 2.
struct PooledConvolutionTask {
    ConvolutionTask convolution; ///< of the pool's whole input; its output is kept nowhere
    Slopes slopes;
    float* output = nullptr; ///< of the pool: channel 0, row 0, column 0
    int outputRowStride = 0;
    int outputChannelStride = 0;
    /// For training, else null: [channels][rows][columns] the value before the activation at the
    /// place that the pool chose, and in kArgmaxBytes bytes a lane mask "lower row" followed by a
    /// lane mask "right column".
    float* chosen = nullptr;
    std::uint8_t* argmax = nullptr;
};

inline constexpr std::size_t kArgmaxBytes = 4;
inline constexpr std::size_t kArgmaxSlack = 8; ///< bytes behind the last that may be touched

/// Values of one channel range from one map to another.
struct MapTask {
    const float* input = nullptr; ///< channel 0, row 0, column 0
    int inputRowStride = 0;
    int inputChannelStride = 0;
    float* output = nullptr;
    int outputRowStride = 0;
    int outputChannelStride = 0;
    int rows = 0; ///< of output
    int columns = 0;
    int firstChannel = 0;
    int endChannel = 0;
};

struct PoolTask {
    MapTask map;
    int inputRows = 0; ///< of the whole map: a window ends there
    int inputColumns = 0;
    int kernelHeight = 0;
    int kernelWidth = 0;
    int stride = 1;
    int padding = 0;
    bool isMax = true;
};

/// Bytes of `lanes` images into lanes, scaled as (byte / 255 - mean) / deviation.
struct PixelTask {
    const std::uint8_t* const* images = nullptr; ///< [lanes] of at least rows x imageWidth bytes
    int imageWidth = 0;
    int rows = 0; ///< of output
    int columns = 0;
    float* output = nullptr; ///< row 0, column 0
    int outputRowStride = 0;
    float factor = 1; ///< a pixel x in 0..1 becomes x * factor + shift
    float shift = 0;
};

/// Images of floats into lanes.
struct LoadTask {
    const float* const* images = nullptr; ///< [lanes] of at least rows x imageWidth floats
    int imageWidth = 0;
    int rows = 0; ///< of output
    int columns = 0;
    float* output = nullptr; ///< row 0, column 0
    int outputRowStride = 0;
    float factor = 1; ///< a pixel x becomes x * factor + shift
    float shift = 0;
};

/// Lanes into images of floats.
struct StoreTask {
    const float* input = nullptr; ///< row 0, column 0
    int inputRowStride = 0;
    int rows = 0; ///< of input
    int columns = 0;
    float* const* images = nullptr; ///< [lanes]
    int imageWidth = 0;
    float factor = 1; ///< a value x becomes x * factor
};

struct LossTask {
    const float* logits = nullptr;        ///< [classes]
    const std::int32_t* labels = nullptr; ///< [lanes]
    int classes = 0;
    float smoothing = 0;
    float* gradient = nullptr;          ///< [classes] by the logits, or null
    float gradientScale = 1;            ///< times this: one over the batch's size
    const float* softTargets = nullptr; ///< [classes] of a teacher, or null
    float temperature = 1;              ///< as in TrainingBatch
    float softWeight = 0;
    int count = 0;                       ///< lanes with an image; the others' gradient is 0
    float* losses = nullptr;             ///< [lanes]
    std::int32_t* predictions = nullptr; ///< [lanes] the first highest
};

struct ForwardKernels {
    const char* name = nullptr; ///< "AVX-512"
    int lanes = 0;
    void (*convolve)(const ConvolutionTask&) = nullptr;
    void (*convolveAndPool)(const PooledConvolutionTask&) = nullptr;
    void (*activate)(const MapTask&, const Slopes&) = nullptr;
    void (*pool)(const PoolTask&) = nullptr;
    void (*loadPixels)(const PixelTask&) = nullptr;
    void (*loadFloats)(const LoadTask&) = nullptr;
    void (*storeFloats)(const StoreTask&) = nullptr;
    void (*loss)(const LossTask&) = nullptr;
};

/// The best that this processor has (of those that Highway's dispatch is allowed).
const ForwardKernels& forwardKernels();

/// For few images, with the same bits in each lane: AVX2's eight lanes instead of AVX-512's
/// sixteen, which take twice the time. Else those of forwardKernels().
const ForwardKernels& narrowForwardKernels();

} // namespace core::fused
