// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/stored_network.h"

#include "core/formats/file_content.h"
#include "core/formats/own_metadata.h"
#include "core/formats/safetensors.h"
#include "core/formats/torch_legacy.h"
#include "core/formats/torch_networks.h"
#include "core/formats/torch_tar.h"
#include "core/formats/torch_zip.h"

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

bool beginsLikePickle(Bytes content)
{
    return content.size() >= 2 && content[0] == std::byte{0x80} && content[1] <= std::byte{5};
}

TorchContent readPlainPickle(Bytes content)
{
    ByteReader reader(content, "the pickle");
    TorchContent torch{
        .container = "pickle", .tree = readPickle(reader), .storages = {}, .ownMetadata = {}};
    torch.storages.storage = [](const StorageReference& reference) -> StorageBytes {
        refuse("is a bare pickle that refers to a storage " + inQuotes(reference.key) +
               " outside of it (the data.pkl of an unpacked torch file?)");
    };
    return torch;
}

/// Old text pickles begin with about anything, so they are tried last.
std::optional<TorchContent> tryTextPickle(Bytes content)
{
    if (asText(content.first(1)).find_first_of("(cdl}]") == std::string_view::npos)
        return std::nullopt;
    try {
        return readPlainPickle(content);
    } catch (const Error&) {
        return std::nullopt;
    }
}

TorchContent readTorch(Bytes content, MemoryBudget& budget)
{
    if (asText(content).starts_with("PK"))
        return readTorchZip(content, budget);
    if (looksLikeTar(content))
        return readTorchTar(content, budget);
    if (looksLikeTorchLegacy(content))
        return readTorchLegacy(content);
    if (beginsLikePickle(content))
        return readPlainPickle(content);
    if (auto torch = tryTextPickle(content))
        return std::move(*torch);
    refuse("is " + describeContent(content) + ", expected safetensors or a file of torch.save");
}

} // namespace

std::vector<StoredNetwork> readNetworks(Bytes content)
{
    if (looksLikeSafetensors(content)) {
        std::vector<StoredNetwork> networks(1);
        networks[0].file = readSafetensors(content);
        return networks;
    }
    MemoryBudget budget;
    const TorchContent torch = readTorch(content, budget);
    auto networks = findNetworks(torch, budget);
    if (!torch.ownMetadata.empty())
        networks.front().file.metadata = parseMetadata(torch.ownMetadata);
    return networks;
}

} // namespace core
