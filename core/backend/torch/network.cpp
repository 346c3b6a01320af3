// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/torch/network.h"

#include "core/base/random.h"

#include <ATen/CPUGeneratorImpl.h>

namespace core::torch_backend
{

namespace
{

torch::Tensor activate(const Activation& activation, const torch::Tensor& x,
                       const torch::Tensor& slope)
{
    switch (activation.kind) {
    case ActivationKind::ReLU:
        return torch::relu(x);
    case ActivationKind::PReLU:
        return torch::prelu(x, slope);
    case ActivationKind::LeakyReLU:
        return torch::leaky_relu(x, activation.slope);
    case ActivationKind::Sigmoid:
        return torch::sigmoid(x);
    case ActivationKind::Tanh:
        return torch::tanh(x);
    case ActivationKind::SiLU:
        return torch::silu(x);
    case ActivationKind::GELU:
        return torch::gelu(x);
    case ActivationKind::ELU:
        return torch::elu(x);
    case ActivationKind::Abs:
        return torch::abs(x);
    case ActivationKind::SquaredReLU:
        return torch::square(torch::relu(x));
    }
    return x;
}

torch::Tensor pool(const Pool& pool, const torch::Tensor& x)
{
    if (pool.global)
        return pool.kind == PoolKind::Max ? torch::amax(x, {2, 3}, true)
                                          : torch::mean(x, {2, 3}, true);
    if (pool.kind == PoolKind::Max)
        return torch::max_pool2d(x, pool.kernel, pool.stride, pool.padding, 1, pool.roundUp);
    return torch::avg_pool2d(x, pool.kernel, pool.stride, pool.padding, pool.roundUp);
}

torch::Tensor drop(const Dropout& dropout, const torch::Tensor& x, std::uint64_t seed)
{
    // A generator of its own: LibTorch's global one would make runs depend on each other.
    const at::Generator generator = at::detail::createCPUGenerator(seed);
    const double keep = 1.0 - dropout.rate;
    if (keep <= 0)
        return torch::zeros_like(x);
    return x * torch::empty_like(x).bernoulli_(keep, generator).div_(keep);
}

} // namespace

Network::Network(const Architecture& architecture)
    : m_architecture(architecture), m_layout(architecture)
{
}

std::vector<torch::Tensor> Network::view(std::span<const float> parameters) const
{
    std::vector<torch::Tensor> tensors;
    tensors.reserve(m_layout.slices().size());
    for (const ParameterSlice& slice : m_layout.slices())
        tensors.push_back(
            torch::from_blob(const_cast<float*>(parameters.data() + slice.offset), slice.shape));
    return tensors;
}

torch::Tensor Network::forward(const torch::Tensor& images,
                               const std::vector<torch::Tensor>& tensors, int last,
                               const std::function<void(int, const torch::Tensor&)>& visit,
                               Mode mode, std::uint64_t dropoutSeed) const
{
    const InputSpec& input = m_architecture.input();
    torch::Tensor x = (images - input.mean) / input.deviation;
    for (int layer = 0; layer <= last; ++layer) {
        x = apply(layer, x, tensors, mode,
                  derivedSeed(dropoutSeed, static_cast<std::uint64_t>(layer)));
        if (visit)
            visit(layer, x);
    }
    return x;
}

torch::Tensor Network::tensorOf(const std::vector<torch::Tensor>& tensors, int layer,
                                ParameterRole role) const
{
    const ParameterSlice* slice = m_layout.find(layer, role);
    if (!slice)
        return {};
    return tensors[static_cast<std::size_t>(slice - m_layout.slices().data())];
}

torch::Tensor Network::apply(int layer, const torch::Tensor& x,
                             const std::vector<torch::Tensor>& tensors, Mode mode,
                             std::uint64_t dropoutSeed) const
{
    const auto tensor = [&](ParameterRole role) { return tensorOf(tensors, layer, role); };
    const Layer& what = m_architecture.layers()[static_cast<std::size_t>(layer)];
    if (const auto* c = std::get_if<Convolution>(&what))
        return torch::conv2d(x, tensor(ParameterRole::Weight), tensor(ParameterRole::Bias),
                             c->stride, c->padding, c->dilation, c->groups);
    if (const auto* activation = std::get_if<Activation>(&what))
        return activate(*activation, x, tensor(ParameterRole::Slope));
    if (const auto* p = std::get_if<Pool>(&what))
        return pool(*p, x);
    if (const auto* norm = std::get_if<BatchNorm>(&what))
        return batchNorm(layer, *norm, x, tensors, mode);
    if (const auto* dropout = std::get_if<Dropout>(&what))
        return mode == Mode::Train ? drop(*dropout, x, dropoutSeed) : x;
    if (std::holds_alternative<Linear>(what))
        return torch::linear(x.dim() == 2 ? x : x.flatten(1), tensor(ParameterRole::Weight),
                             tensor(ParameterRole::Bias));
    return x.flatten(1);
}

torch::Tensor Network::batchNorm(int layer, const BatchNorm& norm, const torch::Tensor& x,
                                 const std::vector<torch::Tensor>& tensors, Mode mode) const
{
    constexpr double kMomentum = 0.1; // PyTorch's default
    return torch::batch_norm(x, tensorOf(tensors, layer, ParameterRole::Scale),
                             tensorOf(tensors, layer, ParameterRole::Shift),
                             tensorOf(tensors, layer, ParameterRole::RunningMean),
                             tensorOf(tensors, layer, ParameterRole::RunningVariance),
                             mode == Mode::Train, kMomentum, norm.epsilon, false);
}

} // namespace core::torch_backend
