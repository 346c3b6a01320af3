// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_zip.h"

#include "core/formats/torch_script.h"
#include "core/formats/zip_reader.h"

#include <algorithm>

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

/// The folder of the member `name`, with its slash: "archive/".
std::optional<std::string> folderOf(const std::vector<std::string>& names, std::string_view name)
{
    for (const std::string& member : names) {
        const std::size_t slash = member.rfind('/');
        const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
        const bool shallow = std::ranges::count(member, '/') <= 1;
        if (shallow && std::string_view(member).substr(start) == name)
            return member.substr(0, start);
    }
    return std::nullopt;
}

[[noreturn]] void refuseOther(const std::vector<std::string>& names)
{
    const auto has = [&names](std::string_view end) {
        return std::ranges::any_of(names, [end](const std::string& n) { return n.ends_with(end); });
    };
    std::string kind = "a zip archive without a torch data.pkl";
    if (has("model.weights.h5") || has("keras_metadata.pb"))
        kind = "a Keras model";
    else if (has(".npy"))
        kind = "a NumPy archive (.npz)";
    else if (has(".pth") || has(".pt"))
        kind = "a zip archive around a torch file (unpack it first)";
    else if (has("saved_model.pb"))
        kind = "a TensorFlow model";
    const std::string first = names.empty() ? "nothing" : inQuotes(names.front());
    refuse(fmt::format("is {} with {} members ({} first), expected a torch file", kind,
                       names.size(), first));
}

bool isBigEndian(ZipReader& zip, const std::string& folder, MemoryBudget& budget)
{
    const std::string member = folder + "byteorder";
    return zip.contains(member) && asText(zip.read(member, budget)).starts_with("big");
}

} // namespace

TorchContent readTorchZip(Bytes content, MemoryBudget& budget)
{
    const auto zip = std::make_shared<ZipReader>(content);
    const std::vector<std::string> names = zip->names();
    const auto folder = folderOf(names, "data.pkl");
    if (!folder) {
        if (const auto old = folderOf(names, "model.json"))
            return readOldTorchScript(zip, *old, budget);
        refuseOther(names);
    }
    const bool script = zip->contains(*folder + "constants.pkl");
    ByteReader reader(zip->read(*folder + "data.pkl", budget), "data.pkl");
    TorchContent torch{.container = script ? "TorchScript" : "torch zip",
                       .tree = readPickle(reader),
                       .storages = {},
                       .ownMetadata = {}};
    const bool bigEndian = isBigEndian(*zip, *folder, budget);
    torch.storages.storage = [zip, folder = *folder, bigEndian,
                              &budget](const StorageReference& reference) {
        const Bytes bytes = zip->read(folder + "data/" + reference.key, budget);
        const std::size_t element = reference.type ? bytesPerElement(*reference.type) : 1;
        if (reference.count > bytes.size() / element)
            refuse(fmt::format("has a storage {} of {} elements in a record of {} bytes",
                               inQuotes(reference.key), reference.count, bytes.size()));
        return StorageBytes{
            .bytes = bytes, .type = reference.type, .owner = {}, .bigEndian = bigEndian};
    };
    if (const std::string own = *folder + std::string(kOwnMember); zip->contains(own))
        torch.ownMetadata = asText(zip->read(own, budget));
    return torch;
}

} // namespace core
