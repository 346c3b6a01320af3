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

/// Appends an image that has brightness(distance from the centre in `direction`) in its window.
template<typename Brightness>
void addImage(std::vector<float>& images, const StimulusFrame& frame, double direction,
              Brightness brightness)
{
    const double right = std::cos(direction * kDegree);
    const double up = std::sin(direction * kDegree);
    const std::size_t start = images.size();
    images.resize(start + static_cast<std::size_t>(frame.height * frame.width));
    const PixelWindow& window = frame.window;
    for (int row = window.top; row < window.top + window.height; ++row)
        for (int column = window.left; column < window.left + window.width; ++column) {
            const double distance =
                (column - frame.centreColumn) * right + (frame.centreRow - row) * up;
            images[start + static_cast<std::size_t>(row * frame.width + column)] =
                static_cast<float>(brightness(distance));
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
