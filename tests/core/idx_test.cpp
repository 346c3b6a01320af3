// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include "core/base/random.h"
#include "tests/support/errors.h"
#include "tests/support/idx_files.h"
#include "tests/support/places.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace
{

using core::ErrorKind;
using core::readIdx;
using test::gzip;
using test::idxFile;
using test::idxHeader;

class IdxReader : public testing::Test
{
protected:
    core::IdxArray read(const std::string& content)
    {
        test::writeFile(m_folder / "file-idx", content);
        return readIdx(m_folder / "file-idx");
    }

    /// The sentence must name the file and contain `part`.
    void expectRefusal(const std::string& content, const std::string& part)
    {
        test::expectError(ErrorKind::Input, part, [&] { read(content); });
        test::expectError(ErrorKind::Input, "file-idx", [&] { read(content); });
    }

    test::TemporaryFolder m_folder;
};

TEST_F(IdxReader, ReadsPlainFile)
{
    const auto array = read(idxFile({3, 2, 4}));
    EXPECT_EQ(array.shape, (std::vector{3, 2, 4}));
    ASSERT_EQ(array.values.size(), 24U);
    EXPECT_EQ(array.values[0], 0);
    EXPECT_EQ(array.values[23], 3);
}

TEST_F(IdxReader, ReadsGzipWhateverTheNameSays)
{
    const auto array = read(gzip(idxFile({5})));
    EXPECT_EQ(array.shape, std::vector{5});
    EXPECT_EQ(array.values, (std::vector<std::uint8_t>{0, 1, 2, 3, 4}));
}

TEST_F(IdxReader, HashesTheUnpackedContent)
{
    // printf '\0\0\x08\x01\0\0\0\x05\0\1\2\3\4' | sha256sum
    const std::string expected = "57874d10b45d56e87eb22e35057bcbed7f8d39c86e014fb2f84387ab5679d53b";
    EXPECT_EQ(read(idxFile({5})).sha256, expected);
    EXPECT_EQ(read(gzip(idxFile({5}))).sha256, expected);
}

TEST_F(IdxReader, ReadsFilesLargerThanItsBuffers)
{
    const auto content = idxFile({2500, 28, 28}, 251);
    const auto array = read(gzip(content));
    ASSERT_EQ(array.values.size(), 2500U * 28 * 28);
    EXPECT_TRUE(
        std::equal(array.values.begin(), array.values.end(), content.begin() + 16,
                   [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
}

TEST_F(IdxReader, JoinsGzipMembersIntoOneContent)
{
    const std::string content = idxFile({100});
    const auto array = read(gzip(content.substr(0, 6)) + gzip("") + gzip(content.substr(6)));
    EXPECT_EQ(array.values.size(), 100U);
    EXPECT_EQ(array.values[99], 9);
}

TEST_F(IdxReader, RefusesTwoIdxFilesInOneGzip)
{
    expectRefusal(gzip(idxFile({10})) + gzip(idxFile({10})), "goes on after the 10 values");
}

TEST_F(IdxReader, RefusesMissingFile)
{
    test::expectError(ErrorKind::Input, "could not be read",
                      [&] { readIdx(m_folder / "missing"); });
}

TEST_F(IdxReader, RefusesFolder)
{
    test::expectError(ErrorKind::Input, "is a folder", [&] { readIdx(m_folder.path()); });
}

TEST_F(IdxReader, RefusesEmptyFile)
{
    expectRefusal("", "is empty");
    expectRefusal(gzip(""), "is empty");
}

TEST_F(IdxReader, RefusesFileOfThreeBytes)
{
    expectRefusal(std::string(3, '\0'), "ends after 3 of the 4 bytes");
}

TEST_F(IdxReader, RefusesHeaderThatEndsEarly)
{
    expectRefusal(idxHeader({7, 28, 28}).substr(0, 10), "ends within its header");
}

TEST_F(IdxReader, RefusesWrongMagic)
{
    expectRefusal("PK\x03\x04 and more", "begins with the bytes 50 4b 03 04");
}

TEST_F(IdxReader, RefusesOtherTypesThanBytes)
{
    expectRefusal(idxHeader({1}, 0x0D) + "1234", "IDX type 0x0d (floats)");
    expectRefusal(idxHeader({1}, 0x77) + "1234", "IDX type 0x77 (no known type)");
}

TEST_F(IdxReader, RefusesImpossibleNumberOfDimensions)
{
    expectRefusal(idxHeader({}), "announces 0 dimensions");
    expectRefusal(idxHeader({1, 1, 1, 1, 1}) + "1", "announces 5 dimensions");
}

TEST_F(IdxReader, RefusesNoImages)
{
    expectRefusal(idxHeader({0, 28, 28}), "announces 0 x 28 x 28 values");
}

TEST_F(IdxReader, RefusesDimensionsWhoseProductOverflows)
{
    expectRefusal(idxHeader({0x80000000U, 28, 28}), "2147483648 x 28 x 28");
    expectRefusal(idxHeader({0xFFFFFFFFU, 0xFFFFFFFFU, 0xFFFFFFFFU, 0xFFFFFFFFU}), "64 MB");
    expectRefusal(idxHeader({0x80000000U, 2, 0x80000000U, 2}), "64 MB");
}

TEST_F(IdxReader, RefusesFileShorterThanItsHeaderSays)
{
    auto content = idxFile({10, 28, 28});
    content.resize(16 + 28);
    expectRefusal(content, "ends after 28 of the 7840 values");
    expectRefusal(gzip(content), "ends after 28 of the 7840 values");
}

TEST_F(IdxReader, RefusesFileLongerThanItsHeaderSays)
{
    expectRefusal(idxFile({10}) + "x", "goes on after the 10 values");
}

TEST_F(IdxReader, RefusesTruncatedGzip)
{
    const auto packed = gzip(idxFile({40, 28, 28}, 251));
    for (const std::size_t length : {packed.size() / 2, packed.size() - 1, packed.size() - 7})
        expectRefusal(packed.substr(0, length), "gzip data ends early");
    expectRefusal(packed.substr(0, 5), "gzip data ends early");
}

TEST_F(IdxReader, RefusesWrongChecksumAndWrongLength)
{
    auto packed = gzip(idxFile({40}));
    packed[packed.size() - 8] ^= 1;
    expectRefusal(packed, "incorrect data check");
    packed[packed.size() - 8] ^= 1;
    packed[packed.size() - 4] ^= 1;
    expectRefusal(packed, "incorrect length check");
}

TEST_F(IdxReader, RefusesDamagedGzip)
{
    auto packed = gzip(idxFile({40, 28, 28}, 251));
    packed[2] = 7; // a compression method that does not exist
    expectRefusal(packed, "gzip data is damaged");
}

TEST_F(IdxReader, RefusesRubbishBehindGzip)
{
    expectRefusal(gzip(idxFile({40})) + "rubbish", "goes on after the end of its gzip data");
}

TEST_F(IdxReader, StopsAtGzipBombWithoutUnpackingIt)
{
    // 128 MB of zeros in 128 KB, behind a header that announces ten values.
    const std::string zeros(std::size_t{128} << 20, '\0');
    const auto bomb = gzip(idxFile({10})) + gzip(zeros);
    ASSERT_LT(bomb.size(), 1U << 20);
    rusage before = {};
    getrusage(RUSAGE_SELF, &before);
    expectRefusal(bomb, "goes on after the 10 values");
    rusage after = {};
    getrusage(RUSAGE_SELF, &after);
    // Unpacking it twice would take about half a second of processor time.
    const auto seconds = [](const rusage& usage) {
        return static_cast<double>(usage.ru_utime.tv_sec) +
               static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
    };
    EXPECT_LT(seconds(after) - seconds(before), 0.1);
}

TEST_F(IdxReader, SaysWhenTheFileIsALfsPointer)
{
    expectRefusal("version https://git-lfs.github.com/spec/v1\noid sha256:44\nsize 9912422\n",
                  "is a Git LFS pointer");
}

TEST_F(IdxReader, SaysWhenTheFileIsAWebPage)
{
    expectRefusal("<!DOCTYPE html><html><body>Not found</body></html>", "is a web page");
    expectRefusal("\n<html>", "is a web page");
}

TEST_F(IdxReader, AnswersRandomDamageWithASentenceOrAnArray)
{
    core::Random random(1);
    const std::string plain = idxFile({4, 5, 6});
    const std::string packed = gzip(plain);
    for (int round = 0; round < 2000; ++round) {
        std::string content = round % 2 == 0 ? plain : packed;
        for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips)
            content[random.below(content.size())] = static_cast<char>(random.bits());
        content.resize(content.size() - random.below(2) * random.below(content.size()));
        try {
            EXPECT_FALSE(read(content).values.empty());
        } catch (const core::Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::Input) << error.what();
        }
    }
}

} // namespace
