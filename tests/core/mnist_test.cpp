// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mnist.h"

#include "tests/support/errors.h"
#include "tests/support/idx_files.h"
#include "tests/support/places.h"

#include <gtest/gtest.h>
#include <numeric>

namespace
{

namespace fs = std::filesystem;
using core::ErrorKind;
using core::findMnist;
using core::loadMnist;
using core::Split;
using test::idxFile;

void touchAll(const fs::path& folder, const std::string& suffix = "")
{
    fs::create_directories(folder);
    for (const auto& file : core::mnistFiles())
        test::writeFile(folder / (file.name + suffix), "");
}

TEST(FindMnist, FindsPlainAndPackedFilesInTheFolderItself)
{
    const test::TemporaryFolder folder;
    EXPECT_FALSE(findMnist(folder.path()));
    touchAll(folder / "plain");
    touchAll(folder / "packed", ".gz");
    EXPECT_EQ(findMnist(folder / "plain"), folder / "plain");
    EXPECT_EQ(findMnist(folder / "packed"), folder / "packed");
}

TEST(FindMnist, FindsWhatTorchvisionDownloaded)
{
    const test::TemporaryFolder folder;
    touchAll(folder / "data/MNIST/raw");
    EXPECT_EQ(findMnist(folder / "data"), folder / "data/MNIST/raw");
    EXPECT_EQ(findMnist(folder / "data/MNIST"), folder / "data/MNIST/raw");
}

TEST(FindMnist, NeedsAllFourFiles)
{
    const test::TemporaryFolder folder;
    touchAll(folder.path());
    fs::remove(folder / "t10k-labels-idx1-ubyte");
    EXPECT_FALSE(findMnist(folder.path()));
}

TEST(FindMnist, TakesTheFirstFolderThatHasIt)
{
    const test::TemporaryFolder folder;
    touchAll(folder / "second");
    touchAll(folder / "third");
    EXPECT_EQ(findMnist({folder / "first", folder / "second", folder / "third"}),
              folder / "second");
}

/// A folder with test images and labels of our own making.
class MnistLoader : public testing::Test
{
protected:
    void expectRefusal(const std::string& images, const std::string& labels,
                       const std::string& part)
    {
        test::writeFile(m_folder / "t10k-images-idx3-ubyte", images);
        test::writeFile(m_folder / "t10k-labels-idx1-ubyte", labels);
        test::expectError(ErrorKind::Input, part, [&] { loadMnist(m_folder.path(), Split::Test); });
    }

    test::TemporaryFolder m_folder;
};

TEST_F(MnistLoader, SaysWhichFileIsMissing)
{
    test::expectError(ErrorKind::DataMissing, "t10k-images-idx3-ubyte",
                      [&] { loadMnist(m_folder.path(), Split::Test); });
    test::expectError(ErrorKind::DataMissing, "train-images-idx3-ubyte",
                      [&] { loadMnist(m_folder.path(), Split::Train); });
}

TEST_F(MnistLoader, RefusesImagesOfAnotherSize)
{
    expectRefusal(idxFile({3, 14, 14}), idxFile({3}), "holds 3 x 14 x 14 values");
    expectRefusal(idxFile({3}), idxFile({3}), "expected images of 28 x 28");
}

TEST_F(MnistLoader, RefusesLabelsThatDoNotMatchTheImages)
{
    expectRefusal(idxFile({3, 28, 28}), idxFile({4}), "holds 4 labels");
    expectRefusal(idxFile({3, 28, 28}), idxFile({3, 28, 28}), "expected a list of labels");
}

TEST_F(MnistLoader, RefusesLabelAboveNine)
{
    expectRefusal(idxFile({12, 28, 28}), idxFile({12}, 12), "label 10 is 10, expected 0 to 9");
}

TEST_F(MnistLoader, RefusesWellFormedFilesThatAreNotMnist)
{
    expectRefusal(idxFile({3, 28, 28}), idxFile({3}), "is not MNIST's t10k-images-idx3-ubyte");
}

TEST_F(MnistLoader, PassesOnWhatIsWrongWithAFile)
{
    expectRefusal("version https://git-lfs.github.com/spec/v1\n", idxFile({3}), "Git LFS pointer");
}

// Facts about the real files: class counts as published, first labels 5 0 4 1 9 and 7 2 1 0 4.

std::vector<int> firstLabels(const core::Dataset& dataset)
{
    return {dataset.labels.begin(), dataset.labels.begin() + 5};
}

TEST(Mnist, LoadsTheTestImages)
{
    CADDIE_NEEDS_MNIST();
    const auto dataset = loadMnist(*test::mnistFolder(), Split::Test);
    EXPECT_EQ(dataset.size(), 10000);
    EXPECT_EQ(dataset.pixels.size(), 10000U * 28 * 28);
    EXPECT_FALSE(dataset.synthetic);
    EXPECT_EQ(dataset.description(), "MNIST test, 10,000 images");
    EXPECT_EQ(firstLabels(dataset), (std::vector{7, 2, 1, 0, 4}));
    EXPECT_EQ(std::ranges::count(dataset.labels, 1), 1135);
    // The published mean of the test pixels is 0.1325.
    const double sum = std::accumulate(dataset.pixels.begin(), dataset.pixels.end(), 0.0);
    EXPECT_NEAR(sum / 255.0 / static_cast<double>(dataset.pixels.size()), 0.1325, 5e-5);
}

TEST(Mnist, SplitsTheTrainingImages)
{
    CADDIE_NEEDS_MNIST();
    const auto folder = *test::mnistFolder();
    const auto all = loadMnist(folder, Split::Train);
    const auto most = loadMnist(folder, Split::Train, core::HoldOut::Validation);
    const auto held = loadMnist(folder, Split::Validation);
    EXPECT_EQ(all.size(), 60000);
    EXPECT_EQ(firstLabels(all), (std::vector{5, 0, 4, 1, 9}));
    EXPECT_EQ(most.size(), 50000);
    EXPECT_EQ(held.size(), 10000);
    EXPECT_EQ(held.split, Split::Validation);
    EXPECT_TRUE(std::ranges::equal(all.image(49999), most.image(49999)));
    EXPECT_TRUE(std::ranges::equal(all.image(50000), held.image(0)));
    EXPECT_TRUE(std::ranges::equal(all.image(59999), held.image(9999)));
    EXPECT_EQ(all.labels[50000], held.labels[0]);
}

} // namespace
