// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/feature_layer.h"

namespace core
{

int featureLayerAt(const Architecture& architecture, Stage stage)
{
    const std::optional<int> unit = architecture.featureUnit();
    if (stage == Stage::Pre && unit)
        return architecture.units()[static_cast<std::size_t>(*unit)].preLayer;
    return architecture.featureLayer();
}

} // namespace core
