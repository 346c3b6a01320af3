// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/progress.h"
#include "core/inspect/channel_matching.h"
#include "core/model/model.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// Which parameters two networks have: non-zero ones count as being there.
struct MaskCounts {
    std::size_t both = 0;
    std::size_t onlyA = 0;
    std::size_t onlyB = 0;
    std::size_t neither = 0;

    std::size_t total() const { return both + onlyA + onlyB + neither; }
    bool operator==(const MaskCounts&) const = default;
};

/// A tensor of both networks: of the same unit and role ("conv1", weight).
struct TensorDifference {
    std::string nameA; ///< empty where only b has it
    std::string nameB; ///< empty where only a has it
    std::vector<std::int64_t> shapeA;
    std::vector<std::int64_t> shapeB;
    bool comparable = false; ///< the shapes agree; else what follows is 0
    MaskCounts mask;
    double maximum = 0;      ///< of |b - a|
    double mean = 0;         ///< of |b - a|
    double distance = 0;     ///< root of the sum of (b - a)^2
    std::size_t changed = 0; ///< entries that differ at all
};

/// Trainable tensors of both, in order of a's layers, then those that only b has.
std::vector<TensorDifference> parameterDifference(const Model& a, const Model& b);
/// Sum over the comparable tensors.
MaskCounts maskDifference(std::span<const TensorDifference> tensors);

/// An image to which the networks give different answers.
struct Disagreement {
    int image = 0;
    int label = 0;
    int a = 0; ///< predictions
    int b = 0;
    bool operator==(const Disagreement&) const = default;
};

/// Images by who answers them right, and how often both give the same answer, right or not.
struct AgreementCounts {
    int images = 0;
    int agree = 0;
    int both = 0; ///< right
    int onlyA = 0;
    int onlyB = 0;
    int neither = 0;

    int correctA() const { return both + onlyA; }
    int correctB() const { return both + onlyB; }
    double agreement() const { return images == 0 ? 0.0 : static_cast<double>(agree) / images; }
    bool operator==(const AgreementCounts&) const = default;
};

struct PredictionComparison {
    int classes = 0;
    AgreementCounts total;
    std::vector<AgreementCounts> perClass;   ///< [classes], by label
    std::vector<Disagreement> disagreements; ///< by image
    std::vector<int> confusionDifference;    ///< [classes][classes] b - a; row = label
};

/// Of the images that both evaluations have seen. `labels` may be longer.
PredictionComparison comparePredictions(const Evaluation& a, const Evaluation& b,
                                        std::span<const std::uint8_t> labels, int classes);

struct ComparisonOptions {
    int matchingImages = 1000; ///< spread over the data, for the channels' correlations
};

struct Comparison {
    std::string data; ///< Dataset::description()
    std::size_t nonzeroA = 0;
    std::size_t nonzeroB = 0;
    Evaluation a;
    Evaluation b;
    PredictionComparison predictions;
    std::vector<UnitMatching> units; ///< those that both networks have, but the logits
    std::vector<TensorDifference> tensors;
    MaskCounts mask; ///< over the comparable tensors
    bool stopped = false;
};

/// Everything about two networks of possibly different widths and layers. Blocks: two evaluations,
/// and the activations of some images. Throws Error(Input) where the networks differ in their
/// classes or input sizes, or the images don't fit. A stop returns the counts of the images seen.
Comparison compareModels(Backend& backendA, const Model& a, Backend& backendB, const Model& b,
                         const Dataset& data, const ComparisonOptions& options = {},
                         const ProgressObserver& observer = {}, std::stop_token stop = {});

} // namespace core
