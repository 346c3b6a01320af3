// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

// Which edges the channels of the first layer answer to, measured by showing them gratings and
// step edges, as physiologists do with cells of the visual cortex (Hubel and Wiesel 1962).
//
// An angle is that of the edge's line (of a grating's stripes), not of its normal: in degrees,
// counter-clockwise from the horizontal as one sees the image. 0 is a horizontal line, 45 the
// positive diagonal "/", 90 a vertical line, 135 the negative diagonal "\".

constexpr int kOrientationAngles = 36;   ///< 0, 5, ..., 175
constexpr double kOrientationStep = 5.0; ///< degrees

enum class Polarity {
    Normal,   ///< more ink, higher output
    Inverted, ///< more ink, lower output: the channel's map looks like a negative
    Balanced, ///< only the edges count, as in a Sobel kernel
};
std::string_view polarityName(Polarity polarity); ///< "normal", "inverted", "balanced"

/// How one channel answers at one stage: before or after its activation function.
struct OrientationTuning {
    /// r(theta), [36]: how much the output varies (standard deviation) while a grating of full
    /// contrast moves past by one period in twelve phases; mean over periods of 4, 6 and 8 pixels.
    std::vector<double> gratings;
    /// [36] The highest output for a step edge, wherever it crosses the receptive field, above the
    /// higher one of those for plain paper and plain ink; 0 if no edge excites more than those. For
    /// someone who looks along the line, towards its angle, the ink is on the left or right.
    std::vector<double> inkLeft;
    std::vector<double> inkRight;
    double angle = 0;       ///< half the argument of sum r e^{2 i theta}, in [0, 180)
    double selectivity = 0; ///< |sum r e^{2 i theta}| / sum r, 0..1 (1 - circular variance;
                            ///< Ringach, Shapley and Hawken 2002). A plain gradient has 1/3.
    double swing = 0;       ///< highest minus lowest output over all step edges, paper and ink
    /// Output for plain ink minus plain paper, in units of `swing`, -1..1; 0 without any swing.
    double inkEffect = 0;
    Polarity polarity = Polarity::Balanced;
};

struct OrientedChannel {
    int channel = 0;
    OrientationTuning pre;       ///< before the activation function
    OrientationTuning post;      ///< after it; equal to `pre` where there is none
    std::optional<double> slope; ///< for negative values; 0 of ReLU; none if not piecewise linear

    const OrientationTuning& at(Stage stage) const { return stage == Stage::Pre ? pre : post; }
    /// Whether what leaves the activation function is inverted. A negative slope can turn round
    /// what enters it, and ReLU can swallow it.
    bool passesInverted() const { return post.polarity == Polarity::Inverted; }
    /// "positive diagonal", "vertical, inverted", "mixed", "silent": each as at that stage.
    std::string label(Stage stage = Stage::Post) const;
};

/// Below this selectivity a channel counts as "mixed": half of a plain gradient's 1/3. There an
/// unoriented part as strong as the gradient itself has joined it.
constexpr double kMixedBelow = 1.0 / 6.0;

/// An effect of ink below this share of the swing counts as balanced.
constexpr double kBalancedBelow = 0.05;

/// "horizontal", "positive diagonal", "vertical" or "negative diagonal": the nearest.
std::string_view orientationName(double angle);

/// From one line's angle to another's the shorter way, in (-90, 90]: lines have no ends.
double orientationDifference(double from, double to);

/// Preferred angle and selectivity of r(theta) at 36 angles; both 0 where r is 0 throughout.
struct PreferredOrientation {
    double angle = 0;
    double selectivity = 0;
};
PreferredOrientation preferredOrientation(const std::vector<double>& gratings);

/// One entry a channel of the first unit, measured at the middle of its map. Blocks for some 3,000
/// small images. Throws Error(Usage) if the first unit is no convolution; a stop returns nothing.
std::vector<OrientedChannel> orientations(Backend& backend, const Model& model,
                                          std::stop_token stop = {});

} // namespace core
