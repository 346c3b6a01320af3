// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/receptive_field.h"

#include <vector>

namespace core
{

/// Images of gratings and edges around a point. Angles in degrees, counter-clockwise from the right
/// as one sees the image; pixels in 0..1, 0 is paper.
struct StimulusFrame {
    int height = 28;
    int width = 28;
    double centreRow = 13.5;
    double centreColumn = 13.5;
    PixelWindow window{0, 0, 28, 28}; ///< what is drawn on; the rest stays paper
};

/// Stripes along `angle` with a cosine profile between 0 and 1; [H, W] appended to `images`.
void addGrating(std::vector<float>& images, const StimulusFrame& frame, double angle, double period,
                double phase);

/// Ink on the side that lies in the direction `inkDirection`, from a line `offset` pixels away from
/// the centre in that direction; pixels on the line are grey. [H, W] appended to `images`.
void addStepEdge(std::vector<float>& images, const StimulusFrame& frame, double inkDirection,
                 double offset);

} // namespace core
