// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/stored_network.h"
#include "core/model/architecture.h"

#include <optional>

namespace core
{

/// What a module without modules inside does in a network.
struct ModuleLayer {
    enum class Role {
        Known,       ///< a layer that an Architecture can have
        Nothing,     ///< Identity, a loss
        LogSoftmax,  ///< or softmax: doesn't change which class wins
        Unsupported, ///< known, and not expressible
        Unknown,     ///< a class of the author's own
    };
    Role role = Role::Unknown;
    std::optional<Layer> layer; ///< Known only
    std::string problem;        ///< Unsupported: why
};

/// `outputs` of convolutions and linear layers are those the module says; 0 where it doesn't.
ModuleLayer readModuleLayer(const StoredModule& module);

} // namespace core
