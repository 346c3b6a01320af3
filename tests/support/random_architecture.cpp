// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_architecture.h"

#include "core/base/error.h"
#include "core/base/random.h"

#include <algorithm>
#include <optional>

namespace test
{

namespace
{

class Drawing
{
public:
    explicit Drawing(std::uint64_t seed) : m_random(seed) {}

    core::Architecture network()
    {
        core::InputSpec input;
        if (chance(0.4))
            input = {.height = between(9, 30), .width = between(9, 30), .mean = 0.4};
        std::vector<core::Layer> layers;
        const int convolutions = between(0, 3);
        addTail(layers, chance(0.3));
        for (int i = 0; i < convolutions; ++i) {
            layers.emplace_back(convolution());
            addTail(layers, true);
        }
        if (chance(0.5))
            layers.emplace_back(core::Flatten{});
        core::Architecture whole(layers, input); // throws where a kernel does not fit
        if (whole.layers().empty() ||
            whole.outputOf(static_cast<int>(layers.size()) - 1).area() != 1)
            if (layers.empty() || !std::holds_alternative<core::Flatten>(layers.back()))
                layers.emplace_back(core::Flatten{});
        layers.emplace_back(core::Linear{between(2, 12), chance(0.8)});
        return core::Architecture(layers, input);
    }

private:
    int between(int low, int high)
    {
        return low + static_cast<int>(m_random.below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool chance(double probability) { return m_random.uniform() < probability; }

    core::Convolution convolution()
    {
        core::Convolution layer;
        layer.outputs = chance(0.1) ? between(16, 32) : between(1, 9);
        layer.kernelHeight = chance(0.7) ? between(2, 4) : between(1, 7);
        layer.kernelWidth = chance(0.7) ? layer.kernelHeight : between(1, 7);
        layer.stride = chance(0.25) ? between(2, 3) : 1;
        layer.padding = chance(0.3) ? between(1, 3) : 0;
        layer.bias = chance(0.8);
        return layer;
    }

    core::Activation activation()
    {
        core::Activation layer;
        using enum core::ActivationKind;
        constexpr core::ActivationKind kKinds[] = {ReLU, LeakyReLU, PReLU, PReLU, PReLU,
                                                   SiLU, GELU,      ELU,   Abs,   SquaredReLU};
        layer.kind = kKinds[between(0, std::size(kKinds) - 1)];
        layer.sharedSlope = layer.kind == core::ActivationKind::PReLU && chance(0.3);
        if (layer.kind == core::ActivationKind::LeakyReLU)
            layer.slope = chance(0.2) ? -0.3 : 0.15;
        return layer;
    }

    core::Pool pool()
    {
        core::Pool layer;
        layer.kind = chance(0.7) ? core::PoolKind::Max : core::PoolKind::Average;
        if (chance(0.1)) {
            layer.global = true;
            return layer;
        }
        if (chance(0.6))
            return layer;
        layer.kernel = between(1, 4);
        layer.stride = between(1, 3);
        layer.padding = between(0, layer.kernel / 2);
        layer.roundUp = chance(0.4);
        return layer;
    }

    void addTail(std::vector<core::Layer>& layers, bool any)
    {
        if (any && chance(0.8))
            layers.emplace_back(activation());
        if (any && chance(0.6))
            layers.emplace_back(pool());
        if (any && chance(0.2))
            layers.emplace_back(activation());
        if (any && chance(0.1))
            layers.emplace_back(core::Dropout{0.0});
    }

    core::Random m_random;
};

} // namespace

core::Architecture randomGolfNetwork(std::uint64_t seed)
{
    for (std::uint64_t attempt = 0;; ++attempt) {
        try {
            return Drawing(core::derivedSeed(seed, attempt)).network();
        } catch (const core::Error&) {
            // A kernel was larger than what was left of the image.
        }
    }
}

core::Parameters livelyParameters(const core::Architecture& architecture, std::uint64_t seed)
{
    core::Parameters parameters = core::initialParameters(architecture, seed);
    core::Random random(seed + 100);
    for (const core::ParameterSlice& slice : parameters.slices())
        for (float& value : parameters.of(slice)) {
            value += static_cast<float>(0.05 * random.normal());
            if (slice.role == core::ParameterRole::RunningVariance)
                value = static_cast<float>(random.uniform(0.5, 1.5));
        }
    return parameters;
}

std::vector<float> randomImages(const core::Architecture& architecture, int count,
                                std::uint64_t seed)
{
    core::Random random(seed);
    std::vector<float> images(static_cast<std::size_t>(count * architecture.inputShape().count()));
    for (float& pixel : images)
        pixel = static_cast<float>(random.uniform());
    return images;
}

} // namespace test
