// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/architecture.h"

namespace core
{

/// Throws Error(Input) where the images' size or a label does not fit the network.
void requireFitting(const Architecture& architecture, const Dataset& data);

/// Likewise, but looks at the labels of these images only.
void requireFitting(const Architecture& architecture, const Dataset& data,
                    std::span<const int> indices);

} // namespace core
