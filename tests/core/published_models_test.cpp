// SPDX-License-Identifier: GPL-3.0-or-later
// The two published models against what PyTorch computed for them on the same file
// (tests/support/record_reference.py). Tolerances are those of float32 sums in another order.
#include "core/backend/backend.h"
#include "core/data/mnist.h"
#include "core/formats/model_file.h"
#include "core/inspect/activations.h"
#include "core/inspect/class_means.h"
#include "tests/support/places.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

struct Published {
    const char* file;
    const char* reference;
    BackendChoice backend;
};

class PublishedModel : public testing::TestWithParam<Published>
{
protected:
    void SetUp() override
    {
        CADDIE_NEEDS_MNIST();
        CADDIE_NEEDS_SEED();
        model = openModel(*test::seedFolder() / GetParam().file);
        backend = makeBackend(model.architecture, {.choice = GetParam().backend});
        data = loadMnist(*test::mnistFolder(), Split::Test);
        std::ifstream in(test::sourcePath("tests/data") / GetParam().reference);
        reference = nlohmann::json::parse(in);
    }

    std::vector<double> numbers(const char* key) const
    {
        std::vector<double> flat;
        for (const auto& row : reference.at(key))
            for (const auto& value : row)
                flat.push_back(value.get<double>());
        return flat;
    }

    Model model;
    std::unique_ptr<Backend> backend;
    Dataset data;
    nlohmann::json reference;
};

template<typename Found>
void expectNear(const Found& found, const std::vector<double>& expected, double tolerance)
{
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(found[i], expected[i], tolerance) << i;
}

} // namespace

TEST_P(PublishedModel, HasTheCountsOfThePost)
{
    EXPECT_EQ(model.parameters.count(), reference.at("parameters").get<std::size_t>());
    EXPECT_EQ(model.parameters.nonzero(), reference.at("nonzero").get<std::size_t>());
    EXPECT_EQ(model.layout, LayoutSource::Stored);
}

TEST_P(PublishedModel, GetsExactlyAsManyImagesRight)
{
    const Evaluation evaluation = backend->evaluate(model.parameters.values(), data);
    EXPECT_EQ(evaluation.correct, reference.at("correct").get<int>());
    EXPECT_NEAR(evaluation.loss, reference.at("loss").get<double>(), 1e-5);
    expectNear(evaluation.confusion, numbers("confusion"), 0);
}

TEST_P(PublishedModel, HasTheLogitsOfPyTorch)
{
    const int last = static_cast<int>(model.architecture.layers().size()) - 1;
    const auto outputs =
        backend->activations(model.parameters.values(), data.imagesAsFloat(0, 20), {{last}});
    expectNear(outputs[0].values, numbers("logits"), 1e-4);
}

TEST_P(PublishedModel, HasTheFirstLayerOutputsOfPyTorch)
{
    const auto found = activationsOf(*backend, model, data.imagesAsFloat(0, 1));
    const Unit& conv1 = model.architecture.units().front();
    const auto values = [&](const char* key) {
        return reference.at(key).at("values").get<std::vector<double>>();
    };
    expectNear(found.of(conv1, Stage::Pre).values, values("conv1_pre"), 1e-4);
    expectNear(found.of(conv1, Stage::Post).values, values("conv1_post"), 1e-4);
}

TEST_P(PublishedModel, HasTheClassMeansOfPyTorch)
{
    const ClassStatistics statistics = classMeans(*backend, model, data);
    EXPECT_EQ(statistics.count, reference.at("class_count").get<std::vector<int>>());
    expectNear(statistics.mean, numbers("class_mean"), 1e-4);
    expectNear(statistics.deviation, numbers("class_std"), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(
    Seed, PublishedModel,
    testing::Values(Published{"model.pth", "reference_820.json", BackendChoice::Fused},
                    Published{"model-pruned.pth", "reference_575.json", BackendChoice::Fused},
                    Published{"model.pth", "reference_820.json", BackendChoice::Torch},
                    Published{"model-pruned.pth", "reference_575.json", BackendChoice::Torch}),
    [](const auto& published) {
        const bool dense = std::string(published.param.file) == "model.pth";
        const bool fused = published.param.backend == BackendChoice::Fused;
        return std::string(dense ? "Dense" : "Pruned") + (fused ? "Fused" : "Torch");
    });

} // namespace core
