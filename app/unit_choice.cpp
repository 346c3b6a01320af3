// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/unit_choice.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace app
{

int chooseUnit(const core::Architecture& architecture, const std::string& layer)
{
    if (const auto unit = architecture.unitByName(layer))
        return *unit;
    std::string known;
    for (std::size_t i = 0; i < architecture.units().size(); ++i)
        known += fmt::format("{}{} ({})", i == 0 ? "" : ", ", i + 1, architecture.units()[i].name);
    throw core::Error(core::ErrorKind::Usage,
                      fmt::format("--layer {}: the network has the layers {}", layer, known));
}

std::string placeOf(const core::Unit& unit, core::Stage stage)
{
    if (unit.preLayer == unit.postLayer)
        return unit.name;
    return unit.name + (stage == core::Stage::Pre ? " before" : " after") +
           " its activation function";
}

} // namespace app
