// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// The four files of MNIST and the SHA-256 of their uncompressed content.
struct MnistFile {
    std::string name; ///< "train-images-idx3-ubyte"; may have ".gz" on disk
    std::string sha256;
};
const std::array<MnistFile, 4>& mnistFiles();

/// Looks for all four files (plain or .gz) directly in `folder`, and where torchvision keeps them:
/// in MNIST/raw below it. Only looks at names.
std::optional<std::filesystem::path> findMnist(const std::filesystem::path& folder);
/// The first of `folders` that has it.
std::optional<std::filesystem::path> findMnist(const std::vector<std::filesystem::path>& folders);

/// Whether Split::Train leaves out the last 10,000 of the 60,000 training images, which are what
/// Split::Validation always consists of.
enum class HoldOut { None, Validation };

/// Reads and verifies one split. Throws Error(DataMissing) if the files are not there, Error(Input)
/// if they are not MNIST (file, what was found, what was expected). Blocks.
Dataset loadMnist(const std::filesystem::path& folder, Split split,
                  HoldOut holdOut = HoldOut::None);

} // namespace core
