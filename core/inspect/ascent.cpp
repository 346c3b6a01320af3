// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ascent.h"

#include "core/base/wider_vectors.h"
#include "core/inspect/receptive_field.h"

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

/// Of `count` values, of which those not given are 0. In several sums, which the compiler can keep
/// in a vector.
CADDIE_WIDER_VECTORS
float rootMeanSquare(std::span<const float> values, std::size_t count)
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
    return static_cast<float>(std::sqrt(sum / static_cast<double>(count)));
}

CADDIE_WIDER_VECTORS
void scale(std::span<float> values, float factor)
{
    for (float& value : values)
        value *= factor;
}

/// Both of one size, apart in memory.
CADDIE_WIDER_VECTORS
void aroundGrey(std::span<const float> values, std::span<float> pixels)
{
    const float* __restrict from = values.data();
    float* __restrict to = pixels.data();
    for (std::size_t i = 0; i < values.size(); ++i)
        to[i] = from[i] + kGrey;
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
      m_shifts(targets.size()), m_values(targets.size() * m_area), m_images(m_values.size()),
      m_silent(targets.size())
{
    if (options.start == StartImage::Fourier)
        m_basis.emplace(m_height, m_width);
    for (const MaximizerTarget& target : targets) {
        m_objectives.push_back(target.objective);
        m_beforeActivation.push_back(beforeActivation(backend.architecture(), target.objective));
        m_randoms.emplace_back(seedOf(options.seed, target.objective));
        m_moving.push_back({0, m_area});
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        for (float& value : part(m_values, i))
            value = static_cast<float>(options.startNoise * m_randoms[i].normal());
        render(i, m_images);
        m_moving[i] = movingPixels(targets[i].objective);
    }
    m_next = m_images;
    m_adam.mean.resize(m_values.size());
    m_adam.square.resize(m_values.size());
}

/// What a neuron does not see has no gradient. Where the gradient alone moves pixels, they stay
/// where they began.
Ascent::Pixels Ascent::movingPixels(const Objective& objective) const
{
    if (!objective.position || m_options.start == StartImage::Fourier || m_options.jitter != 0 ||
        m_options.blur > 0 || m_options.l2 > 0 || m_options.totalVariation > 0)
        return {0, m_area};
    const Architecture& architecture = m_backend.architecture();
    const int columns = architecture.outputOf(objective.layer).width;
    const PixelWindow seen =
        receptiveWindow(architecture, objective.layer, *objective.position / columns,
                        *objective.position % columns);
    const auto width = static_cast<std::size_t>(m_width);
    return {static_cast<std::size_t>(seen.top) * width,
            static_cast<std::size_t>(seen.height) * width};
}

std::vector<float> Ascent::values()
{
    return m_backend.imageGradient(m_parameters, m_objectives, m_images).values;
}

/// Each image moves as soon as its gradient is known, on the thread that found it.
void Ascent::climb()
{
    if (m_options.jitter != 0)
        jitter();
    const AdamStep step = withoutCorrection(adamStepAt({}, ++m_adam.steps, m_options.lr));
    m_backend.imageGradient(m_parameters, m_objectives, views(), m_found, [&](std::size_t target) {
        m_silent[target] = m_beforeActivation[target] &&
                           std::ranges::none_of(moving(m_found.gradient, target),
                                                [](float value) { return value != 0; });
        if (!m_silent[target])
            move(target, part(m_found.gradient, target), step);
    });
    reviveSilent(step);
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
void Ascent::reviveSilent(const AdamStep& step)
{
    std::vector<Objective> objectives;
    std::vector<std::size_t> silent;
    std::vector<float> images;
    for (std::size_t i = 0; i < targets(); ++i) {
        if (!m_silent[i])
            continue;
        objectives.push_back(*m_beforeActivation[i]);
        silent.push_back(i);
        const auto view = views().subspan(i * m_area, m_area);
        images.insert(images.end(), view.begin(), view.end());
    }
    if (silent.empty())
        return;
    ImageGradient found;
    m_backend.imageGradient(m_parameters, objectives, images, found,
                            [&](std::size_t i) { move(silent[i], part(found.gradient, i), step); });
}

/// Uses up the gradient.
void Ascent::move(std::size_t target, std::span<float> gradient, const AdamStep& step)
{
    const std::span<float> values = moving(m_values, target);
    take(step, values, shape(target, gradient), moving(m_adam.mean, target),
         moving(m_adam.square, target));
    if (m_options.range == PixelRange::Unit && m_options.start == StartImage::Pixels)
        for (float& value : values)
            value = std::clamp(value, -kGrey, 1.0F - kGrey);
    render(target, m_next);
}

/// In place: from the objective's gradient by the pixels of the view to what Adam descends along.
std::span<float> Ascent::shape(std::size_t target, std::span<float> gradient)
{
    if (m_options.jitter != 0)
        std::ranges::copy(
            rolled(gradient, m_height, m_width, -m_shifts[target].down, -m_shifts[target].right),
            gradient.begin());
    if (m_options.blur > 0)
        std::ranges::copy(blurred(gradient, m_height, m_width, m_options.blur), gradient.begin());
    gradient = gradient.subspan(m_moving[target].first, m_moving[target].count);
    // Adam minimises, and penalties should weigh alike for a channel's mean and a logit: the
    // gradient is turned round and brought to a root mean square of 1.
    const float size = rootMeanSquare(gradient, m_area);
    const float towards = m_options.direction == AscentDirection::Maximize ? -1.0F : 1.0F;
    const float factor = size == 0 ? 1.0F : towards / size;
    scale(gradient, factor);

    const std::span<const float> image = part(m_images, target);
    if (m_options.l2 > 0)
        for (std::size_t i = 0; i < m_area; ++i)
            gradient[i] += static_cast<float>(2 * m_options.l2) * (image[i] - kGrey);
    if (m_options.totalVariation > 0)
        addTotalVariationGradient(gradient, image, m_height, m_width, m_options.totalVariation);
    if (m_options.start == StartImage::Fourier)
        std::ranges::copy(m_basis->toSpectrum(gradient), gradient.begin());
    return gradient;
}

void Ascent::render(std::size_t target, std::vector<float>& images)
{
    const std::span<float> image = moving(images, target);
    const std::span<const float> values = moving(m_values, target);
    if (m_options.start == StartImage::Fourier)
        aroundGrey(m_basis->toPixels(values), image);
    else
        aroundGrey(values, image);
    if (m_options.range == PixelRange::Unit)
        for (float& pixel : image)
            pixel = std::clamp(pixel, 0.0F, 1.0F);
}

} // namespace core
