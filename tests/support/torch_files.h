// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test
{

/// The bytes of a number, little-endian.
template<typename T>
std::string little(T value)
{
    std::string bytes;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
    return bytes;
}

struct ZipMember {
    std::string name;
    std::string content;          ///< as it lies in the archive
    std::uint16_t method = 0;     ///< 0 stored, 8 deflated
    std::uint64_t unpacked = ~0U; ///< the size that it says; by default the content's
    std::uint32_t crc = 0;
    bool wrongCrc = false;
};

/// A zip archive, independent of the one in core; every field as the members say.
std::string zipFile(const std::vector<ZipMember>& members, bool zip64 = false);
std::string rawDeflate(std::string_view content);

/// Opcodes of a pickle, put one behind the other.
class Pickle
{
public:
    explicit Pickle(int protocol = 2)
    {
        m_bytes = {static_cast<char>(0x80), static_cast<char>(protocol)};
    }
    Pickle& raw(std::string_view opcodes)
    {
        m_bytes += opcodes;
        return *this;
    }
    Pickle& text(std::string_view value)
    {
        return raw("X").raw(little(static_cast<std::uint32_t>(value.size()))).raw(value);
    }
    Pickle& integer(std::int64_t value)
    {
        return raw(std::string_view("\x8a\x08", 2)).raw(little(value));
    }
    Pickle& integers(const std::vector<std::int64_t>& values)
    {
        raw("(");
        for (const std::int64_t value : values)
            integer(value);
        return raw("t");
    }
    Pickle& global(std::string_view module, std::string_view name)
    {
        return raw("c").raw(module).raw("\n").raw(name).raw("\n");
    }
    std::string done() const { return m_bytes + "."; }

private:
    std::string m_bytes;
};

/// A tensor of a state_dict as its pickle describes it, right or wrong.
struct PickledTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
    std::int64_t offset = 0;
    std::int64_t storageCount = 0;
    std::string storage = "FloatStorage";
    std::string record; ///< content of data/N
};

/// With dense strides, a fitting storage and values that count up.
PickledTensor floatTensor(const std::string& name, std::vector<std::int64_t> shape);

std::string pickledStateDict(const std::vector<PickledTensor>& tensors);
std::string torchZip(const std::vector<PickledTensor>& tensors);
std::string torchLegacy(const std::vector<PickledTensor>& tensors);
std::string safetensors(std::string_view header, std::string_view buffer);

/// conv1 2@5x5, conv2 3@3x3, fc 10: opens as a network.
std::vector<PickledTensor> smallNetwork();

} // namespace test
