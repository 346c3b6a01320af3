// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/tensor_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

struct SafetensorsEntry {
    std::string name;
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; ///< relative to the buffer behind the header
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> entries; ///< in the order of the header
    std::map<std::string, std::string> metadata;
};

/// Reads the JSON without building a tree, so that deep nesting and repeated keys are found at
/// once. Throws Error(Input).
SafetensorsHeader parseSafetensorsHeader(std::string_view json);

} // namespace core
