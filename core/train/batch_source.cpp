// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch_source.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/train/active_sampling.h"
#include "core/train/logits.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace core
{

namespace
{

constexpr std::uint64_t kTransformation = 0x7A45; ///< whose numbers are drawn apart from the rest

} // namespace

BatchSource::BatchSource(const TrainingData& data, const TrainingOptions& options)
    : m_data(data), m_options(options), m_batchSize(static_cast<std::uint64_t>(options.batch)),
      m_order(static_cast<std::size_t>(data.training->size())),
      m_transform(data.training->height, data.training->width)
{
    if (options.switches.teacher.empty())
        return;
    m_classes = data.teacherLogits.size() / std::max<std::size_t>(m_order.size(), 1);
    if (m_classes == 0 || m_classes * m_order.size() != data.teacherLogits.size())
        throw Error(ErrorKind::Usage,
                    fmt::format("training: a teacher's answers to {} images are needed, and there "
                                "are {} numbers",
                                m_order.size(), data.teacherLogits.size()));
    m_softTargets =
        softened(data.teacherLogits, static_cast<int>(m_classes), options.switches.temperature);
}

bool BatchSource::beginEpoch(Backend& backend, TrainingState& state, const std::stop_token& stop)
{
    Random random(derivedSeed(m_options.seed, static_cast<std::uint64_t>(state.epoch)));
    const bool byLoss = m_options.switches.sample == Sampling::Loss;
    if (!byLoss || state.epoch == 1) {
        std::iota(m_order.begin(), m_order.end(), 0);
        random.shuffle(std::span(m_order));
        return true;
    }
    if (state.imagesDone == 0)
        state.drawnBy = state.parameters;
    const auto losses = lossesOf(backend, state.drawnBy, *m_data.training, stop);
    if (!losses)
        return false;
    m_order = drawnByLoss(*losses, m_options.switches.samplePressure, random);
    return true;
}

TrainingBatch BatchSource::batch(int epoch, std::uint64_t first)
{
    const std::uint64_t count = std::min<std::uint64_t>(m_batchSize, images() - first);
    const std::uint64_t next = std::min<std::uint64_t>(m_batchSize, images() - first - count);
    const auto epochs = static_cast<std::uint64_t>(epoch);
    TrainingBatch batch;
    batch.data = m_data.training;
    batch.indices = std::span(m_order).subspan(first, count);
    batch.labelSmoothing = m_options.labelSmoothing;
    batch.dropoutSeed =
        derivedSeed(m_options.seed ^ epochs, (epochs - 1) * batches() + first / m_batchSize + 1);
    batch.next = std::span(m_order).subspan(first + count, next);
    if (!m_softTargets.empty())
        addTargets(batch, batch.indices);
    if (m_options.switches.augment != Augmentation::None)
        transform(batch, epoch, first);
    return batch;
}

void BatchSource::addTargets(TrainingBatch& batch, std::span<const int> indices)
{
    m_targets.clear();
    for (const int index : indices) {
        const auto row = m_softTargets.begin() +
                         static_cast<std::ptrdiff_t>(static_cast<std::size_t>(index) * m_classes);
        m_targets.insert(m_targets.end(), row, row + static_cast<std::ptrdiff_t>(m_classes));
    }
    batch.softTargets = m_targets;
    batch.temperature = m_options.switches.temperature;
    batch.softWeight = m_options.switches.teacherWeight;
}

void BatchSource::transform(TrainingBatch& batch, int epoch, std::uint64_t first)
{
    const Dataset& data = *m_data.training;
    const double strength = m_options.switches.augmentStrength;
    const auto area = static_cast<std::size_t>(data.height * data.width);
    const std::uint64_t seed = derivedSeed(derivedSeed(m_options.seed, kTransformation),
                                           static_cast<std::uint64_t>(epoch));
    m_images.resize(batch.indices.size() * area);
    m_labels.clear();
    for (std::size_t i = 0; i < batch.indices.size(); ++i) {
        Random random(derivedSeed(seed, first + i));
        const auto image = data.image(batch.indices[i]);
        const auto result = std::span(m_images).subspan(i * area, area);
        if (m_options.switches.augment == Augmentation::Shift)
            m_transform.shift(image, strength, random, result);
        else if (m_options.switches.augment == Augmentation::Affine)
            m_transform.affine(image, strength, random, result);
        else
            m_transform.elastic(image, strength, random, result);
        m_labels.push_back(data.labels[static_cast<std::size_t>(batch.indices[i])]);
    }
    batch.data = nullptr;
    batch.indices = {};
    batch.next = {};
    batch.images = m_images;
    batch.labels = m_labels;
}

} // namespace core
