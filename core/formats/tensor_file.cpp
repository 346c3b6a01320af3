// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensor_file.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace core
{

namespace
{

struct TypeRow {
    TensorType type;
    std::string_view name;
    std::size_t bytes;
};

constexpr std::array<TypeRow, 15> kTypes{{
    {TensorType::F64, "F64", 8},
    {TensorType::F32, "F32", 4},
    {TensorType::F16, "F16", 2},
    {TensorType::BF16, "BF16", 2},
    {TensorType::I64, "I64", 8},
    {TensorType::I32, "I32", 4},
    {TensorType::I16, "I16", 2},
    {TensorType::I8, "I8", 1},
    {TensorType::U8, "U8", 1},
    {TensorType::Bool, "BOOL", 1},
    {TensorType::U64, "U64", 8},
    {TensorType::U32, "U32", 4},
    {TensorType::U16, "U16", 2},
    {TensorType::F8E4M3, "F8_E4M3", 1},
    {TensorType::F8E5M2, "F8_E5M2", 1},
}};

const TypeRow& row(TensorType type)
{
    return kTypes[static_cast<std::size_t>(type)];
}

/// A small float with `exponentBits` and `mantissaBits`, exactly. `finite`: the format has no
/// infinity, and only all ones is not a number.
float smallFloat(std::uint32_t bits, int exponentBits, int mantissaBits, bool finite)
{
    const std::uint32_t mantissa = bits & ((1U << mantissaBits) - 1);
    const std::uint32_t exponent = (bits >> mantissaBits) & ((1U << exponentBits) - 1);
    const float sign = (bits >> (exponentBits + mantissaBits)) & 1U ? -1.0F : 1.0F;
    const int bias = (1 << (exponentBits - 1)) - 1;
    const bool top = exponent == (1U << exponentBits) - 1;
    if (finite && top && mantissa == (1U << mantissaBits) - 1)
        return std::numeric_limits<float>::quiet_NaN();
    if (!finite && top)
        return mantissa != 0 ? std::numeric_limits<float>::quiet_NaN()
                             : sign * std::numeric_limits<float>::infinity();
    if (exponent == 0)
        return sign * std::ldexp(static_cast<float>(mantissa), 1 - bias - mantissaBits);
    return sign * std::ldexp(static_cast<float>(mantissa | (1U << mantissaBits)),
                             static_cast<int>(exponent) - bias - mantissaBits);
}

template<typename T>
T elementAt(const std::vector<std::byte>& bytes, std::size_t index)
{
    T value;
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

float floatAt(const StoredTensor& tensor, std::size_t i)
{
    const auto& b = tensor.bytes;
    switch (tensor.type) {
    case TensorType::F64:
        return static_cast<float>(elementAt<double>(b, i));
    case TensorType::F32:
        return elementAt<float>(b, i);
    case TensorType::F16:
        return smallFloat(elementAt<std::uint16_t>(b, i), 5, 10, false);
    case TensorType::BF16:
        return std::bit_cast<float>(static_cast<std::uint32_t>(elementAt<std::uint16_t>(b, i))
                                    << 16);
    case TensorType::I64:
        return static_cast<float>(elementAt<std::int64_t>(b, i));
    case TensorType::I32:
        return static_cast<float>(elementAt<std::int32_t>(b, i));
    case TensorType::I16:
        return static_cast<float>(elementAt<std::int16_t>(b, i));
    case TensorType::I8:
        return static_cast<float>(elementAt<std::int8_t>(b, i));
    case TensorType::U8:
        return static_cast<float>(elementAt<std::uint8_t>(b, i));
    case TensorType::Bool:
        return elementAt<std::uint8_t>(b, i) != 0 ? 1.0F : 0.0F;
    case TensorType::U64:
        return static_cast<float>(elementAt<std::uint64_t>(b, i));
    case TensorType::U32:
        return static_cast<float>(elementAt<std::uint32_t>(b, i));
    case TensorType::U16:
        return static_cast<float>(elementAt<std::uint16_t>(b, i));
    case TensorType::F8E4M3:
        return smallFloat(elementAt<std::uint8_t>(b, i), 4, 3, true);
    case TensorType::F8E5M2:
        return smallFloat(elementAt<std::uint8_t>(b, i), 5, 2, false);
    }
    return 0;
}

} // namespace

std::size_t bytesPerElement(TensorType type)
{
    return row(type).bytes;
}

std::string_view typeName(TensorType type)
{
    return row(type).name;
}

std::optional<TensorType> typeByName(std::string_view name)
{
    for (const TypeRow& candidate : kTypes)
        if (candidate.name == name)
            return candidate.type;
    return std::nullopt;
}

std::size_t StoredTensor::count() const
{
    return bytes.size() / bytesPerElement(type);
}

std::vector<float> StoredTensor::toFloats() const
{
    std::vector<float> values(count());
    if (type == TensorType::F32) {
        // Bit for bit: a signalling NaN must survive too.
        std::memcpy(values.data(), bytes.data(), bytes.size());
        return values;
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = floatAt(*this, i);
    return values;
}

std::string describeShape(std::span<const std::int64_t> shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i == 0 ? "" : ",") + std::to_string(shape[i]);
    return text + "]";
}

} // namespace core
