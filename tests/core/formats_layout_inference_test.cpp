// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layout_inference.h"

#include "core/data/mnist.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/formats/torch_writer.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"
#include "tests/support/torch_files.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace core;
using test::floatTensor;
using test::TemporaryFolder;

namespace
{

std::vector<std::string> candidates(const std::vector<test::PickledTensor>& tensors)
{
    const TemporaryFolder folder;
    test::writeFile(folder / "m.pt", test::torchZip(tensors));
    std::vector<std::string> texts;
    for (const Architecture& architecture : candidateLayouts(folder / "m.pt"))
        texts.push_back(toText(architecture));
    return texts;
}

bool contains(const std::vector<std::string>& texts, const std::string& text)
{
    return std::ranges::find(texts, text) != texts.end();
}

std::vector<test::PickledTensor> lenet(const std::string& firstOfLinear)
{
    return {floatTensor("conv1.weight", {6, 1, 5, 5}),
            floatTensor("conv1.bias", {6}),
            floatTensor("conv2.weight", {16, 6, 5, 5}),
            floatTensor("conv2.bias", {16}),
            floatTensor(firstOfLinear + ".weight", {12, 400}),
            floatTensor(firstOfLinear + ".bias", {12}),
            floatTensor("out.weight", {10, 12}),
            floatTensor("out.bias", {10})};
}

/// A shipped model's tensors without anything that says how they belong together.
void writeBare(const std::filesystem::path& model, const std::filesystem::path& file)
{
    const Model full = openModel(model);
    TensorFile bare;
    for (const ParameterSlice& slice : full.parameters.slices()) {
        const auto bytes = std::as_bytes(full.parameters.of(slice));
        bare.tensors.push_back({.name = slice.name,
                                .type = TensorType::F32,
                                .shape = slice.shape,
                                .bytes = {bytes.begin(), bytes.end()}});
    }
    const auto content = writeTorchZip(bare, "bare");
    test::writeFile(file, asText(content));
}

} // namespace

TEST(LayoutInference, FindsTheUsualLayoutsWithoutImages)
{
    EXPECT_EQ(candidates(lenet("fc1")).front(),
              "6@5x5 pad 2 relu pool, 16@5x5 relu pool, linear 12 relu, linear 10");
    EXPECT_EQ(candidates(test::smallNetwork()).front(),
              "2@5x5 relu pool, 3@3x3 relu pool, linear 10");
    // PyTorch's MNIST example, with fewer channels
    EXPECT_EQ(candidates({floatTensor("conv1.weight", {2, 1, 3, 3}), floatTensor("conv1.bias", {2}),
                          floatTensor("conv2.weight", {3, 2, 3, 3}), floatTensor("conv2.bias", {3}),
                          floatTensor("fc1.weight", {12, 3 * 144}), floatTensor("fc1.bias", {12}),
                          floatTensor("fc2.weight", {10, 12}), floatTensor("fc2.bias", {10})})
                  .front(),
              "2@3x3 relu, 3@3x3 relu pool, linear 12 relu, linear 10");
    EXPECT_EQ(
        candidates({floatTensor("0.weight", {2, 1, 4, 4}), floatTensor("2.weight", {3, 2, 4, 4}),
                    floatTensor("5.weight", {10, 3 * 49}), floatTensor("5.bias", {10})})
            .front(),
        "2@4x4 stride 2 pad 1 nobias relu, 3@4x4 stride 2 pad 1 nobias relu, linear 10");
}

TEST(LayoutInference, ThinksOfPoolingBeforeTheFirstConvolutionAndOfOtherScalings)
{
    const auto texts =
        candidates({floatTensor("c1.weight", {2, 1, 3, 3}), floatTensor("c1.bias", {2}),
                    floatTensor("c2.weight", {3, 2, 3, 3}), floatTensor("c2.bias", {3}),
                    floatTensor("fc.weight", {10, 75}), floatTensor("fc.bias", {10})});
    EXPECT_EQ(texts.front(), "2@3x3 relu pool, 3@3x3 relu pool, linear 10");
    EXPECT_TRUE(contains(texts, "pool, 2@3x3 relu, 3@3x3 relu pool, linear 10"));
    EXPECT_TRUE(contains(texts, "mean 0 std 1, 2@3x3 relu pool, 3@3x3 relu pool, linear 10"));
    EXPECT_TRUE(
        contains(texts, "mean 0.5 std 0.5, 2@3x3 tanh avgpool, 3@3x3 tanh avgpool, linear 10"));
    EXPECT_LE(texts.size(), 300U);
    std::vector<std::string> sorted = texts;
    std::ranges::sort(sorted);
    EXPECT_EQ(std::ranges::adjacent_find(sorted), sorted.end()) << "a layout twice";
}

