// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/edge_stimuli.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core
{

namespace
{

constexpr double kDegree = std::numbers::pi / 180;

/// Appends brightness(distance from the centre in `direction`) for each pixel.
template<typename Brightness>
void addImage(std::vector<float>& images, const StimulusFrame& frame, double direction,
              Brightness brightness)
{
    const double right = std::cos(direction * kDegree);
    const double up = std::sin(direction * kDegree);
    for (int row = 0; row < frame.height; ++row)
        for (int column = 0; column < frame.width; ++column) {
            const double distance =
                (column - frame.centreColumn) * right + (frame.centreRow - row) * up;
            images.push_back(static_cast<float>(brightness(distance)));
        }
}

} // namespace

void addGrating(std::vector<float>& images, const StimulusFrame& frame, double angle, double period,
                double phase)
{
    const double frequency = 2 * std::numbers::pi / period;
    addImage(images, frame, angle + 90,
             [&](double distance) { return 0.5 + 0.5 * std::cos(frequency * distance + phase); });
}

void addStepEdge(std::vector<float>& images, const StimulusFrame& frame, double inkDirection,
                 double offset)
{
    addImage(images, frame, inkDirection,
             [&](double distance) { return std::clamp(distance - offset + 0.5, 0.0, 1.0); });
}

} // namespace core
