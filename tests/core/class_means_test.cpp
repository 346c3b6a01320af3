// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/class_means.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/inspect/activations.h"
#include "core/inspect/best_of_dataset.h"
#include "core/model/architecture_text.h"

#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

class Inspection : public testing::Test
{
protected:
    static Model makeModel()
    {
        Model model;
        model.architecture =
            parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
        model.parameters = initialParameters(model.architecture, 3);
        return model;
    }

    Model model = makeModel();
    std::unique_ptr<Backend> backend = makeBackend(model.architecture);
    Dataset data = sampleDigits(620);
};

} // namespace

TEST_F(Inspection, ClassMeansAgreeWithASlowLoopOverImages)
{
    for (const Stage stage : {Stage::Pre, Stage::Post}) {
        const ClassStatistics statistics = classMeans(*backend, model, data, stage);
        std::vector<double> sum(360);
        std::vector<double> squares(360);
        std::vector<int> count(10);
        for (int i = 0; i < data.size(); ++i) {
            const auto found = activationsOf(*backend, model, data.imagesAsFloat(i, 1));
            const auto& features = found.of(model.architecture.units()[2], stage).values;
            const std::size_t label = data.labels[static_cast<std::size_t>(i)];
            ++count[label];
            for (std::size_t f = 0; f < 36; ++f) {
                sum[label * 36 + f] += features[f];
                squares[label * 36 + f] += static_cast<double>(features[f]) * features[f];
            }
        }
        EXPECT_EQ(statistics.count, count);
        EXPECT_EQ(statistics.data, data.description());
        for (std::size_t i = 0; i < 360; ++i) {
            const double n = count[i / 36];
            EXPECT_NEAR(statistics.mean[i], sum[i] / n, 1e-5);
            EXPECT_NEAR(statistics.deviation[i],
                        std::sqrt(squares[i] / n - std::pow(sum[i] / n, 2)), 1e-4);
        }
    }
}

TEST_F(Inspection, ClassStatisticsSurviveTheirJson)
{
    const ClassStatistics statistics = classMeans(*backend, model, data);
    const ClassStatistics copy = classStatisticsFromJson(toJson(statistics));
    EXPECT_EQ(copy.data, statistics.data);
    EXPECT_EQ(copy.count, statistics.count);
    EXPECT_EQ(copy.mean, statistics.mean);
    EXPECT_EQ(copy.deviation, statistics.deviation);
    EXPECT_EQ(copy.shape, statistics.shape);
    EXPECT_THROW(classStatisticsFromJson("[]"), Error);
    EXPECT_THROW(classStatisticsFromJson(R"({"data":"x","stage":"post","shape":[4,3,3],)"
                                         R"("count":[1],"mean":[1],"std":[1]})"),
                 Error);
}

TEST_F(Inspection, StoppedClassMeansAreOfTheImagesSeen)
{
    std::stop_source stop;
    const auto observer = [&](const Progress&) { stop.request_stop(); };
    const ClassStatistics statistics =
        classMeans(*backend, model, data, Stage::Post, observer, stop.get_token());
    int seen = 0;
    for (const int count : statistics.count)
        seen += count;
    EXPECT_EQ(seen, 500);
}

TEST_F(Inspection, ProbabilitiesSumToOneAndFollowTheLogits)
{
    const auto found = activationsOf(*backend, model, data.imagesAsFloat(4, 1));
    double sum = 0;
    for (const float p : found.probabilities)
        sum += p;
    EXPECT_NEAR(sum, 1, 1e-5);
    const std::size_t best = static_cast<std::size_t>(found.prediction);
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_LE(found.logits[i], found.logits[best]);
        EXPECT_NEAR(std::log(found.probabilities[i] / found.probabilities[best]),
                    found.logits[i] - found.logits[best], 1e-4);
    }
}

TEST_F(Inspection, BestOfDatasetIsTheHighestOfAll)
{
    const std::vector<Objective> objectives = {
        {model.architecture.featureLayer(), 2, 4},
        {0, 1, std::nullopt},
    };
    const auto best = bestOfDataset(*backend, model, data, objectives);
    for (std::size_t o = 0; o < objectives.size(); ++o) {
        float highest = -1e30F;
        for (int i = 0; i < data.size(); ++i) {
            const std::vector<Objective> one = {objectives[o]};
            highest = std::max(
                highest,
                backend->imageGradient(model.parameters.values(), one, data.imagesAsFloat(i, 1))
                    .values[0]);
        }
        EXPECT_NEAR(best[o].value, highest, 1e-4);
    }
}

} // namespace core
