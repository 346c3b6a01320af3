// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core
{

// The layers that a network may be made of. Square strides and paddings, one input channel.

struct Convolution {
    int outputs = 0;
    int kernelHeight = 3;
    int kernelWidth = 3;
    int stride = 1;
    int padding = 0;
    int dilation = 1;
    int groups = 1;
    bool bias = true;
    bool operator==(const Convolution&) const = default;
};

enum class ActivationKind {
    ReLU,
    PReLU,
    LeakyReLU,
    Sigmoid,
    Tanh,
    SiLU,        ///< x times its sigmoid, "swish" (Ramachandran et al., 2017)
    GELU,        ///< x times the normal distribution function, exactly (Hendrycks and Gimpel, 2016)
    ELU,         ///< below 0 e^x - 1 (Clevert et al., ICLR 2016)
    Abs,         ///< |x|
    SquaredReLU, ///< the square of ReLU (So et al., NeurIPS 2021)
};

struct Activation {
    ActivationKind kind = ActivationKind::ReLU;
    double slope = 0.01;      ///< of LeakyReLU
    bool sharedSlope = false; ///< PReLU: one learned slope for all channels instead of one each
    bool operator==(const Activation&) const = default;
};

enum class PoolKind { Max, Average };

struct Pool {
    PoolKind kind = PoolKind::Max;
    int kernel = 2;
    int stride = 2;
    int padding = 0;
    bool roundUp = false; ///< PyTorch's ceil_mode
    bool global = false;  ///< the whole map becomes one value; kernel and stride are not used
    bool operator==(const Pool&) const = default;
};

struct BatchNorm {
    double epsilon = 1e-5;
    bool affine = true;
    bool operator==(const BatchNorm&) const = default;
};

struct Dropout {
    double rate = 0.5;
    bool operator==(const Dropout&) const = default;
};

struct Flatten {
    bool operator==(const Flatten&) const = default;
};

struct Linear {
    int outputs = 0;
    bool bias = true;
    bool operator==(const Linear&) const = default;
};

using Layer = std::variant<Convolution, Activation, Pool, BatchNorm, Dropout, Flatten, Linear>;

/// [C, H, W]; vectors are [C, 1, 1].
struct Shape {
    int channels = 0;
    int height = 1;
    int width = 1;

    int area() const { return height * width; }
    int count() const { return channels * area(); }
    bool operator==(const Shape&) const = default;
};

/// What the network expects: grey images whose pixels, in 0..1, become (pixel - mean) / deviation.
/// With any of the last two it plays in the league of transformed inputs.
struct InputSpec {
    int height = 28;
    int width = 28;
    double mean = 0.1307;
    double deviation = 0.3081;
    bool deskew = false;        ///< images are set upright first (core/data/deskew.h)
    bool averageShifts = false; ///< answers are the mean probability over the image and its four
                                ///< neighbours, moved by one pixel
    bool isTransformed() const { return deskew || averageShifts; }
    bool operator==(const InputSpec&) const = default;
};

/// A layer with weights together with the batch norm and activation function behind it: what people
/// call "conv1". Indices are into Architecture::layers().
struct Unit {
    std::string name; ///< "conv1", "conv2", ..., "hidden1", ..., "logits" for a last linear layer
    int weightLayer = 0;
    int preLayer = 0;  ///< its output is the value before the activation function
    int postLayer = 0; ///< its output is the value after it; equals preLayer where there is none
    Shape shape;       ///< of both
};

enum class Stage { Pre, Post };

/// What a slice of the parameters is for.
enum class ParameterRole { Weight, Bias, Slope, Scale, Shift, RunningMean, RunningVariance };

bool isTrainable(ParameterRole role); ///< all but the two running statistics

/// One tensor of the network, as PyTorch would store it.
struct ParameterSpec {
    std::string name; ///< "features.0.weight"
    int layer = 0;
    ParameterRole role = ParameterRole::Weight;
    std::vector<std::int64_t> shape;
    std::size_t count = 0;
};

/// Layers as data, checked when made: every shape fits. Immutable, cheap to copy, thread-safe.
class Architecture
{
public:
    Architecture() = default;
    /// Throws Error(Input) naming the first layer that does not fit its input.
    explicit Architecture(std::vector<Layer> layers, InputSpec input = {});

    const InputSpec& input() const { return m_input; }
    const std::vector<Layer>& layers() const { return m_layers; }
    Shape inputShape() const { return {1, m_input.height, m_input.width}; }
    Shape inputOf(int layer) const; ///< shape that the layer receives
    Shape outputOf(int layer) const { return m_outputs[static_cast<std::size_t>(layer)]; }

    int classes() const; ///< number of logits
    const std::vector<Unit>& units() const { return m_units; }
    std::optional<int> unitByName(std::string_view name) const; ///< "conv1" or "1", counted from 1

    /// The layer whose output are the feature neurons: what the last linear layer reads, before
    /// flattening ([4, 3, 3] in the published network). Without a linear layer, the last unit.
    int featureLayer() const { return m_featureLayer; }
    /// Stage::Pre: before the activation of the unit that they belong to, if they belong to one.
    int featureLayer(Stage stage) const;
    Shape featureShape() const;
    /// The unit that the feature neurons belong to, if its activation is the feature layer itself.
    std::optional<int> featureUnit() const;

    /// All tensors in order of the layers, with PyTorch's names for a module that has its layers up
    /// to the flattening in `features` and the rest in `classifier`.
    std::vector<ParameterSpec> parameterSpecs() const;
    std::size_t trainableCount() const; ///< weights, biases, slopes, scales and shifts

    bool operator==(const Architecture& other) const
    {
        return m_input == other.m_input && m_layers == other.m_layers;
    }

private:
    void inferShapes();
    void findUnits();

    InputSpec m_input;
    std::vector<Layer> m_layers;
    std::vector<Shape> m_outputs;
    std::vector<Unit> m_units;
    int m_featureLayer = 0;
};

/// "conv 4@4x4", "PReLU", "max pool 2": what a table of the layers says.
std::string describe(const Layer& layer);
std::string describe(const Shape& shape); ///< "4x12x12", "10"

} // namespace core
