// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/value_sign.h"

#include <variant>

namespace ui
{

bool neverNegative(const core::Architecture& architecture, const core::Unit& unit,
                   core::Stage stage)
{
    if (stage == core::Stage::Pre || unit.preLayer == unit.postLayer)
        return false;
    const auto* activation = std::get_if<core::Activation>(
        &architecture.layers()[static_cast<std::size_t>(unit.postLayer)]);
    return activation != nullptr && (activation->kind == core::ActivationKind::ReLU ||
                                     activation->kind == core::ActivationKind::Sigmoid);
}

} // namespace ui
