// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

enum class Split { Train, Test, Validation };

std::string_view splitName(Split split); ///< "train", "test", "validation"
std::optional<Split> splitByName(std::string_view name);

/// Labelled grey images of one size. Immutable once shared; any thread may read it.
struct Dataset {
    std::string name; ///< "MNIST" or "sample digits (built-in)"
    Split split = Split::Test;
    bool synthetic = false; ///< the built-in sample digits, which are not MNIST
    int height = 28;
    int width = 28;
    std::vector<std::uint8_t> pixels; ///< [N, H, W], 0 is paper, 255 is ink
    std::vector<std::uint8_t> labels; ///< [N], 0..9

    int size() const { return static_cast<int>(labels.size()); }
    std::span<const std::uint8_t> image(int index) const; ///< [H, W]

    /// What a number computed on it must say: "MNIST test, 10,000 images".
    std::string description() const;

    /// The images `indices` as floats in 0..1, [N, 1, H, W].
    std::vector<float> imagesAsFloat(std::span<const int> indices) const;
    std::vector<float> imagesAsFloat(int first, int count) const;
};

using DatasetPointer = std::shared_ptr<const Dataset>;

/// A data set of the images that `indices` name, in this order.
Dataset chosenImages(const Dataset& data, std::span<const int> indices);

/// SHA-256 over number, sizes, pixels and labels of the images, as hexadecimal digits.
std::string datasetHash(const Dataset& data);

/// "10,000"
std::string withThousands(std::int64_t number);

} // namespace core
