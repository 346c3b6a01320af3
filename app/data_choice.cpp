// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data_choice.h"

#include "app/environment.h"
#include "app/output.h"
#include "core/base/error.h"
#include "core/data/sample_digits.h"

#include <QImage>
#include <charconv>
#include <fmt/format.h>
#include <numeric>

namespace app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr int kSampleTest = 1000;
constexpr int kSampleTrain = 10000;
/// Not --seed: numbers on the sample digits stay comparable whatever else is random.
constexpr std::uint64_t kSampleSeed = 1;

core::DatasetPointer samples(core::Split split)
{
    const int count = split == core::Split::Train ? kSampleTrain : kSampleTest;
    return std::make_shared<const core::Dataset>(core::sampleDigits(count, kSampleSeed, split));
}

bool asksForSamples(const CommonOptions& options)
{
    return options.data == "samples";
}

/// {"test", 12} of "test:12"; nothing if there is no number behind a colon.
std::optional<std::pair<std::string, int>> splitReference(const std::string& reference)
{
    const auto colon = reference.rfind(':');
    if (colon == std::string::npos)
        return std::nullopt;
    const char* const end = reference.data() + reference.size();
    int index = 0;
    const auto parsed = std::from_chars(reference.data() + colon + 1, end, index);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return std::nullopt;
    return std::pair(reference.substr(0, colon), index);
}

ChosenImage imageOf(const core::Dataset& data, int index, const std::string& reference)
{
    if (index < 0 || index >= data.size())
        throw Error(ErrorKind::Usage,
                    fmt::format("{}: {} {} has images 0 to {}", reference, data.name,
                                core::splitName(data.split), core::withThousands(data.size() - 1)));
    const int label = data.labels[static_cast<std::size_t>(index)];
    return {data.imagesAsFloat(index, 1),
            fmt::format("{} {}, image {}, label {}", data.name, core::splitName(data.split), index,
                        label),
            label};
}

ChosenImage imageFromFile(const std::string& file, int height, int width)
{
    const QImage image(QString::fromStdString(file));
    if (image.isNull())
        throw Error(
            ErrorKind::Input,
            fmt::format("{}: not an image that can be read; expected a grey {}x{} PNG, or a "
                        "reference such as test:0",
                        file, width, height));
    if (image.width() != width || image.height() != height)
        throw Error(ErrorKind::Input, fmt::format("{}: the image is {}x{}; expected {}x{}", file,
                                                  image.width(), image.height(), width, height));
    if (!image.allGray())
        throw Error(ErrorKind::Input,
                    fmt::format("{}: the image has colours; expected shades of grey", file));
    ChosenImage chosen;
    chosen.description = fs::path(file).filename().string();
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column)
            chosen.pixels.push_back(static_cast<float>(qGray(image.pixel(column, row))) / 255.0F);
    return chosen;
}

} // namespace

std::optional<fs::path> chosenMnist(const CommonOptions& options)
{
    if (asksForSamples(options))
        return std::nullopt;
    if (!options.data)
        return core::findMnist(mnistFolders());
    auto folder = core::findMnist(fs::path(*options.data));
    if (!folder)
        throw Error(
            ErrorKind::DataMissing,
            fmt::format("{0}: no MNIST there (four files such as train-images-idx3-ubyte.gz, "
                        "in the folder or in MNIST/raw below it); 'caddie fetch mnist --out "
                        "{0}' gets it",
                        *options.data));
    return folder;
}

core::DatasetPointer loadData(const CommonOptions& options, core::Split split)
{
    if (const auto folder = chosenMnist(options))
        return std::make_shared<const core::Dataset>(core::loadMnist(*folder, split));
    auto data = samples(split);
    if (!asksForSamples(options))
        note(options, "MNIST was not found, so this is about the built-in sample digits; "
                      "'caddie fetch mnist' gets it");
    return data;
}

core::DatasetPointer loadRequestedData(const CommonOptions& options, core::Split split,
                                       core::HoldOut holdOut)
{
    if (asksForSamples(options))
        return samples(split);
    if (const auto folder = chosenMnist(options))
        return std::make_shared<const core::Dataset>(core::loadMnist(*folder, split, holdOut));
    throw Error(ErrorKind::DataMissing,
                "MNIST was not found: 'caddie fetch mnist' gets it, --data names its folder, and "
                "--data samples takes the built-in sample digits instead");
}

ChosenImage chooseImage(const CommonOptions& options, const std::string& reference, int height,
                        int width)
{
    const auto parts = splitReference(reference);
    if (parts && parts->first == "samples")
        return imageOf(*samples(core::Split::Test), parts->second, reference);
    if (const auto split = parts ? core::splitByName(parts->first) : std::nullopt)
        return imageOf(*loadData(options, *split), parts->second, reference);
    if (!fs::exists(reference) && fs::path(reference).extension().empty())
        throw Error(
            ErrorKind::Usage,
            fmt::format("{}: not an image; expected test:N, train:N, validation:N, samples:N "
                        "or a PNG file",
                        reference));
    ChosenImage chosen = imageFromFile(reference, height, width);
    const double ink = std::reduce(chosen.pixels.begin(), chosen.pixels.end(), 0.0);
    if (ink > 0.5 * static_cast<double>(chosen.pixels.size()))
        note(options,
             fmt::format("{}: mostly light; MNIST's digits are light ink on black, so this "
                         "one may have to be inverted",
                         reference));
    return chosen;
}

} // namespace app