TEST(LayoutInference, EndsFullyConvolutionalNetworksInOneValueAClass)
{
    const auto texts =
        candidates({floatTensor("a.weight", {4, 1, 3, 3}), floatTensor("b.weight", {10, 4, 1, 1})});
    EXPECT_TRUE(contains(texts, "4@3x3 nobias relu, 10@1x1 nobias gavgpool"));
}

TEST(LayoutInference, OpensWithTheMostPlausibleAndSaysHowManyOthersFit)
{
    const TemporaryFolder folder;
    test::writeFile(folder / "m.pt", test::torchZip(lenet("fc1")));
    const Model model = openModel(folder / "m.pt");
    const auto all = candidateLayouts(folder / "m.pt");
    EXPECT_EQ(model.layout, LayoutSource::Inferred);
    EXPECT_EQ(model.otherLayouts + 1, static_cast<int>(all.size()));
    EXPECT_EQ(model.architecture, all.front());
}

TEST(LayoutInference, TellsTheTrueLayoutByLabelledImages)
{
    CADDIE_NEEDS_MNIST();
    const auto images =
        std::make_shared<const Dataset>(loadMnist(*test::mnistFolder(), Split::Test));
    const TemporaryFolder folder;
    for (const char* name : {"prelu-820.safetensors", "relu-807.safetensors"}) {
        const auto shipped = test::sourcePath(std::string("models/") + name);
        writeBare(shipped, folder / "bare.pt");
        const Model model = openModel(folder / "bare.pt", {.labelled = images, .architecture = {}});
        EXPECT_EQ(model.layout, LayoutSource::Inferred);
        EXPECT_EQ(toText(model.architecture), toText(openModel(shipped).architecture));
        const Model again = openModel(folder / "bare.pt", {.labelled = images, .architecture = {}});
        EXPECT_EQ(again.architecture, model.architecture);
    }
}

TEST(LayerChain, OrdersLayersByWhatTheyRead)
{
    // Stored backwards, biases first, the tenth before the second by name.
    std::vector<test::PickledTensor> tensors = lenet("fc1");
    std::ranges::reverse(tensors);
    EXPECT_EQ(candidates(tensors).front(), candidates(lenet("fc1")).front());

    const auto texts = candidates(
        {floatTensor("conv10.weight", {4, 3, 3, 3}), floatTensor("conv1.weight", {3, 1, 3, 3}),
         floatTensor("conv9.weight", {3, 3, 3, 3}), floatTensor("fc.weight", {10, 4 * 9})});
    EXPECT_TRUE(texts.front().starts_with("3@3x3 nobias relu pool, 3@3x3")) << texts.front();
}

TEST(LayerChain, PlacesBatchNormsThatWereRegisteredApart)
{
    const auto norm = [](const std::string& name, std::int64_t channels) {
        return std::vector{floatTensor(name + ".weight", {channels}),
                           floatTensor(name + ".bias", {channels}),
                           floatTensor(name + ".running_mean", {channels}),
                           floatTensor(name + ".running_var", {channels})};
    };
    std::vector<test::PickledTensor> tensors = lenet("fc1");
    for (const auto& [name, channels] :
         {std::pair("bn2", 16), std::pair("bn1", 6), std::pair("bn3", 12)})
        for (auto& tensor : norm(name, channels))
            tensors.push_back(std::move(tensor));
    EXPECT_EQ(candidates(tensors).front(),
              "6@5x5 pad 2 bn relu pool, 16@5x5 bn relu pool, linear 12 bn relu, linear 10");
}

TEST(LayerChain, ReadsDepthwiseConvolutionsAsGroups)
{
    const auto texts =
        candidates({floatTensor("a.weight", {4, 1, 3, 3}), floatTensor("b.weight", {4, 1, 3, 3}),
                    floatTensor("c.weight", {6, 4, 1, 1}), floatTensor("fc.weight", {10, 6})});
    EXPECT_NE(texts.front().find("4@3x3 groups 4"), std::string::npos) << texts.front();
}
