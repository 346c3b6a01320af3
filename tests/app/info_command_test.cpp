// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace
{

using test::expectRefused;
using test::Json;
using test::Program;
using testing::HasSubstr;

Json tensorNamed(const Json& info, const std::string& name)
{
    for (const Json& tensor : info["tensors"])
        if (tensor["name"] == name)
            return tensor;
    ADD_FAILURE() << "no tensor " << name;
    return {};
}

TEST(InfoCommand, GivesEveryKeyThatWasPromised)
{
    const Program program;
    const auto outcome = program.run({"info", program.makeModel("m.safetensors"), "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.error, "");
    const Json info = outcome.json();
    EXPECT_EQ(info["format"], "safetensors");
    EXPECT_EQ(info["architecture"], "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    EXPECT_EQ(info["layout"], "stored");
    EXPECT_EQ(info["parameters"], 820);
    EXPECT_EQ(info["nonzero"], 820);
    EXPECT_TRUE(info["provenance"].is_object());
    EXPECT_EQ(info["tensors"].size(), 11U);
    for (const Json& tensor : info["tensors"])
        for (const char* key : {"name", "shape", "nonzero", "min", "max", "mean", "std"})
            EXPECT_TRUE(tensor.contains(key)) << key;
}

TEST(InfoCommand, MeasuresTheTensorsOfTheFile)
{
    const Program program;
    const std::string file = program.makeModel("m.safetensors");
    const core::Model model = core::openModel(file);
    const auto values = model.parameters.of(*model.parameters.find("classifier.0.weight"));
    double sum = 0;
    double squares = 0;
    for (const float value : values) {
        sum += value;
        squares += static_cast<double>(value) * value;
    }
    const auto n = static_cast<double>(values.size());
    const Json tensor =
        tensorNamed(program.run({"info", file, "--json"}).json(), "classifier.0.weight");
    EXPECT_EQ(tensor["shape"], Json({10, 36}));
    EXPECT_NEAR(tensor["mean"].get<double>(), sum / n, 1e-9);
    EXPECT_NEAR(tensor["std"].get<double>(), std::sqrt(squares / n - sum / n * sum / n), 1e-6);
    EXPECT_EQ(tensor["min"].get<float>(), *std::ranges::min_element(values));
    EXPECT_EQ(tensor["max"].get<float>(), *std::ranges::max_element(values));
}

TEST(InfoCommand, PrintsATableForPeople)
{
    const Program program;
    const auto outcome = program.run({"info", program.makeModel("m.safetensors")});
    EXPECT_THAT(outcome.out, HasSubstr("820 non-zero of 820"));
    EXPECT_THAT(outcome.out, HasSubstr("features.0.weight"));
    EXPECT_THAT(outcome.out, HasSubstr("4x1x4x4"));
}

TEST(InfoCommand, RefusesWhatIsNoModelWithTheInputCode)
{
    const Program program;
    test::writeFile(program / "page.pt", "<html><body>404 not found</body></html>");
    test::writeFile(program / "empty.pt", "");
    expectRefused(program.run({"info", program / "page.pt"}), 3, "page.pt");
    expectRefused(program.run({"info", program / "empty.pt", "--json"}), 3, "empty.pt");
    expectRefused(program.run({"info", program.home()}), 3, "home");
}

TEST(InfoCommand, CountsThePublishedModels)
{
    CADDIE_NEEDS_SEED();
    const Program program;
    const Json dense = program.run({"info", *test::seedFolder() / "model.pth", "--json"}).json();
    EXPECT_EQ(dense["parameters"], 820);
    EXPECT_EQ(dense["nonzero"], 820);
    const Json pruned =
        program.run({"info", *test::seedFolder() / "model-pruned.pth", "--json"}).json();
    EXPECT_EQ(pruned["parameters"], 820);
    EXPECT_EQ(pruned["nonzero"], 575);
    EXPECT_EQ(tensorNamed(pruned, "features.0.weight")["nonzero"], 40);
    EXPECT_EQ(tensorNamed(pruned, "features.3.weight")["nonzero"], 133);
    EXPECT_EQ(tensorNamed(pruned, "features.6.weight")["nonzero"], 126);
    EXPECT_EQ(tensorNamed(pruned, "classifier.0.weight")["nonzero"], 240);
}

} // namespace
