// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/data/transform.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace core
{

/// The batches that the epochs of a training are made of: which images, transformed how, with which
/// targets. Everything is drawn from the training's seed, the epoch and the place in it, so that a
/// training may go on anywhere.
class BatchSource
{
public:
    /// Throws Error(Usage) where a teacher is named whose logits are absent.
    BatchSource(const TrainingData& data, const TrainingOptions& options);

    std::uint64_t images() const { return m_order.size(); } ///< of an epoch
    std::uint64_t batches() const { return (images() + m_batchSize - 1) / m_batchSize; }

    /// Chooses the epoch's images, and sets what state.drawnBy needs. False if stopped.
    bool beginEpoch(Backend& backend, TrainingState& state, const std::stop_token& stop);

    /// The batch whose first image has this place in the epoch; valid until the next call.
    TrainingBatch batch(int epoch, std::uint64_t first);

private:
    void transform(TrainingBatch& batch, int epoch, std::uint64_t first);
    void addTargets(TrainingBatch& batch, std::span<const int> indices);

    const TrainingData& m_data;
    const TrainingOptions& m_options;
    std::uint64_t m_batchSize;
    std::vector<int> m_order;
    ImageTransform m_transform;
    std::vector<float> m_softTargets; ///< [images, classes]
    std::size_t m_classes = 0;
    // Of the batch:
    std::vector<float> m_images;
    std::vector<std::uint8_t> m_labels;
    std::vector<float> m_targets;
};

} // namespace core
