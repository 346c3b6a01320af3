// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include "core/formats/limits.h"
#include "core/formats/safetensors_header.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

constexpr std::uint64_t kLongestHeader = 100'000'000;
constexpr std::size_t kLengthBytes = 8;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

std::uint64_t headerLength(Bytes content)
{
    return ByteReader(content, "the file").number<std::uint64_t>();
}

/// Bytes that a tensor of this shape takes. Both products may overflow.
std::uint64_t expectedBytes(const SafetensorsEntry& entry)
{
    std::uint64_t bytes = bytesPerElement(entry.type);
    const bool empty = std::ranges::find(entry.shape, 0) != entry.shape.end();
    for (const std::int64_t extent : entry.shape)
        if (!empty && __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(extent), &bytes))
            refuse(fmt::format("safetensors tensor {} has the shape {}, which is too large",
                               inQuotes(entry.name), describeShape(entry.shape)));
    return empty ? 0 : bytes;
}

void checkRanges(const std::vector<SafetensorsEntry>& sorted, std::uint64_t bufferBytes)
{
    std::uint64_t last = 0;
    for (const SafetensorsEntry& entry : sorted) {
        if (entry.end < entry.begin)
            refuse(fmt::format("safetensors tensor {} ends at byte {} before it begins at {}",
                               inQuotes(entry.name), entry.end, entry.begin));
        if (entry.begin != last)
            refuse(fmt::format("safetensors tensor {} begins at byte {}, expected {}, where the "
                               "one before it ends",
                               inQuotes(entry.name), entry.begin, last));
        if (entry.end > bufferBytes)
            refuse(fmt::format("safetensors tensor {} ends at byte {} of a buffer of {} bytes",
                               inQuotes(entry.name), entry.end, bufferBytes));
        if (const auto expected = expectedBytes(entry); expected != entry.end - entry.begin)
            refuse(fmt::format(
                "safetensors tensor {} takes {} bytes, expected {} for the shape {} of {}",
                inQuotes(entry.name), entry.end - entry.begin, expected, describeShape(entry.shape),
                typeName(entry.type)));
        last = entry.end;
    }
    if (last != bufferBytes)
        refuse(fmt::format("safetensors tensors end at byte {} of a buffer of {} bytes, expected "
                           "nothing behind them",
                           last, bufferBytes));
}

} // namespace

bool looksLikeSafetensors(Bytes content)
{
    if (content.size() <= kLengthBytes)
        return false;
    const std::uint64_t length = headerLength(content);
    const std::string_view rest = asText(content.subspan(kLengthBytes));
    const std::size_t first = rest.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && rest[first] == '{' && first < 4096)
        return true;
    // Any other length that makes sense is no other format's beginning, but for a zip archive's.
    if (asText(content).starts_with("PK\x03\x04"))
        return false;
    return length > 0 && length <= content.size() - kLengthBytes && length <= kLongestHeader &&
           asText(content.subspan(4, 4)) == std::string_view("\0\0\0\0", 4);
}

TensorFile readSafetensors(Bytes content)
{
    if (content.size() < kLengthBytes)
        refuse(fmt::format("has {} bytes, expected at least the 8 of a safetensors header length",
                           content.size()));
    const std::uint64_t length = headerLength(content);
    if (length > kLongestHeader)
        refuse(fmt::format("says that its safetensors header has {} bytes, expected at most {}",
                           length, kLongestHeader));
    if (length > content.size() - kLengthBytes)
        refuse(fmt::format("says that its safetensors header has {} bytes, but only {} follow",
                           length, content.size() - kLengthBytes));
    SafetensorsHeader header = parseSafetensorsHeader(
        asText(content.subspan(kLengthBytes, static_cast<std::size_t>(length))));
    const Bytes buffer = content.subspan(kLengthBytes + static_cast<std::size_t>(length));

    std::ranges::stable_sort(header.entries, {},
                             [](const SafetensorsEntry& e) { return std::pair(e.begin, e.end); });
    checkRanges(header.entries, buffer.size());

    TensorFile file{.format = "safetensors", .tensors = {}, .metadata = std::move(header.metadata)};
    MemoryBudget budget;
    for (SafetensorsEntry& entry : header.entries) {
        const Bytes bytes = buffer.subspan(static_cast<std::size_t>(entry.begin),
                                           static_cast<std::size_t>(entry.end - entry.begin));
        budget.spend(bytes.size(), "tensor " + inQuotes(entry.name));
        file.tensors.push_back({.name = std::move(entry.name),
                                .type = entry.type,
                                .shape = std::move(entry.shape),
                                .bytes = {bytes.begin(), bytes.end()}});
    }
    return file;
}

std::vector<std::byte> writeSafetensors(const TensorFile& file)
{
    std::vector<const StoredTensor*> sorted;
    for (const StoredTensor& tensor : file.tensors)
        sorted.push_back(&tensor);
    // The widest first, so that every tensor is aligned; some readers need that.
    std::ranges::sort(sorted, {}, [](const StoredTensor* tensor) {
        return std::pair(-static_cast<int>(bytesPerElement(tensor->type)), tensor->name);
    });

    nlohmann::json header = nlohmann::json::object(); // keeps its keys sorted
    if (!file.metadata.empty())
        header["__metadata__"] = file.metadata;
    std::uint64_t end = 0;
    for (const StoredTensor* tensor : sorted) {
        const std::uint64_t begin = end;
        end += tensor->bytes.size();
        header[tensor->name] = {{"dtype", typeName(tensor->type)},
                                {"shape", tensor->shape},
                                {"data_offsets", {begin, end}}};
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');

    std::vector<std::byte> bytes;
    bytes.reserve(kLengthBytes + text.size() + static_cast<std::size_t>(end));
    const std::uint64_t length = text.size();
    const auto append = [&bytes](Bytes part) {
        bytes.insert(bytes.end(), part.begin(), part.end());
    };
    append(std::as_bytes(std::span(&length, 1)));
    append(std::as_bytes(std::span(text)));
    for (const StoredTensor* tensor : sorted)
        append(tensor->bytes);
    return bytes;
}

} // namespace core
