// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <optional>

namespace ui
{

/// What the person looks at. One for all views; every view reads it and writes it.
struct Selection {
    int unit = 0;                ///< index into Architecture::units()
    std::optional<int> channel;  ///< within the unit; absent: nothing in particular
    std::optional<int> position; ///< row * width + column within the channel's map
    core::Stage stage = core::Stage::Post;
    std::optional<int> label; ///< a class, 0..9
    bool operator==(const Selection&) const = default;
};

} // namespace ui
