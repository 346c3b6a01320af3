// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/kernels.h"
#include "core/model/architecture.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace core::fused
{

/// How a layer's output lies in memory: [channels][rows][columns] of vectors whose lanes are
/// images, with a border of zeros where the next layer is a convolution with padding. All numbers
/// count vectors. Rows and columns that nothing reads are left out.
struct Map {
    int channels = 0;
    int rows = 0;
    int columns = 0;
    int border = 0;

    int rowStride() const { return columns + 2 * border; }
    int channelStride() const { return rowStride() * (rows + 2 * border); }
    std::size_t size() const
    {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(channelStride());
    }
    /// Of a channel's first value behind the border.
    std::size_t at(int channel, int row = 0, int column = 0) const
    {
        return static_cast<std::size_t>(channel * channelStride() + (row + border) * rowStride() +
                                        column + border);
    }
};

/// Of convolutions whose gradients meet only the place that a max pool chose.
inline constexpr int kLargestPooledKernel = 4;

enum class StepKind { Convolution, Activation, Pool, Linear };

/// One layer at work. Offsets are into the flat vector of parameters.
struct Step {
    StepKind kind = StepKind::Convolution;
    int layer = 0; ///< index into Architecture::layers()
    Map in;
    Map out;
    Shape shape; ///< of the whole output, read or not
    Convolution convolution;
    Activation activation;
    Pool pool; ///< a global one has the kernel of its whole map
    int poolHeight = 0;
    int poolWidth = 0;
    Shape poolInput; ///< the whole input, which limits a pool's windows
    std::size_t weights = 0;
    std::optional<std::size_t> biases;
    std::optional<std::size_t> slopes;
    float constantSlope = 0; ///< of an activation that learns none: LeakyReLU's, ReLU's 0, Abs's -1
    /// A convolution whose output is only read by the max pool of 2x2 behind it and the activation
    /// between: the three run together, and `fused` counts them. Else 1.
    int fused = 1;

    /// Whether the way back can lead through the fused pool and the convolution at once.
    bool hasPooledGradient() const
    {
        return fused > 1 && convolution.stride == 1 &&
               convolution.kernelHeight == convolution.kernelWidth &&
               convolution.kernelWidth <= kLargestPooledKernel;
    }
};

/// A layer with weights and what follows until the next one. Each output channel (of the linear
/// layer: each logit) depends on all inputs and on its own weights, biases and slopes only. What
/// stands before the first layer with weights is a stage of its own.
struct Stage {
    std::size_t firstStep = 0;
    std::size_t endStep = 0;
    int layer = 0; ///< of the weights; of the first step where there are none
};

enum class Extent {
    Read, ///< below the last layer only what something reads
    Full, ///< every layer's whole output, kept on its own
};

/// Of an activation that is no two lines.
Curve curveOf(ActivationKind kind);

/// What runs, in which order, over which memory: made once for an architecture.
class Plan
{
public:
    /// Runs up to `lastLayer`, whose output is made in full; -1 is the input itself. Expects
    /// fusedCovers(architecture).
    Plan(const Architecture& architecture, int lastLayer, Extent extent = Extent::Read);
    /// Runs up to the logits.
    explicit Plan(const Architecture& architecture);

    const Architecture& architecture() const { return m_architecture; }
    const Map& input() const { return m_input; }
    const Map& output() const { return m_steps.empty() ? m_input : m_steps.back().out; }
    const std::vector<Step>& steps() const { return m_steps; }
    const std::vector<Stage>& stages() const { return m_stages; }
    const Map& stageInput(std::size_t stage) const;
    const Map& stageOutput(std::size_t stage) const;
    /// The step that makes a layer's output: a flattening's and dropout's is that of the layer
    /// before. Nothing where that is the input itself.
    std::optional<std::size_t> stepOf(int layer) const;
    /// Vectors of scratch that forwardStage needs: for two maps at once.
    std::size_t scratchSize() const { return m_scratchSize; }

private:
    void addSteps(int lastLayer, Extent extent);
    void resolveParameters();
    void fuse();
    void findStages();

    Architecture m_architecture;
    Map m_input;
    std::vector<Step> m_steps;
    std::vector<Stage> m_stages;
    std::size_t m_scratchSize = 0;
};

} // namespace core::fused
