// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/model.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core
{

struct OpenOptions {
    /// Labelled images that rank the layouts of a file which doesn't say its own; may be null.
    DatasetPointer labelled;
    /// Takes this layout instead of what the file says or what is inferred.
    std::optional<Architecture> architecture;
};

/// Opens a network by its content, never by its extension: safetensors, torch zip, legacy and
/// TorchScript. Nothing from the file is executed. Blocks; time and memory in proportion to the
/// file's size, within limits. Throws Error(Input): file, what was found, what was expected.
Model openModel(const std::filesystem::path& file, const OpenOptions& options = {});

/// The same from bytes that are a file's content; `name` is for messages and becomes the model's.
Model readModel(std::span<const std::byte> content, const std::string& name,
                const OpenOptions& options = {});

/// Every layout that fits the file's tensors, the best first; one entry where the file says it.
std::vector<Architecture> candidateLayouts(const std::filesystem::path& file,
                                           const OpenOptions& options = {});

/// Writes atomically, by extension: .safetensors; .pt and .pth as a torch zip with a state_dict.
/// Throws Error(Usage) on another extension, Error(Output) where it can't be written.
void saveModel(const Model& model, const std::filesystem::path& file);

/// What saveModel() writes into a .safetensors: the same model gives the same bytes.
std::vector<std::byte> modelContent(const Model& model);

/// Reads one and writes the other without changing a bit of any tensor, whatever its type.
void convertModel(const std::filesystem::path& from, const std::filesystem::path& to,
                  const OpenOptions& options = {});

} // namespace core
