// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/maximizer.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/inspect/image_parametrization.h"
#include "core/train/adam.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace core
{

namespace
{

constexpr float kGrey = 0.5F; ///< where optimisation starts: neither paper nor ink

void requireSensible(const MaximizerOptions& options)
{
    const auto refuse = [](const std::string& sentence) {
        throw Error(ErrorKind::Usage, "feature visualisation: " + sentence);
    };
    if (options.steps < 0)
        refuse(fmt::format("{} steps, expected 0 or more", options.steps));
    if (!(options.lr > 0) || !std::isfinite(options.lr))
        refuse(fmt::format("learning rate {}, expected a number above 0", options.lr));
    if (!(options.l2 >= 0) || !(options.totalVariation >= 0) || !(options.blur >= 0) ||
        !(options.startNoise >= 0) || !std::isfinite(options.startNoise) || options.blur > 100)
        refuse("L2, total variation, blur and start noise must be 0 or more");
    if (options.jitter < 0)
        refuse(fmt::format("jitter of {} pixels, expected 0 or more", options.jitter));
}

/// Seeded by what is excited, not by its place among the targets.
std::uint64_t seedOf(std::uint64_t seed, const Objective& objective)
{
    const auto position = static_cast<std::uint64_t>(objective.position.value_or(-1) + 1);
    const std::uint64_t target = (static_cast<std::uint64_t>(objective.layer) << 48) ^
                                 (static_cast<std::uint64_t>(objective.channel) << 24) ^ position;
    return derivedSeed(seed, target);
}

float rootMeanSquare(std::span<const float> values)
{
    double sum = 0;
    for (const float value : values)
        sum += static_cast<double>(value) * value;
    return static_cast<float>(std::sqrt(sum / static_cast<double>(values.size())));
}

/// One target's image on its way: what is optimised, and the picture it stands for.
class Climber
{
public:
    Climber(const Objective& objective, const MaximizerOptions& options, const FourierBasis& basis,
            int height, int width)
        : m_options(options), m_basis(basis), m_height(height), m_width(width),
          m_random(seedOf(options.seed, objective)),
          m_values(static_cast<std::size_t>(height * width)), m_adam(m_values.size(), {})
    {
        for (float& value : m_values)
            value = static_cast<float>(options.startNoise * m_random.normal());
        render();
    }

    const std::vector<float>& image() const { return m_image; }

    /// The image as this step shows it to the network.
    std::vector<float> nextView()
    {
        if (m_options.jitter == 0)
            return m_image;
        const auto room = static_cast<std::uint64_t>(2 * m_options.jitter + 1);
        m_down = static_cast<int>(m_random.below(room)) - m_options.jitter;
        m_right = static_cast<int>(m_random.below(room)) - m_options.jitter;
        return rolled(m_image, m_height, m_width, m_down, m_right);
    }

    /// `gradient` is the objective's by the pixels of the view.
    void climb(std::span<const float> viewGradient)
    {
        std::vector<float> gradient(viewGradient.begin(), viewGradient.end());
        if (m_options.jitter != 0)
            gradient = rolled(gradient, m_height, m_width, -m_down, -m_right);
        if (m_options.blur > 0)
            gradient = blurred(gradient, m_height, m_width, m_options.blur);
        descendInstead(gradient);
        addPenalties(gradient);
        if (m_options.start == StartImage::Fourier)
            gradient = m_basis.toSpectrum(gradient);
        m_adam.step(m_values, gradient, m_options.lr);
        if (m_options.range == PixelRange::Unit && m_options.start == StartImage::Pixels)
            for (float& value : m_values)
                value = std::clamp(value, -kGrey, 1.0F - kGrey);
        render();
    }

private:
    /// Adam minimises, and penalties should weigh alike for a channel's mean and a logit: the
    /// objective's gradient is turned round and brought to a root mean square of 1.
    void descendInstead(std::vector<float>& gradient) const
    {
        const float size = rootMeanSquare(gradient);
        if (size == 0)
            return;
        const float factor = (m_options.direction == Direction::Maximize ? -1.0F : 1.0F) / size;
        for (float& value : gradient)
            value *= factor;
    }

    void addPenalties(std::vector<float>& gradient) const
    {
        if (m_options.l2 > 0)
            for (std::size_t i = 0; i < gradient.size(); ++i)
                gradient[i] += static_cast<float>(2 * m_options.l2) * (m_image[i] - kGrey);
        if (m_options.totalVariation > 0)
            addTotalVariationGradient(gradient, m_image, m_height, m_width,
                                      m_options.totalVariation);
    }

    void render()
    {
        m_image = m_options.start == StartImage::Fourier ? m_basis.toPixels(m_values) : m_values;
        for (float& pixel : m_image) {
            pixel += kGrey;
            if (m_options.range == PixelRange::Unit)
                pixel = std::clamp(pixel, 0.0F, 1.0F);
        }
    }

    const MaximizerOptions& m_options;
    const FourierBasis& m_basis;
    int m_height;
    int m_width;
    Random m_random;
    std::vector<float> m_values; ///< pixels around grey, or a spectrum
    Adam m_adam;
    std::vector<float> m_image;
    int m_down = 0;
    int m_right = 0;
};

/// All climbers over one backend.
class Ascent
{
public:
    Ascent(Backend& backend, std::span<const float> parameters,
           const std::vector<MaximizerTarget>& targets, const MaximizerOptions& options)
        : m_backend(backend), m_parameters(parameters),
          m_basis(backend.architecture().input().height, backend.architecture().input().width)
    {
        const InputSpec& input = backend.architecture().input();
        for (const MaximizerTarget& target : targets) {
            m_objectives.push_back(target.objective);
            m_climbers.emplace_back(target.objective, options, m_basis, input.height, input.width);
        }
    }

    Ascent(const Ascent&) = delete; // the climbers refer to the basis
    Ascent& operator=(const Ascent&) = delete;

    std::vector<float> images() const
    {
        std::vector<float> images;
        for (const Climber& climber : m_climbers)
            images.insert(images.end(), climber.image().begin(), climber.image().end());
        return images;
    }

    std::vector<float> values() const
    {
        return m_backend.imageGradient(m_parameters, m_objectives, images()).values;
    }

    /// Where each image stands, as the next step sees it; the values are of the images themselves
    /// unless they jitter.
    ImageGradient look()
    {
        m_views.clear();
        for (Climber& climber : m_climbers) {
            const std::vector<float> view = climber.nextView();
            m_views.insert(m_views.end(), view.begin(), view.end());
        }
        ImageGradient found = m_backend.imageGradient(m_parameters, m_objectives, m_views);
        reviveSilent(found.gradient);
        return found;
    }

    void climb(const ImageGradient& found)
    {
        const std::size_t area = m_views.size() / m_climbers.size();
        for (std::size_t i = 0; i < m_climbers.size(); ++i)
            m_climbers[i].climb(std::span(found.gradient).subspan(i * area, area));
    }

private:
    /// Behind a ReLU that is off, the gradient is exactly 0 and nothing would ever change: such a
    /// target climbs towards its value before the activation until it wakes up.
    void reviveSilent(std::vector<float>& gradient)
    {
        const std::size_t area = m_views.size() / m_climbers.size();
        std::vector<Objective> objectives;
        std::vector<std::size_t> silent;
        std::vector<float> images;
        for (std::size_t i = 0; i < m_objectives.size(); ++i) {
            const auto part = std::span(gradient).subspan(i * area, area);
            const auto before = beforeActivation(m_objectives[i]);
            if (!before || std::ranges::any_of(part, [](float g) { return g != 0; }))
                continue;
            objectives.push_back(*before);
            silent.push_back(i);
            const auto view = std::span(m_views).subspan(i * area, area);
            images.insert(images.end(), view.begin(), view.end());
        }
        if (silent.empty())
            return;
        const ImageGradient found = m_backend.imageGradient(m_parameters, objectives, images);
        for (std::size_t i = 0; i < silent.size(); ++i)
            std::copy_n(found.gradient.begin() + static_cast<std::ptrdiff_t>(i * area), area,
                        gradient.begin() + static_cast<std::ptrdiff_t>(silent[i] * area));
    }

    std::optional<Objective> beforeActivation(Objective objective) const
    {
        for (const Unit& unit : m_backend.architecture().units())
            if (unit.postLayer == objective.layer && unit.preLayer != unit.postLayer) {
                objective.layer = unit.preLayer;
                return objective;
            }
        return std::nullopt;
    }

    Backend& m_backend;
    std::span<const float> m_parameters;
    FourierBasis m_basis;
    std::vector<Objective> m_objectives;
    std::vector<Climber> m_climbers;
    std::vector<float> m_views;
};

std::vector<MaximizerTarget> neuronTargets(const Architecture& architecture, Stage stage)
{
    int layer = architecture.featureLayer();
    if (const auto unit = architecture.featureUnit(); unit && stage == Stage::Pre)
        layer = architecture.units()[static_cast<std::size_t>(*unit)].preLayer;
    const Shape shape = architecture.outputOf(layer);
    std::vector<MaximizerTarget> targets;
    for (int i = 0; i < shape.count(); ++i)
        targets.push_back({fmt::format("neuron {}", i), "neurons", i,
                           Objective{layer, i / shape.area(), i % shape.area()}});
    return targets;
}

std::vector<MaximizerTarget> unitTargets(const Architecture& architecture, const Unit& unit,
                                         Stage stage)
{
    const bool isLogits = unit.name == "logits";
    const int layer = stage == Stage::Pre ? unit.preLayer : unit.postLayer;
    std::vector<MaximizerTarget> targets;
    for (int i = 0; i < architecture.outputOf(layer).channels; ++i)
        targets.push_back(
            {isLogits ? fmt::format("logit {}", i) : fmt::format("{} channel {}", unit.name, i),
             unit.name, i, Objective{layer, i, std::nullopt}});
    return targets;
}

} // namespace

MaximizerOptions maximizerPreset(std::string_view name)
{
    if (name == "plain")
        return {};
    if (name == "smooth")
        return {.l2 = 0.05, .totalVariation = 0.15, .blur = 0.7, .range = PixelRange::Unit};
    if (name == "robust")
        return {.steps = 384,
                .l2 = 0.05,
                .totalVariation = 0.1,
                .jitter = 2,
                .start = StartImage::Fourier,
                .range = PixelRange::Unit};
    throw Error(ErrorKind::Usage,
                fmt::format("preset \"{}\", expected plain, smooth or robust", name));
}

std::vector<std::string> maximizerGroups(const Architecture& architecture)
{
    std::vector<std::string> groups;
    for (const Unit& unit : architecture.units()) {
        if (unit.name == "logits")
            groups.emplace_back("neurons");
        groups.push_back(unit.name);
    }
    return groups;
}

std::vector<MaximizerTarget> maximizerTargets(const Architecture& architecture,
                                              std::string_view group, Stage stage)
{
    const std::vector<std::string> groups = maximizerGroups(architecture);
    if (group == "neurons" && std::ranges::find(groups, group) != groups.end())
        return neuronTargets(architecture, stage);
    for (const Unit& unit : architecture.units())
        if (unit.name == group)
            return unitTargets(architecture, unit, stage);
    throw Error(ErrorKind::Usage,
                fmt::format("target \"{}\", expected one of {}", group, fmt::join(groups, ", ")));
}

Maximization maximize(Backend& backend, std::span<const float> parameters,
                      std::vector<MaximizerTarget> targets, const MaximizerOptions& options,
                      const MaximizerObserver& observer, std::stop_token stop)
{
    requireSensible(options);
    Maximization result;
    result.targets = std::move(targets);
    if (result.targets.empty())
        return result;
    Ascent ascent(backend, parameters, result.targets, options);
    const auto report = [&](const std::vector<float>& values) {
        if (!observer)
            return;
        const std::vector<float> images = ascent.images();
        observer({result.steps, values, images});
    };
    result.start = ascent.values();
    while (result.steps < options.steps && !result.stopped) {
        const ImageGradient found = ascent.look();
        if (observer)
            report(options.jitter == 0 ? found.values : ascent.values());
        ascent.climb(found);
        ++result.steps;
        result.stopped = stop.stop_requested() && result.steps < options.steps;
    }
    result.images = ascent.images();
    result.end = ascent.values();
    report(result.end);
    return result;
}

} // namespace core
