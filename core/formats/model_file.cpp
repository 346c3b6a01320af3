// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_file.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/formats/assemble_model.h"
#include "core/formats/file_content.h"
#include "core/formats/layout_hints.h"
#include "core/formats/layout_inference.h"
#include "core/formats/own_metadata.h"
#include "core/formats/safetensors.h"
#include "core/formats/torch_writer.h"
#include "core/model/architecture_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace core
{

namespace
{

/// A network of a file with every layout that it may have.
struct OpenedNetwork {
    StoredNetwork network;
    LayerChain chain;
    std::vector<Architecture> layouts; ///< the best first
    LayoutSource source = LayoutSource::Stored;
};

/// Puts the file's name in front of what the readers have to say, which only know bytes.
template<typename Work>
auto naming(const std::filesystem::path& file, Work work)
{
    try {
        return work();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Input)
            throw;
        throw Error(ErrorKind::Input, fmt::format("{}: {}", file.string(), error.what()));
    }
}

Architecture storedArchitecture(const std::string& text)
{
    try {
        return parseArchitecture(text);
    } catch (const Error& error) {
        throw Error(ErrorKind::Input, std::string("has a broken layout stored: ") + error.what());
    }
}

/// Layers in the order that the metadata gives, which safetensors' sorted names have lost.
void sortByMetadata(TensorFile& file)
{
    std::map<std::string, std::size_t> ranks;
    for (std::string& name : tensorOrder(file.metadata))
        ranks.emplace(std::move(name), ranks.size());
    std::ranges::stable_sort(file.tensors, {}, [&ranks](const StoredTensor& tensor) {
        const auto rank = ranks.find(tensor.name);
        return rank == ranks.end() ? ranks.size() : rank->second;
    });
}

void checkSize(const TensorFile& file)
{
    constexpr std::size_t kMostWeights = 16 * 1024 * 1024;
    std::size_t count = 0;
    for (const StoredTensor& tensor : file.tensors)
        count += tensor.count();
    if (count > kMostWeights)
        throw Error(ErrorKind::Input,
                    fmt::format("has {} numbers, expected a small network of at most {}", count,
                                kMostWeights));
}

OpenedNetwork openNetwork(StoredNetwork network, const OpenOptions& options)
{
    checkSize(network.file);
    sortByMetadata(network.file);
    OpenedNetwork opened;
    opened.chain = chainLayers(findLayers(network.file));
    opened.network = std::move(network);
    const ModuleLayout modules = layoutOfModules(opened.network, opened.chain);
    for (const std::string& note : modules.notes)
        opened.network.notes.push_back(note);

    const Metadata& metadata = opened.network.file.metadata;
    std::optional<Architecture> given = options.architecture;
    const auto stored = metadata.find(kArchitectureKey);
    const bool takesStored = !given && stored != metadata.end();
    if (takesStored)
        given = storedArchitecture(stored->second);
    if (!given)
        given = modules.certain;
    if (given && !fitsTensors(*given, opened.chain))
        throw Error(ErrorKind::Input,
                    fmt::format("has tensors that are not those of the layout {}", toText(*given)));
    const bool wasInferred = takesStored && metadata.contains(kLayoutKey);
    if (given)
        opened.layouts = {*given};
    if (given && !wasInferred)
        return opened;
    opened.source = LayoutSource::Inferred;
    // A layout that was inferred once is kept, but is no more certain than before.
    const DatasetPointer labelled = wasInferred ? nullptr : options.labelled;
    for (Architecture& other :
         inferLayouts(opened.network, opened.chain, modules.hints, labelled, opened.network.notes))
        if (!given || !(other == *given))
            opened.layouts.push_back(std::move(other));
    if (opened.layouts.empty())
        throw Error(
            ErrorKind::Input,
            fmt::format("has layers ({}) that no strides, paddings and pools fit to images of "
                        "28x28 pixels",
                        describeWeights(opened.chain.weights)));
    return opened;
}

/// The first network in the file that can be opened; if there is none, the largest says why.
OpenedNetwork openContent(Bytes content, const OpenOptions& options)
{
    std::optional<Error> reason;
    std::size_t largest = 0;
    for (StoredNetwork& network : readNetworks(content)) {
        const std::size_t tensors = network.file.tensors.size();
        try {
            return openNetwork(std::move(network), options);
        } catch (const Error& error) {
            // Another network of the same file may do.
            if (error.kind() != ErrorKind::Input)
                throw;
            if (tensors > largest)
                reason = error;
            largest = std::max(largest, tensors);
        }
    }
    throw reason.value_or(
        Error(ErrorKind::Input, "has no tensors, expected the weights of a network"));
}

OpenedNetwork openFile(const std::filesystem::path& file, const OpenOptions& options)
{
    return openContent(readFileContent(file), options);
}

enum class FileType { Safetensors, Torch };

FileType typeByExtension(const std::filesystem::path& file)
{
    const std::string extension = file.extension().string();
    if (extension == ".safetensors")
        return FileType::Safetensors;
    if (extension == ".pt" || extension == ".pth")
        return FileType::Torch;
    throw Error(ErrorKind::Usage,
                fmt::format("{}: the extension is \"{}\", expected .safetensors, .pt or .pth",
                            file.string(), extension));
}

void write(const TensorFile& content, const std::filesystem::path& file)
{
    const FileType type = typeByExtension(file);
    writeFileAtomically(file, type == FileType::Safetensors ? writeSafetensors(content)
                                                            : writeTorchZip(content, file.stem()));
}

Model modelOf(OpenedNetwork& opened, const std::string& name)
{
    Model model = assembleModel(opened.network, opened.chain, opened.layouts.front());
    model.name = name;
    model.layout = opened.source;
    model.otherLayouts = static_cast<int>(opened.layouts.size()) - 1;
    takeMetadata(opened.network.file.metadata, model);
    return model;
}

TensorFile contentOf(const Model& model)
{
    TensorFile content;
    content.metadata = metadataOf(model);
    for (const ParameterSlice& slice : model.parameters.slices()) {
        const auto bytes = std::as_bytes(model.parameters.of(slice));
        content.tensors.push_back({.name = slice.name,
                                   .type = TensorType::F32,
                                   .shape = slice.shape,
                                   .bytes = {bytes.begin(), bytes.end()}});
    }
    return content;
}

} // namespace

