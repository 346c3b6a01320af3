// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/scoreboard.h"

#include <algorithm>
#include <numeric>

namespace core
{

namespace
{

Score published(std::string name, std::size_t nonzero, int correct, std::string selectedOn)
{
    return {std::move(name),        nonzero, correct, 10000, kGolfData, std::move(selectedOn),
            ScoreSource::Published, {}};
}

Score scoreOf(const Model& model)
{
    Score score;
    score.name = model.name;
    score.nonzero = strictNonzero(model.parameters);
    score.selectedOn = model.provenance.selectedOn;
    score.modelHash = modelHash(model);
    return score;
}

/// Whether `a` is no worse than `b` in both, and better in one.
bool improvesOn(const Score& a, const Score& b)
{
    // Cross-multiplied: shares of different numbers of images, without rounding.
    const auto shareA = static_cast<std::int64_t>(a.correct) * b.images;
    const auto shareB = static_cast<std::int64_t>(b.correct) * a.images;
    return a.nonzero <= b.nonzero && shareA >= shareB && (a.nonzero < b.nonzero || shareA > shareB);
}

} // namespace

std::size_t strictNonzero(const Parameters& parameters)
{
    return tensorStatistics(parameters.values()).nonzero;
}

bool meetsGoal(const Score& score)
{
    return score.images > 0 && static_cast<std::int64_t>(score.correct) * 100 >=
                                   static_cast<std::int64_t>(score.images) * 98;
}

std::vector<Score> publishedLadder()
{
    // The post's search over hyper-parameters doesn't say which split it looked at; its pruning
    // asks the test images.
    return {published("PyTorch's MNIST example", 1'199'882, 9900, ""),
            published("hand-made 8,5,4", 1055, 9806, ""),
            published("PReLU 4,5,4", 820, 9839, ""),
            published("4,5,4 after hyper-parameter search", 807, 9816, ""),
            published("807 pruned", 672, 9800, "test"),
            published("820 pruned", 575, 9800, "test")};
}

Score claimedScore(const Model& model)
{
    Score score = scoreOf(model);
    const auto& accuracies = model.provenance.accuracies;
    if (accuracies.empty())
        return score;
    auto best = std::ranges::find(accuracies, kGolfData, &MeasuredAccuracy::data);
    if (best == accuracies.end())
        best = accuracies.begin();
    score.correct = best->correct;
    score.images = best->images;
    score.data = best->data;
    return score;
}

Score verifiedScore(const Model& model, const Evaluation& evaluation, const Dataset& data)
{
    Score score = scoreOf(model);
    score.correct = evaluation.correct;
    score.images = evaluation.images;
    score.data = data.description();
    score.source = ScoreSource::Verified;
    return score;
}

std::vector<std::size_t> paretoFront(std::span<const Score> scores, std::string_view data)
{
    std::vector<std::size_t> front;
    const auto counts = [&](const Score& score) { return score.images > 0 && score.data == data; };
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (counts(scores[i]) && std::ranges::none_of(scores, [&](const Score& other) {
                return counts(other) && improvesOn(other, scores[i]);
            }))
            front.push_back(i);
    std::ranges::stable_sort(front, {}, [&](std::size_t i) { return scores[i].nonzero; });
    return front;
}

} // namespace core
