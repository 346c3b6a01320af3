// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/image_filter.h"

#include <algorithm>

namespace ui
{

std::vector<int> matchingImages(const core::Dataset& data, const core::Evaluation* evaluation,
                                const ImageFilter& filter)
{
    std::vector<int> images;
    for (int i = 0; i < data.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const int label = data.labels[at];
        if (filter.label && label != *filter.label)
            continue;
        const bool known = evaluation && at < evaluation->predictions.size();
        if (filter.wrongOnly && (!known || evaluation->predictions[at] == label))
            continue;
        images.push_back(i);
    }
    return images;
}

std::optional<int> imageAfter(const std::vector<int>& images, int index)
{
    if (images.empty())
        return std::nullopt;
    const auto next = std::ranges::upper_bound(images, index);
    return next == images.end() ? images.front() : *next;
}

std::optional<int> imageBefore(const std::vector<int>& images, int index)
{
    if (images.empty())
        return std::nullopt;
    const auto here = std::ranges::lower_bound(images, index);
    return here == images.begin() ? images.back() : *(here - 1);
}

} // namespace ui
