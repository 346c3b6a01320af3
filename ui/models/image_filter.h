// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/data/dataset.h"

#include <optional>
#include <vector>

namespace ui
{

/// Which images of a data set the browser goes through.
struct ImageFilter {
    std::optional<int> label;
    bool wrongOnly = false; ///< those that the current model gets wrong
    bool operator==(const ImageFilter&) const = default;
};

/// Indices in ascending order. Without an evaluation no image is known to be wrong.
std::vector<int> matchingImages(const core::Dataset& data, const core::Evaluation* evaluation,
                                const ImageFilter& filter);

/// The entry of `images` behind (or before) `index`, going around; absent if there is none.
std::optional<int> imageAfter(const std::vector<int>& images, int index);
std::optional<int> imageBefore(const std::vector<int>& images, int index);

} // namespace ui
