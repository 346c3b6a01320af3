// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/data/dataset.h"
#include "core/data/mnist.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace app
{

/// The folder that has MNIST: the one of --data, else the first of mnistFolders(). None if only the
/// sample digits are left, or were asked for. Throws core::Error(DataMissing) if --data has none.
std::optional<std::filesystem::path> chosenMnist(const CommonOptions& options);

/// The split from chosenMnist(), else the sample digits, which a note on stderr then says.
core::DatasetPointer loadData(const CommonOptions& options, core::Split split);

/// As loadData, but refuses to fall back: training on something else than was meant helps nobody.
/// Throws core::Error(DataMissing) saying how to get MNIST.
core::DatasetPointer loadRequestedData(const CommonOptions& options, core::Split split,
                                       core::HoldOut holdOut = core::HoldOut::None);

/// One image that a command looks at.
struct ChosenImage {
    std::vector<float> pixels; ///< [H, W] in 0..1
    std::string description;   ///< "MNIST test, image 0, label 7"
    std::optional<int> label;  ///< absent for a file
};

/// "test:0", "train:5", "samples:3", or a PNG of exactly the network's input size in grey. Throws
/// core::Error: Usage for an index or word that doesn't exist, Input for a file that won't do.
ChosenImage chooseImage(const CommonOptions& options, const std::string& reference, int height,
                        int width);

} // namespace app
