// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "core/model/parameters.h"

#include <cstdint>
#include <functional>
#include <span>
#include <torch/torch.h>
#include <vector>

namespace core::torch_backend
{

enum class Mode { Evaluate, Train };

/// An architecture as a sequence of LibTorch operations over tensors that view a flat vector.
class Network
{
public:
    explicit Network(const Architecture& architecture);

    const Architecture& architecture() const { return m_architecture; }
    const Parameters& layout() const { return m_layout; } ///< slices; its values are not used

    /// One tensor a slice, viewing the memory of `parameters`, which must outlive it.
    std::vector<torch::Tensor> view(std::span<const float> parameters) const;

    /// Runs layers 0..last on pixels in 0..1, [N, 1, H, W]. `visit` sees each layer's output.
    torch::Tensor forward(const torch::Tensor& images, const std::vector<torch::Tensor>& tensors,
                          int last, const std::function<void(int, const torch::Tensor&)>& visit,
                          Mode mode = Mode::Evaluate, std::uint64_t dropoutSeed = 0) const;

    int lastLayer() const { return static_cast<int>(m_architecture.layers().size()) - 1; }

private:
    torch::Tensor tensorOf(const std::vector<torch::Tensor>& tensors, int layer,
                           ParameterRole role) const;
    torch::Tensor apply(int layer, const torch::Tensor& x,
                        const std::vector<torch::Tensor>& tensors, Mode mode,
                        std::uint64_t dropoutSeed) const;
    torch::Tensor batchNorm(int layer, const BatchNorm& norm, const torch::Tensor& x,
                            const std::vector<torch::Tensor>& tensors, Mode mode) const;

    Architecture m_architecture;
    Parameters m_layout;
};

} // namespace core::torch_backend
