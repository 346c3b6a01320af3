// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_file.h"

#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <gmock/gmock.h>

using namespace core;
using test::TemporaryFolder;

namespace
{

constexpr const char* kPublished = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

void expectSameTensors(const Model& a, const Model& b)
{
    ASSERT_EQ(a.parameters.slices().size(), b.parameters.slices().size());
    for (std::size_t i = 0; i < a.parameters.slices().size(); ++i)
        EXPECT_EQ(a.parameters.slices()[i].name, b.parameters.slices()[i].name);
    EXPECT_TRUE(std::ranges::equal(std::as_bytes(a.parameters.values()),
                                   std::as_bytes(b.parameters.values())));
}

Model smallModel()
{
    Model model;
    model.architecture = parseArchitecture("3@5x5 prelu pool, 4@3x3 bn relu pool, linear 10");
    model.parameters = initialParameters(model.architecture, 5);
    model.provenance.origin = "made by a test";
    model.provenance.accuracies = {{"MNIST test, 10,000 images", "test", 9876, 10000}};
    return model;
}

} // namespace

TEST(ModelFile, OpensThePublishedModels)
{
    CADDIE_NEEDS_SEED();
    const Model dense = openModel(*test::seedFolder() / "model.pth");
    EXPECT_EQ(dense.name, "model");
    EXPECT_EQ(dense.format, "torch zip, whole module");
    EXPECT_EQ(toText(dense.architecture), kPublished);
    EXPECT_EQ(dense.layout, LayoutSource::Stored);
    EXPECT_EQ(dense.parameters.count(), 820U);
    EXPECT_EQ(dense.parameters.nonzero(), 820U);
    EXPECT_NE(dense.parameters.find("features.4.weight"), nullptr);

    const Model pruned = openModel(*test::seedFolder() / "model-pruned.pth");
    EXPECT_EQ(pruned.parameters.count(), 820U);
    EXPECT_EQ(pruned.parameters.nonzero(), 575U);
}

TEST(ModelFile, ConvertsPublishedModelThereAndBackWithoutChangingABit)
{
    CADDIE_NEEDS_SEED();
    const TemporaryFolder folder;
    const auto original = *test::seedFolder() / "model-pruned.pth";
    convertModel(original, folder / "a.safetensors");
    convertModel(folder / "a.safetensors", folder / "b.pth");
    convertModel(folder / "b.pth", folder / "c.safetensors");
    EXPECT_EQ(test::readFile(folder / "a.safetensors"), test::readFile(folder / "c.safetensors"));
    const Model first = openModel(original);
    for (const char* name : {"a.safetensors", "b.pth"}) {
        const Model again = openModel(folder / name);
        expectSameTensors(first, again);
        EXPECT_EQ(again.architecture, first.architecture);
        EXPECT_EQ(again.layout, LayoutSource::Stored);
    }
}

TEST(ModelFile, KeepsLayoutProvenanceAndStatisticsInBothFormats)
{
    const TemporaryFolder folder;
    Model model = smallModel();
    model.classStatistics = ClassStatistics{.data = "sample digits",
                                            .stage = Stage::Pre,
                                            .shape = {2, 1, 1},
                                            .count = {1, 2},
                                            .mean = {0.5, 1, 2, 3},
                                            .deviation = {0, 0, 1, 0.25}};
    for (const char* name : {"m.safetensors", "m.pt", "m.pth"}) {
        saveModel(model, folder / name);
        const Model again = openModel(folder / name);
        expectSameTensors(model, again);
        EXPECT_EQ(again.architecture, model.architecture) << toText(again.architecture);
        EXPECT_EQ(again.layout, LayoutSource::Stored);
        EXPECT_EQ(again.provenance, model.provenance);
        ASSERT_TRUE(again.classStatistics);
        EXPECT_EQ(again.classStatistics->deviation, model.classStatistics->deviation);
    }
}

TEST(ModelFile, KeepsSayingInferredAfterConversion)
{
    const TemporaryFolder folder;
    const Model model = smallModel();
    saveModel(model, folder / "m.pt");
    Model inferred = model;
    inferred.layout = LayoutSource::Inferred;
    saveModel(inferred, folder / "i.safetensors");
    const Model again = openModel(folder / "i.safetensors");
    EXPECT_EQ(again.layout, LayoutSource::Inferred);
    EXPECT_EQ(again.architecture, model.architecture);
    EXPECT_GT(again.otherLayouts, 0);
    EXPECT_EQ(candidateLayouts(folder / "i.safetensors").front(), model.architecture);
}

TEST(ModelFile, WritesTheSameBytesForTheSameModel)
{
    const TemporaryFolder folder;
    saveModel(smallModel(), folder / "m.pt");
    const std::string first = test::readFile(folder / "m.pt");
    saveModel(smallModel(), folder / "m.pt");
    EXPECT_EQ(test::readFile(folder / "m.pt"), first);
}

TEST(ModelFile, RefusesToWriteUnknownExtension)
{
    const TemporaryFolder folder;
    test::expectError(ErrorKind::Usage, ".onnx",
                      [&] { saveModel(smallModel(), folder / "m.onnx"); });
    EXPECT_FALSE(std::filesystem::exists(folder / "m.onnx"));
}

TEST(ModelFile, TakesTheLayoutThatItIsGiven)
{
    const TemporaryFolder folder;
    saveModel(smallModel(), folder / "m.pt");
    const auto tanh = parseArchitecture("3@5x5 prelu pool, 4@3x3 bn tanh pool, linear 10");
    EXPECT_EQ(openModel(folder / "m.pt", {.labelled = nullptr, .architecture = tanh}).architecture,
              tanh);
    const auto other = parseArchitecture("3@5x5 prelu pool, 4@3x3 bn tanh pool, linear 11");
    test::expectError(ErrorKind::Input, "not those of the layout", [&] {
        openModel(folder / "m.pt", {.labelled = nullptr, .architecture = other});
    });
}
