// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

enum class TensorType {
    F64,
    F32,
    F16,
    BF16,
    I64,
    I32,
    I16,
    I8,
    U8,
    Bool,
    U64,
    U32,
    U16,
    F8E4M3,
    F8E5M2
};

std::size_t bytesPerElement(TensorType type);
std::string_view typeName(TensorType type); ///< as safetensors spells it: "F32", "BOOL"
std::optional<TensorType> typeByName(std::string_view name);
std::string describeShape(std::span<const std::int64_t> shape); ///< "[4,1,4,4]"

/// A tensor as it lies in a file: contiguous, row-major, little-endian, not converted.
struct StoredTensor {
    std::string name;
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;

    std::size_t count() const;
    std::vector<float> toFloats() const; ///< exact for F32, F16, BF16; rounded for the wide ones
};

/// What any container boils down to: named tensors in the order of the file, and words about them.
struct TensorFile {
    std::string format; ///< "safetensors", "torch zip, state_dict", ...
    std::vector<StoredTensor> tensors;
    std::map<std::string, std::string> metadata; ///< safetensors' __metadata__
};

} // namespace core
