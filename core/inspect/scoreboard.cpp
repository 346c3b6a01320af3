// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/scoreboard.h"

#include "core/base/error.h"

#include <algorithm>
#include <compare>

namespace core
{

namespace
{

Score published(std::string name, std::size_t nonzero, int correct, std::string selectedOn)
{
    return {std::move(name),        nonzero, correct,    10000, kGolfData, std::move(selectedOn),
            ScoreSource::Published, {},      League::Raw};
}

Score scoreOf(const Model& model)
{
    Score score;
    score.name = model.name;
    score.nonzero = strictNonzero(model.parameters);
    score.selectedOn = model.provenance.selectedOn;
    score.modelHash = modelHash(model);
    score.league = leagueOf(model.architecture);
    return score;
}

/// Cross-multiplied: shares of different numbers of images, without rounding.
std::strong_ordering compareShares(const Score& a, const Score& b)
{
    return static_cast<std::int64_t>(a.correct) * b.images <=>
           static_cast<std::int64_t>(b.correct) * a.images;
}

/// By league, then parameters, then the more accurate first.
bool comesBefore(const Score& a, const Score& b)
{
    if (a.league != b.league)
        return a.league < b.league;
    return a.nonzero != b.nonzero ? a.nonzero < b.nonzero : compareShares(a, b) > 0;
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

Score verifyModel(const Model& model, Backend& backend, const Dataset& data, std::stop_token stop)
{
    const Evaluation evaluation = backend.evaluate(model.parameters.values(), data, stop);
    if (evaluation.stopped)
        throw Error(ErrorKind::Unexpected, "stopped before all images were evaluated");
    return verifiedScore(model, evaluation, data);
}

std::vector<std::size_t> paretoFront(std::span<const Score> scores, std::string_view data)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (scores[i].images > 0 && scores[i].data == data)
            order.push_back(i);
    std::ranges::stable_sort(order, comesBefore,
                             [&](std::size_t i) -> const Score& { return scores[i]; });
    std::vector<std::size_t> front;
    const Score* best = nullptr; // of the league
    for (const std::size_t i : order) {
        const Score& score = scores[i];
        if (best != nullptr && best->league == score.league) {
            const auto shares = compareShares(score, *best);
            const bool equal = shares == 0 && score.nonzero == best->nonzero;
            if (shares <= 0 && !equal)
                continue;
        }
        front.push_back(i);
        best = &score;
    }
    std::ranges::stable_sort(front, {}, [&](std::size_t i) { return scores[i].nonzero; });
    return front;
}

} // namespace core
