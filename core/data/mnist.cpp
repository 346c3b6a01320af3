// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mnist.h"

#include "core/base/error.h"
#include "core/data/idx.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

constexpr int kSide = 28;
constexpr int kValidationSize = 10000;

/// Below the folder that a user names: itself, or where torchvision puts the files.
constexpr std::array kSubfolders = {"", "MNIST/raw", "raw"};

bool isFile(const fs::path& file)
{
    std::error_code ignored;
    return fs::is_regular_file(file, ignored);
}

std::optional<fs::path> findFile(const fs::path& folder, const std::string& name)
{
    for (const auto& candidate : {folder / name, folder / (name + ".gz")})
        if (isFile(candidate))
            return candidate;
    return std::nullopt;
}

fs::path locate(const fs::path& folder, const std::string& name)
{
    for (const char* const subfolder : kSubfolders)
        if (const auto file = findFile(folder / subfolder, name))
            return *file;
    throw Error(ErrorKind::DataMissing,
                fmt::format("{}: has no {} or {}.gz, expected the four files of MNIST",
                            folder.string(), name, name));
}

std::string shapeText(const IdxArray& array)
{
    return fmt::format("{}", fmt::join(array.shape, " x "));
}

[[noreturn]] void fail(const fs::path& file, const std::string& found)
{
    throw Error(ErrorKind::Input, file.string() + ": " + found);
}

IdxArray readImages(const fs::path& file)
{
    IdxArray images = readIdx(file);
    if (images.shape.size() != 3 || images.shape[1] != kSide || images.shape[2] != kSide)
        fail(file, fmt::format("holds {} values, expected images of 28 x 28", shapeText(images)));
    return images;
}

IdxArray readLabels(const fs::path& file, int imageCount)
{
    IdxArray labels = readIdx(file);
    if (labels.shape.size() != 1)
        fail(file, fmt::format("holds {} values, expected a list of labels", shapeText(labels)));
    if (labels.shape[0] != imageCount)
        fail(file, fmt::format("holds {} labels, expected one for each of {} images",
                               labels.shape[0], imageCount));
    const auto wrong = std::ranges::find_if(labels.values, [](int label) { return label > 9; });
    if (wrong != labels.values.end())
        fail(file, fmt::format("label {} is {}, expected 0 to 9", wrong - labels.values.begin(),
                               static_cast<int>(*wrong)));
    return labels;
}

/// Last, because it can only say that something differs.
void verify(const fs::path& file, const IdxArray& array, const MnistFile& expected)
{
    if (array.sha256 != expected.sha256)
        fail(file, fmt::format("is not MNIST's {}: its content has the SHA-256 {}, expected {}",
                               expected.name, array.sha256, expected.sha256));
}

Dataset loadFiles(const fs::path& folder, const MnistFile& imageFile, const MnistFile& labelFile)
{
    const auto imagePath = locate(folder, imageFile.name);
    const auto labelPath = locate(folder, labelFile.name);
    IdxArray images = readImages(imagePath);
    IdxArray labels = readLabels(labelPath, images.shape[0]);
    verify(imagePath, images, imageFile);
    verify(labelPath, labels, labelFile);

    Dataset dataset;
    dataset.name = "MNIST";
    dataset.height = kSide;
    dataset.width = kSide;
    dataset.pixels = std::move(images.values);
    dataset.labels = std::move(labels.values);
    return dataset;
}

/// Keeps the images [first, end) alone.
void keep(Dataset& dataset, int first, int end)
{
    const auto cut = [](std::vector<std::uint8_t>& values, std::ptrdiff_t from, std::ptrdiff_t to) {
        values.erase(values.begin() + to, values.end());
        values.erase(values.begin(), values.begin() + from);
        values.shrink_to_fit();
    };
    const std::ptrdiff_t area = static_cast<std::ptrdiff_t>(dataset.height) * dataset.width;
    cut(dataset.pixels, first * area, end * area);
    cut(dataset.labels, first, end);
}

} // namespace

const std::array<MnistFile, 4>& mnistFiles()
{
    static const std::array<MnistFile, 4> files = {{
        {"train-images-idx3-ubyte",
         "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
        {"train-labels-idx1-ubyte",
         "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
        {"t10k-images-idx3-ubyte",
         "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
        {"t10k-labels-idx1-ubyte",
         "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
    }};
    return files;
}

std::optional<fs::path> findMnist(const fs::path& folder)
{
    for (const char* const subfolder : kSubfolders) {
        fs::path place = *subfolder ? folder / subfolder : folder;
        if (std::ranges::all_of(mnistFiles(), [&](const MnistFile& file) {
                return findFile(place, file.name).has_value();
            }))
            return place;
    }
    return std::nullopt;
}

std::optional<fs::path> findMnist(const std::vector<fs::path>& folders)
{
    for (const auto& folder : folders)
        if (const auto place = findMnist(folder))
            return place;
    return std::nullopt;
}

Dataset loadMnist(const fs::path& folder, Split split, HoldOut holdOut)
{
    const auto& files = mnistFiles();
    Dataset dataset = split == Split::Test ? loadFiles(folder, files[2], files[3])
                                           : loadFiles(folder, files[0], files[1]);
    dataset.split = split;
    const int boundary = dataset.size() - kValidationSize;
    if (split == Split::Validation)
        keep(dataset, boundary, dataset.size());
    else if (split == Split::Train && holdOut == HoldOut::Validation)
        keep(dataset, 0, boundary);
    return dataset;
}

} // namespace core
