// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figure_samples.h"
#include "ui/figures/csv.h"
#include "ui/figures/figure_set.h"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>
#include <string>
#include <vector>

using namespace ui;

namespace
{

/// Lines of fields; the figures' own numbers need no quotes.
std::vector<std::vector<std::string>> parsed(const std::string& csv)
{
    std::vector<std::vector<std::string>> lines;
    std::istringstream text(csv);
    for (std::string line; std::getline(text, line);) {
        std::vector<std::string> fields;
        std::istringstream rest(line);
        for (std::string field; std::getline(rest, field, ',');)
            fields.push_back(field);
        lines.push_back(std::move(fields));
    }
    return lines;
}

} // namespace

TEST(CsvWriter, WritesNumbersThatReadBackTheSame)
{
    const float value = 0.1F;
    const double fine = 1.0 / 3;
    CsvWriter writer("a,b,c");
    writer.line({value, fine, -7});
    const auto lines = parsed(std::move(writer).text());
    EXPECT_EQ(std::stof(lines[1][0]), value);
    EXPECT_EQ(std::stod(lines[1][1]), fine);
    EXPECT_EQ(lines[1][2], "-7");
}

TEST(CsvWriter, QuotesTextThatWouldBreakTheLine)
{
    CsvWriter writer("name,n");
    writer.line({std::string_view("say \"a, b\""), 1});
    EXPECT_EQ(std::move(writer).text(), "name,n\n\"say \"\"a, b\"\"\",1\n");
}

TEST(FigureCsv, HoldsEveryActivationOfTheUnit)
{
    const core::ModelPointer model = samples::model();
    const auto activations = samples::activations(*model);
    ChannelsOptions options;
    options.unit = 1;
    options.stage = core::Stage::Pre;
    const auto lines = parsed(channelsFigure(model, activations, options)->csv());
    const auto& values = activations->layers[3].values; // the second convolution
    ASSERT_EQ(lines.size(), values.size() + 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(lines[i + 1][0], "conv2");
        EXPECT_EQ(lines[i + 1][1], "pre");
        EXPECT_EQ(std::stoul(lines[i + 1][2]), i / 100);
        EXPECT_EQ(std::stoul(lines[i + 1][3]), i % 100 / 10);
        EXPECT_EQ(std::stoul(lines[i + 1][4]), i % 10);
        EXPECT_EQ(std::stof(lines[i + 1][5]), values[i]);
    }
}

TEST(FigureCsv, HoldsEveryWeightOfTheUnit)
{
    const core::ModelPointer model = samples::model();
    for (const int unit : {0, 1, 3}) {
        const auto lines = parsed(kernelsFigure(model, unit)->csv());
        const auto* slice = model->parameters.find(
            model->architecture.units()[static_cast<std::size_t>(unit)].weightLayer,
            core::ParameterRole::Weight);
        const auto weights = model->parameters.of(*slice);
        ASSERT_EQ(lines.size(), weights.size() + 1);
        for (std::size_t i = 0; i < weights.size(); ++i)
            EXPECT_EQ(std::stof(lines[i + 1][5]), weights[i]);
    }
}

TEST(FigureCsv, HoldsMeansDeviationsAndDifferences)
{
    const core::ModelPointer model = samples::model();
    const auto statistics = samples::statistics(*model);
    const auto lines = parsed(classHeatmapFigure(model, statistics)->csv());
    ASSERT_EQ(lines.size(), 361U);
    for (std::size_t i = 0; i < 360; ++i) {
        const auto& line = lines[i + 1];
        const int label = std::stoi(line[0]);
        const int feature = std::stoi(line[1]);
        EXPECT_EQ(std::stoi(line[2]) * 9 + std::stoi(line[3]) * 3 + std::stoi(line[4]), feature);
        EXPECT_EQ(std::stoi(line[5]), 10 * label);
        EXPECT_DOUBLE_EQ(std::stod(line[6]), label - 0.1 * feature);
        EXPECT_DOUBLE_EQ(std::stod(line[7]), 0.5 + label + 0.01 * feature);
        // Means of the labels weighted by 0, 10, ..., 90 images: 285 / 45.
        EXPECT_NEAR(std::stod(line[8]), label - 285.0 / 45, 1e-12);
    }
}

TEST(FigureCsv, HoldsEveryPixelOfTheImagesThatExciteUnits)
{
    const core::ModelPointer model = samples::model();
    const auto result = samples::maximization(*model);
    const auto lines = parsed(maximizationFigure(model, result, {})->csv());
    ASSERT_EQ(lines.size(), result->images.size() + 1);
    for (const std::size_t i : {std::size_t{0}, std::size_t{783}, std::size_t{784 * 20 + 5}}) {
        const std::size_t target = i / 784;
        EXPECT_EQ(lines[i + 1][0], result->targets[target].name);
        EXPECT_EQ(std::stof(lines[i + 1][3]), result->start[target]);
        EXPECT_EQ(std::stof(lines[i + 1][4]), result->end[target]);
        EXPECT_EQ(std::stof(lines[i + 1][7]), result->images[i]);
    }
}

TEST(FigureCsv, HoldsTheConfusionMatrix)
{
    const auto evaluation = samples::evaluation();
    const auto lines = parsed(
        confusionFigure(samples::model(), evaluation, QStringLiteral("made-up digits"))->csv());
    ASSERT_EQ(lines.size(), 101U);
    for (std::size_t i = 0; i < 100; ++i)
        EXPECT_EQ(std::stoi(lines[i + 1][2]), evaluation->confusion[i]);
}
