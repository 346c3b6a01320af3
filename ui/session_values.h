// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

/// A value that takes a while: absent, being computed, there, or failed.
template<typename T>
struct Pending {
    std::shared_ptr<const T> value; ///< may be the previous one while `running`
    bool running = false;
    QString error; ///< why there is none
};

/// The image that drives the views: one of the data set, or drawn.
struct InputImage {
    std::vector<float> pixels; ///< [H, W] in 0..1
    std::optional<int> index;  ///< into dataset(); absent if drawn
    std::optional<int> label;  ///< absent if drawn
};

} // namespace ui
