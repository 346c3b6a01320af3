// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fitting.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

void requireSize(const Architecture& architecture, const Dataset& data)
{
    const InputSpec& input = architecture.input();
    if (data.height != input.height || data.width != input.width)
        throw Error(ErrorKind::Input,
                    fmt::format("{} has images of {}x{} pixels, the network expects {}x{}",
                                data.description(), data.height, data.width, input.height,
                                input.width));
}

void requireLabel(const Architecture& architecture, const Dataset& data, std::uint8_t label)
{
    if (label >= architecture.classes())
        throw Error(ErrorKind::Input,
                    fmt::format("{} has the label {}, the network has {} logits",
                                data.description(), label, architecture.classes()));
}

} // namespace

void requireFitting(const Architecture& architecture, const Dataset& data)
{
    requireSize(architecture, data);
    const auto highest = std::ranges::max_element(data.labels);
    if (highest != data.labels.end())
        requireLabel(architecture, data, *highest);
}

void requireFitting(const Architecture& architecture, const Dataset& data,
                    std::span<const int> indices)
{
    requireSize(architecture, data);
    for (const int index : indices)
        requireLabel(architecture, data, data.labels[static_cast<std::size_t>(index)]);
}

} // namespace core
