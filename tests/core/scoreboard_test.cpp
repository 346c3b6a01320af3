// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/scoreboard.h"

#include "core/base/random.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace core
{

namespace
{

constexpr const char* kData = "MNIST test, 10,000 images";

Score scored(std::size_t nonzero, int correct, const std::string& data = kData)
{
    Score score;
    score.nonzero = nonzero;
    score.correct = correct;
    score.images = 10000;
    score.data = data;
    return score;
}

Model makeModel()
{
    Model model;
    model.name = "m";
    model.architecture = parseArchitecture("2@3x3 relu pool, linear 10");
    model.parameters = initialParameters(model.architecture, 1);
    model.provenance.selectedOn = "validation";
    return model;
}

} // namespace

TEST(Scoreboard, HasThePublishedLadder)
{
    const auto ladder = publishedLadder();
    std::vector<std::pair<std::size_t, double>> found;
    for (const Score& score : ladder) {
        found.emplace_back(score.nonzero, std::round(score.accuracy() * 1e4) / 100);
        EXPECT_FALSE(score.verified());
        EXPECT_EQ(score.data, kData);
        EXPECT_TRUE(meetsGoal(score));
    }
    std::ranges::sort(found);
    EXPECT_EQ(found, (std::vector<std::pair<std::size_t, double>>{{575, 98.00},
                                                                  {672, 98.00},
                                                                  {807, 98.16},
                                                                  {820, 98.39},
                                                                  {1055, 98.06},
                                                                  {1199882, 99.00}}));
}

TEST(Scoreboard, DrawsTheGoalInWholeImages)
{
    EXPECT_TRUE(meetsGoal(scored(1, 9800)));
    EXPECT_FALSE(meetsGoal(scored(1, 9799)));
    EXPECT_FALSE(meetsGoal(Score{}));
}

TEST(Scoreboard, HasTheLaddersParetoFront)
{
    const auto ladder = publishedLadder();
    std::vector<std::size_t> nonzero;
    for (const std::size_t i : paretoFront(ladder, kData))
        nonzero.push_back(ladder[i].nonzero);
    // 672 is no better than 575, and 1055 worse than 807.
    EXPECT_EQ(nonzero, (std::vector<std::size_t>{575, 807, 820, 1199882}));
}

TEST(Scoreboard, HasTheFrontOfAPlainSweep)
{
    Random random(3);
    std::vector<Score> scores;
    for (int i = 0; i < 200; ++i)
        scores.push_back(scored(100 + random.below(60), 9700 + static_cast<int>(random.below(90))));
    auto order = scores;
    std::ranges::sort(order, [](const Score& a, const Score& b) {
        return a.nonzero != b.nonzero ? a.nonzero < b.nonzero : a.correct > b.correct;
    });
    std::vector<std::pair<std::size_t, int>> expected;
    int best = 0;
    for (const Score& score : order)
        if (score.correct > best || (!expected.empty() && score.correct == best &&
                                     score.nonzero == expected.back().first)) {
            best = score.correct;
            expected.emplace_back(score.nonzero, score.correct);
        }
    std::vector<std::pair<std::size_t, int>> found;
    for (const std::size_t i : paretoFront(scores, kData))
        found.emplace_back(scores[i].nonzero, scores[i].correct);
    EXPECT_EQ(found, expected);
}

TEST(Scoreboard, ComparesOnlyWhatIsOfTheSameData)
{
    const std::vector<Score> scores = {scored(500, 9800), scored(100, 9990, "sample digits"),
                                       Score{}};
    EXPECT_EQ(paretoFront(scores, kData), std::vector<std::size_t>{0});
    EXPECT_EQ(paretoFront(scores, "sample digits"), std::vector<std::size_t>{1});
}

TEST(Scoreboard, HasAFrontForEachLeague)
{
    std::vector<Score> scores = {scored(500, 9800), scored(150, 9900), scored(300, 9810)};
    scores[1].league = League::Averaged;
    EXPECT_EQ(paretoFront(scores, kData), (std::vector<std::size_t>{1, 2}));
    scores[2].league = League::Transformed;
    EXPECT_EQ(paretoFront(scores, kData), (std::vector<std::size_t>{1, 2, 0}));
}

TEST(Scoreboard, CountsEveryStoredNumber)
{
    Model model = makeModel();
    EXPECT_EQ(strictNonzero(model.parameters), model.parameters.count());
    model.parameters.values()[3] = 0;
    model.parameters.values()[4] = -0.0F;
    EXPECT_EQ(strictNonzero(model.parameters), model.parameters.count() - 2);
    // Running statistics are not trained, but they are stored, and the answers depend on them.
    const Architecture normed = parseArchitecture("2@3x3 bn relu pool, linear 10");
    const Parameters parameters = initialParameters(normed, 1);
    const auto nonzero = std::ranges::count_if(parameters.values(), [](float v) { return v != 0; });
    EXPECT_EQ(strictNonzero(parameters), static_cast<std::size_t>(nonzero));
    EXPECT_EQ(strictNonzero(parameters), parameters.nonzero() + 2) << "two variances of 1";
}

TEST(Scoreboard, TellsClaimsFromWhatWasEvaluated)
{
    Model model = makeModel();
    EXPECT_EQ(claimedScore(model).images, 0);
    model.provenance.accuracies = {{"MNIST validation, 10,000 images", "validation", 9850, 10000},
                                   {kData, "test", 9810, 10000}};
    const Score claimed = claimedScore(model);
    EXPECT_EQ(claimed.correct, 9810);
    EXPECT_EQ(claimed.selectedOn, "validation");
    EXPECT_FALSE(claimed.verified());
    const Dataset data = sampleDigits(50);
    const Evaluation evaluation =
        makeBackend(model.architecture)->evaluate(model.parameters.values(), data);
    const Score verified = verifiedScore(model, evaluation, data);
    EXPECT_TRUE(verified.verified());
    EXPECT_EQ(verified.correct, evaluation.correct);
    EXPECT_EQ(verified.images, 50);
    EXPECT_EQ(verified.data, data.description());
    EXPECT_EQ(verified.nonzero, model.parameters.nonzero());
    EXPECT_EQ(verified.modelHash, modelHash(model));
    EXPECT_EQ(verified.league, League::Raw);
    model.architecture = parseArchitecture("input 28x28 deskew, 2@3x3 relu pool, linear 10");
    EXPECT_EQ(verifyModel(model, *makeBackend(model.architecture), data).league,
              League::Transformed);
}

} // namespace core
