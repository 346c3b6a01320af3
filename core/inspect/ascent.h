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

    /// Where each image stands, as the next step sees it; the values are of the images themselves
    /// unless they jitter.
    ImageGradient look();
    /// A step along the gradient that look() found.
    void climb(const ImageGradient& found);

private:
    /// How a target's view in this step is moved against its image.
    struct Shift {
        int down = 0;
        int right = 0;
    };

    std::size_t targets() const { return m_objectives.size(); }
    std::span<float> part(std::vector<float>& all, std::size_t target) const
    {
        return std::span(all).subspan(target * m_area, m_area);
    }

    void jitter();
    void reviveSilent(std::vector<float>& gradient);
    void shape(std::size_t target, std::span<const float> gradient);
    void render();

    Backend& m_backend;
    std::span<const float> m_parameters;
    const MaximizerOptions& m_options;
    int m_height;
    int m_width;
    std::size_t m_area;
    FourierBasis m_basis;
    std::vector<Objective> m_objectives;
    std::vector<std::optional<Objective>> m_beforeActivation; ///< [targets]
    std::vector<Random> m_randoms;                            ///< [targets]
    std::vector<Shift> m_shifts;                              ///< [targets]
    std::vector<float> m_values; ///< [targets, H, W] pixels around grey, or a spectrum
    std::vector<float> m_images;
    std::vector<float> m_views;    ///< as the step sees them, if they jitter
    std::vector<float> m_gradient; ///< of m_values, downhill
    Adam m_adam;
};

} // namespace core
