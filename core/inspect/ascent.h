// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/random.h"
#include "core/inspect/image_parametrization.h"
#include "core/inspect/maximizer.h"
#include "core/train/adam.h"

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace core
{

/// The images of all targets on their way up, side by side in memory. No image depends on another:
/// one alone takes the same steps, bit for bit.
class Ascent
{
public:
    Ascent(Backend& backend, std::span<const float> parameters,
           std::span<const MaximizerTarget> targets, const MaximizerOptions& options);

    /// [targets, H, W]
    std::span<const float> images() const { return m_images; }
    /// The objectives of the images.
    std::vector<float> values();

    /// A step of all images, kept back: images() stay as they were until show().
    void climb();
    void show() { std::swap(m_images, m_next); }
    /// The objectives of images() as the step saw them: jittered, if they jitter.
    std::span<const float> valuesBefore() const { return m_found.values; }

private:
    /// How a target's view in this step is moved against its image.
    struct Shift {
        int down = 0;
        int right = 0;
    };

    /// A run of an image's pixels.
    struct Pixels {
        std::size_t first = 0;
        std::size_t count = 0;
    };

    std::size_t targets() const { return m_objectives.size(); }
    std::span<float> part(std::vector<float>& all, std::size_t target) const
    {
        return std::span(all).subspan(target * m_area, m_area);
    }

    std::span<float> moving(std::vector<float>& all, std::size_t target) const
    {
        return part(all, target).subspan(m_moving[target].first, m_moving[target].count);
    }

    Pixels movingPixels(const Objective& objective) const;
    std::span<const float> views() const { return m_options.jitter != 0 ? m_views : m_images; }
    void jitter();
    void reviveSilent(const AdamStep& step);
    void move(std::size_t target, std::span<float> gradient, const AdamStep& step);
    std::span<float> shape(std::size_t target, std::span<float> gradient);
    void render(std::size_t target, std::vector<float>& images);

    Backend& m_backend;
    std::span<const float> m_parameters;
    const MaximizerOptions& m_options;
    int m_height;
    int m_width;
    std::size_t m_area;
    std::optional<FourierBasis> m_basis; ///< of spectra
    std::vector<Objective> m_objectives;
    std::vector<std::optional<Objective>> m_beforeActivation; ///< [targets]
    std::vector<Random> m_randoms;                            ///< [targets]
    std::vector<Shift> m_shifts;                              ///< [targets]
    std::vector<Pixels> m_moving; ///< [targets] the rows that may ever change
    std::vector<float> m_values;  ///< [targets, H, W] pixels around grey, or a spectrum
    std::vector<float> m_images;
    std::vector<float> m_next;  ///< the images after the step
    std::vector<float> m_views; ///< as the step sees them, if they jitter
    ImageGradient m_found;
    std::vector<char> m_silent; ///< [targets]
    OptimizerState m_adam;
};

} // namespace core
