// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model.h"

#include "core/base/sha256.h"
#include "core/model/architecture_text.h"

namespace core
{

std::string modelHash(const Model& model)
{
    Sha256 hash;
    const std::string text = toText(model.architecture);
    hash.add(std::as_bytes(std::span(text)));
    hash.add(std::as_bytes(model.parameters.values()));
    return hash.hex();
}

} // namespace core
