// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_legacy.h"

#include <map>

namespace core
{

namespace
{

constexpr std::string_view kMagicBytes{"\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10};
constexpr std::string_view kMagicDigits = "119547037146038801333356";
constexpr std::int64_t kProtocol = 1001;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

bool isMagic(const PickleNode& node)
{
    return node.kind == PickleKind::BigInteger &&
           (node.text == kMagicBytes || node.text == kMagicDigits);
}

void checkProtocol(const PickleTree& tree)
{
    const PickleNode& node = tree[tree.root()];
    if (node.kind != PickleKind::Integer || node.integer != kProtocol)
        refuse(fmt::format("is a legacy torch file of an unknown version, expected {}", kProtocol));
}

bool saysBigEndian(const PickleTree& tree)
{
    const PickleObjects objects(tree);
    const auto entries = objects.entries(tree.root());
    const PickleId* little = entries ? findEntry(*entries, "little_endian") : nullptr;
    return little != nullptr && objects.boolean(*little) == false;
}

using TypesByKey = std::map<std::string, std::optional<TensorType>>;

TypesByKey storageTypes(const PickleTree& tree)
{
    const PickleObjects objects(tree);
    TypesByKey types;
    for (PickleId id = 0; id < tree.size(); ++id)
        if (const auto reference = storageReference(objects, id))
            types.emplace(reference->key, reference->type);
    return types;
}

std::vector<std::string> storageKeys(const PickleTree& tree)
{
    const PickleObjects objects(tree);
    const auto elements = objects.elements(tree.root());
    if (!elements)
        refuse("is a legacy torch file without a list of storages");
    std::vector<std::string> keys;
    for (const PickleId id : *elements) {
        const auto number = objects.integer(id);
        const auto text = objects.text(id);
        if (!number && !text)
            refuse("is a legacy torch file with a storage that has no name");
        keys.push_back(number ? std::to_string(*number) : *text);
    }
    return keys;
}

std::map<std::string, Bytes> readStorages(ByteReader& reader, const std::vector<std::string>& keys,
                                          const TypesByKey& types, bool bigEndian)
{
    std::map<std::string, Bytes> storages;
    for (const std::string& key : keys) {
        const auto type = types.find(key);
        if (type == types.end())
            refuse("is a legacy torch file with a storage " + inQuotes(key) + " that nothing uses");
        auto count = reader.number<std::uint64_t>();
        if (bigEndian)
            count = __builtin_bswap64(count);
        std::uint64_t bytes = 0;
        const std::size_t element = type->second ? bytesPerElement(*type->second) : 1;
        if (__builtin_mul_overflow(count, element, &bytes) || bytes > reader.remaining())
            refuse(
                fmt::format("is cut off: storage {} has {} elements of {} bytes, but only {} bytes "
                            "follow",
                            inQuotes(key), count, element, reader.remaining()));
        storages.emplace(key, reader.take(bytes));
    }
    return storages;
}

StorageBytes lookUp(const std::map<std::string, Bytes>& storages, const StorageReference& reference,
                    bool bigEndian)
{
    const auto found = storages.find(reference.key);
    if (found == storages.end())
        refuse("is a legacy torch file without the storage " + inQuotes(reference.key));
    StorageBytes storage{
        .bytes = found->second, .type = reference.type, .owner = {}, .bigEndian = bigEndian};
    if (!reference.viewKey)
        return storage;
    const std::size_t element = reference.type ? bytesPerElement(*reference.type) : 1;
    const std::uint64_t count = storage.bytes.size() / element;
    if (reference.viewOffset > count || reference.viewCount > count - reference.viewOffset)
        refuse(fmt::format("has a view of elements {} to {} of storage {}, which has {}",
                           reference.viewOffset, reference.viewOffset + reference.viewCount,
                           inQuotes(reference.key), count));
    storage.bytes = storage.bytes.subspan(static_cast<std::size_t>(reference.viewOffset) * element,
                                          static_cast<std::size_t>(reference.viewCount) * element);
    return storage;
}

} // namespace

bool looksLikeTorchLegacy(Bytes content)
{
    // The whole first pickle is smaller than this in every protocol.
    constexpr std::size_t kLongestMagic = 64;
    ByteReader reader(content.first(std::min(content.size(), kLongestMagic)), "the magic number");
    try {
        const PickleTree tree = readPickle(reader);
        return isMagic(tree[tree.root()]);
    } catch (const Error&) {
        return content.size() >= 4 + kMagicBytes.size() &&
               asText(content.subspan(4, kMagicBytes.size())) == kMagicBytes;
    }
}

TorchContent readTorchLegacy(Bytes content)
{
    ByteReader reader(content, "the legacy torch file");
    if (const PickleTree magic = readPickle(reader); !isMagic(magic[magic.root()]))
        refuse("is no legacy torch file");
    checkProtocol(readPickle(reader));
    const bool bigEndian = saysBigEndian(readPickle(reader));

    TorchContent torch{
        .container = "torch legacy", .tree = readPickle(reader), .storages = {}, .ownMetadata = {}};
    const PickleTree keys = readPickle(reader);
    auto storages = readStorages(reader, storageKeys(keys), storageTypes(torch.tree), bigEndian);
    torch.storages.storage = [storages = std::move(storages),
                              bigEndian](const StorageReference& reference) {
        return lookUp(storages, reference, bigEndian);
    };
    return torch;
}

StorageBytes readEmbeddedStorage(Bytes content)
{
    const TorchContent torch = readTorchLegacy(content);
    const auto reference = storageReference(PickleObjects(torch.tree), torch.tree.root());
    if (!reference)
        refuse("has a pickled storage that is none");
    return torch.storages.storage(*reference);
}

} // namespace core
