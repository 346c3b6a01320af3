// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>

namespace core
{

namespace
{

constexpr std::array<std::string_view, 3> kSplitNames = {"train", "test", "validation"};

} // namespace

std::string_view splitName(Split split)
{
    return kSplitNames[static_cast<std::size_t>(split)];
}

std::optional<Split> splitByName(std::string_view name)
{
    const auto found = std::ranges::find(kSplitNames, name);
    if (found == kSplitNames.end())
        return std::nullopt;
    return static_cast<Split>(found - kSplitNames.begin());
}

std::span<const std::uint8_t> Dataset::image(int index) const
{
    const auto area = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    return std::span(pixels).subspan(static_cast<std::size_t>(index) * area, area);
}

std::string Dataset::description() const
{
    return fmt::format("{} {}, {} {}", name, splitName(split), withThousands(size()),
                       size() == 1 ? "image" : "images");
}

std::vector<float> Dataset::imagesAsFloat(std::span<const int> indices) const
{
    std::vector<float> floats;
    floats.reserve(indices.size() * static_cast<std::size_t>(height * width));
    for (const int index : indices)
        for (const std::uint8_t pixel : image(index))
            floats.push_back(static_cast<float>(pixel) / 255.0F);
    return floats;
}

std::vector<float> Dataset::imagesAsFloat(int first, int count) const
{
    std::vector<int> indices(static_cast<std::size_t>(count));
    std::iota(indices.begin(), indices.end(), first);
    return imagesAsFloat(indices);
}

Dataset chosenImages(const Dataset& data, std::span<const int> indices)
{
    Dataset chosen;
    chosen.name = data.name;
    chosen.split = data.split;
    chosen.synthetic = data.synthetic;
    chosen.height = data.height;
    chosen.width = data.width;
    chosen.pixels.reserve(indices.size() * static_cast<std::size_t>(data.height * data.width));
    chosen.labels.reserve(indices.size());
    for (const int index : indices) {
        const std::span<const std::uint8_t> image = data.image(index);
        chosen.pixels.insert(chosen.pixels.end(), image.begin(), image.end());
        chosen.labels.push_back(data.labels[static_cast<std::size_t>(index)]);
    }
    return chosen;
}

std::string datasetHash(const Dataset& data)
{
    Sha256 hash;
    const int size[] = {data.size(), data.height, data.width};
    hash.add(std::as_bytes(std::span(size)));
    hash.add(std::as_bytes(std::span(data.pixels)));
    hash.add(std::as_bytes(std::span(data.labels)));
    return hash.hex();
}

std::string withThousands(std::int64_t number)
{
    std::string digits = fmt::format("{}", number);
    const int first = number < 0 ? 1 : 0;
    for (int i = static_cast<int>(digits.size()) - 3; i > first; i -= 3)
        digits.insert(static_cast<std::size_t>(i), 1, ',');
    return digits;
}

} // namespace core
