// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <span>
#include <vector>

namespace core
{

/// The image, [height, width], with its centre of mass in the middle and its slant taken out: each
/// row moves sideways by its distance from the centre times mu11 / mu02 of the image's central
/// moments, so that the strokes' columns and rows are uncorrelated (LeCun et al., Proceedings of
/// the IEEE 1998, section III). Bilinear, zeros from outside, rounded to bytes; an empty image
/// stays as it is. No number in it is learned.
std::vector<std::uint8_t> deskewed(std::span<const std::uint8_t> image, int height, int width);

/// All its images.
Dataset deskewed(const Dataset& data);

/// Pixels in 0..1 [N, 1, H, W], rounded to bytes before and after.
std::vector<float> deskewed(std::span<const float> images, int height, int width);

} // namespace core
