// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/binomial.h"
#include "core/model/league.h"
#include "core/model/model.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// Who says what an entry's accuracy is.
enum class ScoreSource {
    Published, ///< as printed by others, rounded as they did
    Claimed,   ///< what a model's file says of itself
    Verified,  ///< evaluated here
};

/// One network in the plane of non-zero parameters and accuracy.
struct Score {
    std::string name;
    std::size_t nonzero = 0; ///< strictNonzero(); 1,199,882 for the largest
    int correct = 0;
    int images = 0;
    std::string data;       ///< "MNIST test, 10,000 images"
    std::string selectedOn; ///< split that chose it: "", "test", "validation"
    ScoreSource source = ScoreSource::Claimed;
    std::string modelHash; ///< of the network, where it is at hand
    League league = League::Raw;

    bool verified() const { return source == ScoreSource::Verified; }
    double accuracy() const { return images == 0 ? 0.0 : static_cast<double>(correct) / images; }
    Interval interval() const { return wilsonInterval(correct, images); } ///< 95 %
    bool operator==(const Score&) const = default;
};

constexpr const char* kGolfData = "MNIST test, 10,000 images"; ///< on which they are compared
constexpr double kGolfGoal = 0.98; ///< of the published challenge, on MNIST's test images

/// Entries of all tensors that are not zero, trained or not: what ranks networks.
std::size_t strictNonzero(const Parameters& parameters);

/// Whether it counts as a solution: enough right answers, in whole numbers, so that 9,800 of 10,000
/// do and 9,799 don't.
bool meetsGoal(const Score& score);

/// The networks of the published post ("Neural Golfing", 2025), with accuracies as printed there:
/// the largest, PyTorch's MNIST example, to whole percents only.
std::vector<Score> publishedLadder();

/// The model as its file describes it: the accuracy on the test split of MNIST if it has one, else
/// the first. Without any, `images` is 0.
Score claimedScore(const Model& model);

/// The same with an evaluation made here.
Score verifiedScore(const Model& model, const Evaluation& evaluation, const Dataset& data);

/// Counts and evaluates anew: the score is Verified. Blocks; a stop throws Error(Unexpected).
Score verifyModel(const Model& model, Backend& backend, const Dataset& data,
                  std::stop_token stop = {});

/// Entries on which no other of their league improves: none has fewer parameters and no lower
/// accuracy, or as few and a higher one. Indices, by parameters. Only entries on the same data can
/// be compared: those with images of `data`. Of equal ones all are kept.
std::vector<std::size_t> paretoFront(std::span<const Score> scores, std::string_view data);

} // namespace core
