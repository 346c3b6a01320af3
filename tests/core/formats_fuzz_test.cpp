// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/file_content.h"
#include "core/formats/layer_chain.h"
#include "core/formats/stored_network.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/places.h"
#include "tests/support/torch_files.h"

#include <gtest/gtest.h>

using namespace core;

namespace
{

/// Reads as far as openModel does before it looks for a layout. Anything but an Error(Input) fails.
void readMutant(const std::string& bytes)
{
    try {
        for (const StoredNetwork& network : readNetworks(std::as_bytes(std::span(bytes))))
            chainLayers(findLayers(network.file));
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Input) << error.what();
    }
}

/// A few bytes changed, a piece cut out, doubled, or overwritten by another piece.
std::string mutated(std::string bytes, Random& random)
{
    const auto changes = 1 + random.below(4);
    for (std::uint64_t i = 0; i < changes && !bytes.empty(); ++i) {
        const std::size_t at = random.below(bytes.size());
        const std::size_t length = 1 + random.below(std::min<std::size_t>(16, bytes.size() - at));
        switch (random.below(6)) {
        case 0:
            bytes[at] = static_cast<char>(random.below(256));
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
            break;
        case 2:
            bytes[at] = "\x00\xff\x7f\x80.(tR"[random.below(8)];
            break;
        case 3:
            bytes.erase(at, length);
            break;
        case 4:
            bytes.insert(at, bytes.substr(at, length));
            break;
        default:
            bytes.replace(at, length,
                          bytes.substr(random.below(bytes.size() - length + 1), length));
        }
    }
    return bytes;
}

/// The metadata of archives is in their last bytes and a checksum guards the rest, so the pickle of
/// an archive is changed before it is packed.
class Fuzz : public testing::TestWithParam<const char*>
{
};

std::string container(const char* name)
{
    return test::readFile(test::sourcePath(std::string("tests/data/containers/") + name));
}

} // namespace

TEST_P(Fuzz, MutantsAreReadOrRefused)
{
    constexpr int kMutants = 1500;
    const std::string original = container(GetParam());
    Random random(7);
    for (int i = 0; i < kMutants; ++i)
        readMutant(mutated(original, random));
}

TEST_P(Fuzz, BeginningsAreReadOrRefused)
{
    const std::string original = container(GetParam());
    const std::size_t step = std::max<std::size_t>(original.size() / 400, 1);
    for (std::size_t length = 0; length < original.size(); length += step)
        readMutant(original.substr(0, length));
}

INSTANTIATE_TEST_SUITE_P(Containers, Fuzz,
                         testing::Values("legacy_2017_module.pt", "legacy_storage_views.pt",
                                         "zip_state_dict.pt", "script_1_0.pt", "tar_2016.pth",
                                         "numpy_protocol0.pkl", "numpy_protocol4.pkl",
                                         "plain_pickle.pkl", "zip_deflated.pt"));

TEST(FuzzedPickle, InsideAValidArchiveIsReadOrRefused)
{
    const auto tensors = test::smallNetwork();
    const std::string pickle = test::pickledStateDict(tensors);
    Random random(8);
    for (int i = 0; i < 3000; ++i) {
        std::vector<test::ZipMember> members{
            {.name = "a/data.pkl", .content = mutated(pickle, random)}};
        for (std::size_t t = 0; t < tensors.size(); ++t)
            members.push_back(
                {.name = "a/data/" + std::to_string(t), .content = tensors[t].record});
        readMutant(test::zipFile(members));
    }
}

TEST(FuzzedSafetensors, IsReadOrRefused)
{
    const std::string valid = test::safetensors(
        R"({"__metadata__":{"format":"pt"},"conv.weight":{"dtype":"F32","shape":[10,1,2,2],)"
        R"("data_offsets":[0,160]},"conv.bias":{"dtype":"F16","shape":[10],"data_offsets":[160,180]}}  )",
        std::string(180, '\x3c'));
    readMutant(valid);
    Random random(9);
    for (int i = 0; i < 4000; ++i)
        readMutant(mutated(valid, random));
}

TEST(FuzzedBytes, AreReadOrRefused)
{
    Random random(10);
    for (int i = 0; i < 2000; ++i) {
        std::string bytes(random.below(200), '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random.bits());
        readMutant(bytes);
        readMutant("\x80\x02" + bytes + ".");
    }
}
