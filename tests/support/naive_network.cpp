// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/naive_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace test
{

namespace
{

using core::ParameterRole;
using core::Shape;

class NaiveLayer
{
public:
    NaiveLayer(const core::Architecture& architecture, std::span<const double> parameters,
               int layer, const std::vector<double>& x)
        : m_in(architecture.inputOf(layer)), m_out(architecture.outputOf(layer)), m_x(x)
    {
        std::size_t offset = 0;
        for (const core::ParameterSpec& spec : architecture.parameterSpecs()) {
            if (spec.layer == layer)
                m_tensors[static_cast<std::size_t>(spec.role)] =
                    parameters.subspan(offset, spec.count);
            offset += spec.count;
        }
    }

    std::vector<double> operator()(const core::Convolution& c) const
    {
        std::vector<double> y;
        const int perGroup = m_in.channels / c.groups;
        for (int o = 0; o < m_out.channels; ++o)
            for (int r = 0; r < m_out.height; ++r)
                for (int s = 0; s < m_out.width; ++s) {
                    double sum = c.bias ? parameter(ParameterRole::Bias, o) : 0;
                    for (int i = 0; i < perGroup; ++i)
                        for (int a = 0; a < c.kernelHeight; ++a)
                            for (int b = 0; b < c.kernelWidth; ++b) {
                                const int tap =
                                    ((o * perGroup + i) * c.kernelHeight + a) * c.kernelWidth + b;
                                sum += parameter(ParameterRole::Weight, tap) *
                                       inputAt(o / (m_out.channels / c.groups) * perGroup + i,
                                               r * c.stride - c.padding + a * c.dilation,
                                               s * c.stride - c.padding + b * c.dilation, 0);
                            }
                    y.push_back(sum);
                }
        return y;
    }

    std::vector<double> operator()(const core::Activation& a) const
    {
        std::vector<double> y;
        for (int i = 0; i < m_in.count(); ++i) {
            const double x = m_x[static_cast<std::size_t>(i)];
            double slope = a.slope;
            if (a.kind == core::ActivationKind::PReLU)
                slope = parameter(ParameterRole::Slope, a.sharedSlope ? 0 : i / m_in.area());
            switch (a.kind) {
            case core::ActivationKind::ReLU:
                y.push_back(std::max(x, 0.0));
                break;
            case core::ActivationKind::PReLU:
            case core::ActivationKind::LeakyReLU:
                y.push_back(x > 0 ? x : slope * x);
                break;
            case core::ActivationKind::Sigmoid:
                y.push_back(1 / (1 + std::exp(-x)));
                break;
            case core::ActivationKind::Tanh:
                y.push_back(std::tanh(x));
                break;
            case core::ActivationKind::SiLU:
                y.push_back(x / (1 + std::exp(-x)));
                break;
            case core::ActivationKind::GELU:
                y.push_back(x * std::erfc(-x / std::sqrt(2.0)) / 2);
                break;
            case core::ActivationKind::ELU:
                y.push_back(x > 0 ? x : std::exp(x) - 1);
                break;
            case core::ActivationKind::Abs:
                y.push_back(std::abs(x));
                break;
            case core::ActivationKind::SquaredReLU:
                y.push_back(x > 0 ? x * x : 0);
                break;
            }
        }
        return y;
    }

    std::vector<double> operator()(const core::Pool& p) const
    {
        const bool isMax = p.kind == core::PoolKind::Max;
        const int kernelHeight = p.global ? m_in.height : p.kernel;
        const int kernelWidth = p.global ? m_in.width : p.kernel;
        std::vector<double> y;
        for (int c = 0; c < m_out.channels; ++c)
            for (int r = 0; r < m_out.height; ++r)
                for (int s = 0; s < m_out.width; ++s) {
                    double highest = -std::numeric_limits<double>::infinity();
                    double sum = 0;
                    for (int a = 0; a < kernelHeight; ++a)
                        for (int b = 0; b < kernelWidth; ++b) {
                            const int row = (p.global ? 0 : r * p.stride - p.padding) + a;
                            const int column = (p.global ? 0 : s * p.stride - p.padding) + b;
                            highest = std::max(
                                highest,
                                inputAt(c, row, column, -std::numeric_limits<double>::infinity()));
                            sum += inputAt(c, row, column, 0);
                        }
                    y.push_back(isMax ? highest
                                      : sum / divisor(p, r, s, kernelHeight, kernelWidth));
                }
        return y;
    }

    std::vector<double> operator()(const core::BatchNorm& n) const
    {
        std::vector<double> y;
        for (int i = 0; i < m_in.count(); ++i) {
            const int c = i / m_in.area();
            const double x =
                (m_x[static_cast<std::size_t>(i)] - parameter(ParameterRole::RunningMean, c)) /
                std::sqrt(parameter(ParameterRole::RunningVariance, c) + n.epsilon);
            y.push_back(n.affine ? x * parameter(ParameterRole::Scale, c) +
                                       parameter(ParameterRole::Shift, c)
                                 : x);
        }
        return y;
    }

    std::vector<double> operator()(const core::Linear& l) const
    {
        std::vector<double> y;
        for (int o = 0; o < l.outputs; ++o) {
            double sum = l.bias ? parameter(ParameterRole::Bias, o) : 0;
            for (int i = 0; i < m_in.channels; ++i)
                sum += parameter(ParameterRole::Weight, o * m_in.channels + i) *
                       m_x[static_cast<std::size_t>(i)];
            y.push_back(sum);
        }
        return y;
    }

    std::vector<double> operator()(const core::Dropout&) const { return m_x; }
    std::vector<double> operator()(const core::Flatten&) const { return m_x; }

private:
    double parameter(ParameterRole role, int index) const
    {
        return m_tensors[static_cast<std::size_t>(role)][static_cast<std::size_t>(index)];
    }

    /// PyTorch counts the padding, but not what ceil_mode lets hang over behind it.
    int divisor(const core::Pool& p, int row, int column, int kernelHeight, int kernelWidth) const
    {
        if (p.global)
            return kernelHeight * kernelWidth;
        const int top = row * p.stride - p.padding;
        const int left = column * p.stride - p.padding;
        return std::min(kernelHeight, m_in.height + p.padding - top) *
               std::min(kernelWidth, m_in.width + p.padding - left);
    }

    double inputAt(int channel, int row, int column, double outside) const
    {
        if (row < 0 || row >= m_in.height || column < 0 || column >= m_in.width)
            return outside;
        return m_x[static_cast<std::size_t>((channel * m_in.height + row) * m_in.width + column)];
    }

    std::array<std::span<const double>, 7> m_tensors; ///< by role
    Shape m_in;
    Shape m_out;
    const std::vector<double>& m_x;
};

} // namespace

std::vector<std::vector<double>> naiveForward(const core::Architecture& architecture,
                                              std::span<const double> parameters,
                                              std::span<const double> image)
{
    const core::InputSpec& input = architecture.input();
    std::vector<double> x;
    for (const double pixel : image)
        x.push_back((pixel - input.mean) / input.deviation);
    std::vector<std::vector<double>> outputs;
    for (int layer = 0; layer < static_cast<int>(architecture.layers().size()); ++layer) {
        x = std::visit(NaiveLayer(architecture, parameters, layer, x),
                       architecture.layers()[static_cast<std::size_t>(layer)]);
        outputs.push_back(x);
    }
    return outputs;
}

std::vector<double> inDouble(std::span<const float> values)
{
    return {values.begin(), values.end()};
}

double crossEntropy(const std::vector<double>& logits, std::size_t label)
{
    double sum = 0;
    for (const double logit : logits)
        sum += std::exp(logit);
    return std::log(sum) - logits[label];
}

} // namespace test
