// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_tar.h"

#include <algorithm>
#include <map>

namespace core
{

namespace
{

constexpr std::size_t kBlock = 512;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

/// A field of a header: octal digits, padded with spaces or zero bytes.
std::uint64_t octal(std::string_view field)
{
    std::uint64_t value = 0;
    for (const char c : field) {
        if (c == ' ' && value == 0)
            continue;
        if (c < '0' || c > '7')
            break;
        value = value * 8 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::string_view upToZero(std::string_view field)
{
    return field.substr(0, field.find('\0'));
}

std::map<std::string, Bytes, std::less<>> tarMembers(Bytes content)
{
    std::map<std::string, Bytes, std::less<>> members;
    std::size_t at = 0;
    while (at + kBlock <= content.size()) {
        const std::string_view header = asText(content.subspan(at, kBlock));
        if (header[0] == '\0')
            break;
        std::string_view name = upToZero(header.substr(0, 100));
        if (name.starts_with("./"))
            name.remove_prefix(2);
        const std::uint64_t size = octal(header.substr(124, 12));
        at += kBlock;
        if (size > content.size() - at)
            refuse(
                fmt::format("is a tar archive that is cut off: member {} has {} bytes, but only {} "
                            "follow",
                            inQuotes(name), size, content.size() - at));
        members.emplace(name, content.subspan(at, static_cast<std::size_t>(size)));
        const std::size_t padded = (static_cast<std::size_t>(size) + kBlock - 1) / kBlock * kBlock;
        at += std::min(padded, content.size() - at);
    }
    return members;
}

std::uint64_t smallCount(const PickleTree& tree, const char* what)
{
    const auto count = PickleObjects(tree).integer(tree.root());
    if (!count || *count < 0 || static_cast<std::uint64_t>(*count) > kMostTensors)
        refuse(fmt::format("is an early torch file without a sensible number of {}", what));
    return static_cast<std::uint64_t>(*count);
}

/// Keys are addresses: numbers, or the numbers' digits.
std::string keyOf(const PickleObjects& objects, PickleId id)
{
    if (const auto number = objects.integer(id))
        return std::to_string(*number);
    if (const auto text = objects.text(id))
        return *text;
    if (objects.at(id).kind == PickleKind::BigInteger)
        return std::string(objects.at(id).text);
    refuse("is an early torch file with a part that has no key");
}

std::vector<PickleId> parts(const PickleObjects& objects, PickleId id, std::size_t count)
{
    auto items = objects.elements(id);
    if (!items || items->size() < count)
        refuse("is an early torch file with a part that is described by too few values");
    return std::move(*items);
}

using Storages = std::map<std::string, StorageBytes>;

Storages readStorages(Bytes member)
{
    ByteReader reader(member, "the member storages");
    Storages storages;
    const std::uint64_t count = smallCount(readPickle(reader), "storages");
    for (std::uint64_t i = 0; i < count; ++i) {
        const PickleTree tree = readPickle(reader);
        const PickleObjects objects(tree);
        const auto items = parts(objects, tree.root(), 3); // key, location, type
        const auto type = storageType(objects.globalName(items[2]));
        const std::size_t element = type ? bytesPerElement(*type) : 1;
        const auto length = reader.number<std::uint64_t>();
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(length, element, &bytes))
            refuse("is an early torch file with a storage that is too large");
        storages[keyOf(objects, items[0])] = {
            .bytes = reader.take(bytes), .type = type, .owner = {}};
    }
    const PickleTree views = readPickle(reader);
    const PickleObjects objects(views);
    for (const PickleId view : objects.elements(views.root()).value_or(std::vector<PickleId>{})) {
        const auto items = parts(objects, view, 4); // key, key of the whole, offset, count
        const auto whole = storages.find(keyOf(objects, items[1]));
        const auto offset = objects.integer(items[2]);
        const auto length = objects.integer(items[3]);
        if (whole == storages.end() || !offset || !length || *offset < 0 || *length < 0)
            refuse("is an early torch file with a broken view of a storage");
        StorageBytes part = whole->second;
        const std::size_t element = part.type ? bytesPerElement(*part.type) : 1;
        const std::uint64_t available = part.bytes.size() / element;
        const auto first = static_cast<std::uint64_t>(*offset);
        const auto elements = static_cast<std::uint64_t>(*length);
        if (first > available || elements > available - first)
            refuse("is an early torch file with a view over the end of its storage");
        part.bytes = part.bytes.subspan(static_cast<std::size_t>(first) * element,
                                        static_cast<std::size_t>(elements) * element);
        storages[keyOf(objects, items[0])] = part;
    }
    return storages;
}

std::vector<std::int64_t> readExtents(ByteReader& reader, std::size_t count)
{
    std::vector<std::int64_t> extents(count);
    for (std::int64_t& extent : extents) {
        extent = reader.number<std::int64_t>();
        if (extent < 0)
            refuse("is an early torch file with a negative extent");
    }
    return extents;
}

std::map<std::string, StoredTensor> readTensors(Bytes member, const Storages& storages,
                                                MemoryBudget& budget)
{
    ByteReader reader(member, "the member tensors");
    std::map<std::string, StoredTensor> tensors;
    const std::uint64_t count = smallCount(readPickle(reader), "tensors");
    for (std::uint64_t i = 0; i < count; ++i) {
        const PickleTree tree = readPickle(reader);
        const PickleObjects objects(tree);
        const auto items = parts(objects, tree.root(), 3); // key, storage, type
        const std::string key = keyOf(objects, items[0]);
        const auto dimensions = reader.number<std::uint32_t>();
        reader.take(4); // it was once written as 8 bytes
        if (dimensions > kMostDimensions)
            refuse(
                fmt::format("is an early torch file with a tensor of {} dimensions", dimensions));
        TensorView view;
        view.shape = readExtents(reader, dimensions);
        view.strides = readExtents(reader, dimensions);
        view.offset = reader.number<std::uint64_t>();
        const auto storage = storages.find(keyOf(objects, items[1]));
        if (storage == storages.end() || !storage->second.type)
            refuse("is an early torch file with a tensor without its storage");
        tensors.emplace(
            key, materialize(key, *storage->second.type, storage->second.bytes, view, budget));
    }
    return tensors;
}

} // namespace

bool looksLikeTar(Bytes content)
{
    constexpr std::size_t kMagic = 257;
    return content.size() >= kBlock && asText(content.subspan(kMagic, 5)) == "ustar";
}

TorchContent readTorchTar(Bytes content, MemoryBudget& budget)
{
    const auto members = tarMembers(content);
    for (const char* needed : {"storages", "tensors", "pickle"})
        if (!members.contains(needed)) {
            const std::string first =
                members.empty() ? "nothing" : inQuotes(members.begin()->first);
            refuse(
                fmt::format("is a tar archive with {} inside, expected the storages, tensors and "
                            "pickle of an early torch file",
                            first));
        }
    ByteReader reader(members.find("pickle")->second, "the member pickle");
    TorchContent torch{
        .container = "torch tar", .tree = readPickle(reader), .storages = {}, .ownMetadata = {}};
    const Storages storages = readStorages(members.find("storages")->second);
    torch.storages.tensors = readTensors(members.find("tensors")->second, storages, budget);
    torch.storages.storage = [storages](const StorageReference& reference) {
        const auto found = storages.find(reference.key);
        if (found == storages.end())
            refuse("is an early torch file without the storage " + inQuotes(reference.key));
        return found->second;
    };
    return torch;
}

} // namespace core