Model openModel(const std::filesystem::path& file, const OpenOptions& options)
{
    return naming(file, [&] {
        OpenedNetwork opened = openFile(file, options);
        Model model = modelOf(opened, file.stem().string());
        model.file = file;
        return model;
    });
}

Model readModel(std::span<const std::byte> content, const std::string& name,
                const OpenOptions& options)
{
    return naming(name, [&] {
        OpenedNetwork opened = openContent(content, options);
        return modelOf(opened, name);
    });
}

std::vector<Architecture> candidateLayouts(const std::filesystem::path& file,
                                           const OpenOptions& options)
{
    return naming(file, [&] { return openFile(file, options).layouts; });
}

void saveModel(const Model& model, const std::filesystem::path& file)
{
    write(contentOf(model), file);
}

std::vector<std::byte> modelContent(const Model& model)
{
    return writeSafetensors(contentOf(model));
}

void convertModel(const std::filesystem::path& from, const std::filesystem::path& to,
                  const OpenOptions& options)
{
    typeByExtension(to); // before the work of reading
    TensorFile content = naming(from, [&] {
        OpenedNetwork opened = openFile(from, options);
        const Model model = modelOf(opened, from.stem().string());
        TensorFile all = std::move(opened.network.file);
        for (auto& [key, value] : metadataOf(model))
            all.metadata[key] = value;
        return all;
    });
    write(content, to);
}

} // namespace core
