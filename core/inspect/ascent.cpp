// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ascent.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace core
{

namespace
{

constexpr float kGrey = 0.5F; ///< where optimisation starts: neither paper nor ink

/// Seeded by what is excited, not by its place among the targets.
std::uint64_t seedOf(std::uint64_t seed, const Objective& objective)
{
    const auto position = static_cast<std::uint64_t>(objective.position.value_or(-1) + 1);
    const std::uint64_t target = (static_cast<std::uint64_t>(objective.layer) << 48) ^
                                 (static_cast<std::uint64_t>(objective.channel) << 24) ^ position;
    return derivedSeed(seed, target);
}

/// In several sums, which the compiler can keep in a vector.
float rootMeanSquare(std::span<const float> values)
{
    constexpr std::size_t kSums = 16;
    std::array<float, kSums> sums = {};
    const std::size_t whole = values.size() / kSums * kSums;
    for (std::size_t i = 0; i < whole; i += kSums)
        for (std::size_t j = 0; j < kSums; ++j)
            sums[j] += values[i + j] * values[i + j];
    double sum = 0;
    for (std::size_t i = whole; i < values.size(); ++i)
        sum += static_cast<double>(values[i]) * values[i];
    for (const float partial : sums)
        sum += partial;
    return static_cast<float>(std::sqrt(sum / static_cast<double>(values.size())));
}

std::optional<Objective> beforeActivation(const Architecture& architecture, Objective objective)
{
    for (const Unit& unit : architecture.units())
        if (unit.postLayer == objective.layer && unit.preLayer != unit.postLayer) {
            objective.layer = unit.preLayer;
            return objective;
        }
    return std::nullopt;
}

} // namespace

Ascent::Ascent(Backend& backend, std::span<const float> parameters,
               std::span<const MaximizerTarget> targets, const MaximizerOptions& options)
    : m_backend(backend), m_parameters(parameters), m_options(options),
      m_height(backend.architecture().input().height),
      m_width(backend.architecture().input().width),
      m_area(static_cast<std::size_t>(m_height) * static_cast<std::size_t>(m_width)),
      m_basis(m_height, m_width), m_shifts(targets.size()), m_values(targets.size() * m_area),
      m_images(m_values.size()), m_gradient(m_values.size()), m_adam(m_values.size(), {})
{
    for (const MaximizerTarget& target : targets) {
        m_objectives.push_back(target.objective);
        m_beforeActivation.push_back(beforeActivation(backend.architecture(), target.objective));
        m_randoms.emplace_back(seedOf(options.seed, target.objective));
    }
    for (std::size_t i = 0; i < targets.size(); ++i)
        for (float& value : part(m_values, i))
            value = static_cast<float>(options.startNoise * m_randoms[i].normal());
    render();
}

std::vector<float> Ascent::values()
{
    return m_backend.imageGradient(m_parameters, m_objectives, m_images).values;
}

ImageGradient Ascent::look()
{
    if (m_options.jitter != 0)
        jitter();
    ImageGradient found = m_backend.imageGradient(m_parameters, m_objectives,
                                                  m_options.jitter != 0 ? m_views : m_images);
    reviveSilent(found.gradient);
    return found;
}

void Ascent::jitter()
{
    m_views.resize(m_images.size());
    const auto room = static_cast<std::uint64_t>(2 * m_options.jitter + 1);
    for (std::size_t i = 0; i < targets(); ++i) {
        Shift& shift = m_shifts[i];
        shift.down = static_cast<int>(m_randoms[i].below(room)) - m_options.jitter;
        shift.right = static_cast<int>(m_randoms[i].below(room)) - m_options.jitter;
        std::ranges::copy(rolled(part(m_images, i), m_height, m_width, shift.down, shift.right),
                          part(m_views, i).begin());
    }
}

/// Behind a ReLU that is off, the gradient is exactly 0 and nothing would ever change: such a
/// target climbs towards its value before the activation until it wakes up.
void Ascent::reviveSilent(std::vector<float>& gradient)
{
    std::vector<Objective> objectives;
    std::vector<std::size_t> silent;
    std::vector<float> images;
    for (std::size_t i = 0; i < targets(); ++i) {
        const auto& before = m_beforeActivation[i];
        if (!before ||
            std::ranges::any_of(part(gradient, i), [](float value) { return value != 0; }))
            continue;
        objectives.push_back(*before);
        silent.push_back(i);
        const auto view = part(m_options.jitter != 0 ? m_views : m_images, i);
        images.insert(images.end(), view.begin(), view.end());
    }
    if (silent.empty())
        return;
    ImageGradient found = m_backend.imageGradient(m_parameters, objectives, images);
    for (std::size_t i = 0; i < silent.size(); ++i)
        std::ranges::copy(part(found.gradient, i), part(gradient, silent[i]).begin());
}

void Ascent::climb(const ImageGradient& found)
{
    const std::span<const float> gradient = found.gradient;
    for (std::size_t i = 0; i < targets(); ++i)
        shape(i, gradient.subspan(i * m_area, m_area));
    m_adam.step(m_values, m_gradient, m_options.lr);
    if (m_options.range == PixelRange::Unit && m_options.start == StartImage::Pixels)
        for (float& value : m_values)
            value = std::clamp(value, -kGrey, 1.0F - kGrey);
    render();
}

/// From the objective's gradient by the pixels of the view to what Adam descends along.
void Ascent::shape(std::size_t target, std::span<const float> gradient)
{
    const std::span<float> result = part(m_gradient, target);
    std::vector<float> changed;
    if (m_options.jitter != 0)
        gradient = changed =
            rolled(gradient, m_height, m_width, -m_shifts[target].down, -m_shifts[target].right);
    if (m_options.blur > 0)
        gradient = changed = blurred(gradient, m_height, m_width, m_options.blur);
    // Adam minimises, and penalties should weigh alike for a channel's mean and a logit: the
    // gradient is turned round and brought to a root mean square of 1.
    const float size = rootMeanSquare(gradient);
    const float towards = m_options.direction == Direction::Maximize ? -1.0F : 1.0F;
    const float factor = size == 0 ? 1.0F : towards / size;
    for (std::size_t i = 0; i < m_area; ++i)
        result[i] = gradient[i] * factor;

    const std::span<const float> image = part(m_images, target);
    if (m_options.l2 > 0)
        for (std::size_t i = 0; i < m_area; ++i)
            result[i] += static_cast<float>(2 * m_options.l2) * (image[i] - kGrey);
    if (m_options.totalVariation > 0)
        addTotalVariationGradient(result, image, m_height, m_width, m_options.totalVariation);
    if (m_options.start == StartImage::Fourier)
        std::ranges::copy(m_basis.toSpectrum(result), result.begin());
}

void Ascent::render()
{
    if (m_options.start == StartImage::Fourier)
        for (std::size_t i = 0; i < targets(); ++i)
            std::ranges::copy(m_basis.toPixels(part(m_values, i)), part(m_images, i).begin());
    const std::vector<float>& pixels = m_options.start == StartImage::Fourier ? m_images : m_values;
    for (std::size_t i = 0; i < m_images.size(); ++i)
        m_images[i] = pixels[i] + kGrey;
    if (m_options.range == PixelRange::Unit)
        for (float& pixel : m_images)
            pixel = std::clamp(pixel, 0.0F, 1.0F);
}

} // namespace core
