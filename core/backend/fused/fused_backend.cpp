// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/fused/fused_backend.h"

#include "core/backend/fitting.h"
#include "core/backend/fused/engine.h"
#include "core/backend/fused/forward.h"
#include "core/backend/fused/objectives.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace core::fused
{

namespace
{

/// Images between two looks at the stop token.
constexpr int kEvaluationBlock = 1024;

/// What the loss says about one chunk of images.
struct ChunkLoss {
    alignas(64) std::array<std::int32_t, kMostLanes> labels = {};
    alignas(64) std::array<std::int32_t, kMostLanes> predictions = {};
    alignas(64) std::array<float, kMostLanes> losses = {};

    double sum(std::size_t count) const
    {
        return std::accumulate(losses.begin(), losses.begin() + static_cast<std::ptrdiff_t>(count),
                               0.0);
    }
};

/// Images leave as many chunks as there are vectors of them; the last may be shorter.
struct Part {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// A shuffled image lies where no processor expects it, and memory takes a while.
void fetchNext(const TrainingBatch& batch)
{
    constexpr std::size_t kLine = 64;
    if (!batch.data)
        return;
    for (const int index : batch.next) {
        const std::span<const std::uint8_t> image = batch.data->image(index);
        for (std::size_t at = 0; at < image.size(); at += kLine)
            __builtin_prefetch(image.data() + at, 0, 2);
    }
}

class FusedBackend : public Backend
{
public:
    FusedBackend(const Architecture& architecture, int threads)
        : m_architecture(architecture), m_workers(threads),
          m_engine(Plan(architecture), m_forward.lanes, m_workers.threads())
    {
        for (const ParameterSpec& spec : architecture.parameterSpecs())
            m_parameterCount += spec.count;
    }

    std::string name() const override { return std::string("fused ") + m_forward.name; }
    const Architecture& architecture() const override { return m_architecture; }

    Evaluation evaluate(std::span<const float> parameters, const Dataset& data,
                        std::stop_token stop) override;
    std::vector<LayerOutput> activations(std::span<const float> parameters, ImageSpan images,
                                         std::span<const int> layers) override;
    void gradient(std::span<const float> parameters, const TrainingBatch& batch,
                  LossGradient& result) override;
    void imageGradient(std::span<const float> parameters, std::span<const Objective> objectives,
                       ImageSpan images, ImageGradient& result,
                       const ImageObserver& observer) override
    {
        if (!m_objectives)
            m_objectives.emplace(m_architecture, m_workers);
        m_objectives->follow(parameters, objectives, images, result, observer);
    }

private:
    std::size_t lanes() const { return static_cast<std::size_t>(m_forward.lanes); }
    std::size_t chunks(std::size_t images) const { return (images + lanes() - 1) / lanes(); }
    Part part(std::size_t chunk, std::size_t images) const
    {
        const std::size_t first = chunk * lanes();
        return {first, std::min(lanes(), images - first)};
    }

    void lookAt(Workspace& work, std::span<const float> parameters, const Dataset& data, int first,
                std::size_t count, ChunkLoss& result) const;
    void learnFrom(Workspace& work, std::span<const float> parameters, const TrainingBatch& batch,
                   const Part& part, ChunkLoss& result, std::span<float> gradient) const;
    void runLoss(const Workspace& work, ChunkLoss& chunk, LossTask task) const;
    /// A part of [images][classes] as [classes][lanes].
    AlignedFloats inLanes(std::span<const float> targets, const Part& part) const
    {
        const auto classes = static_cast<std::size_t>(m_architecture.classes());
        AlignedFloats result(classes * lanes());
        for (std::size_t i = 0; i < part.count; ++i)
            for (std::size_t c = 0; c < classes; ++c)
                result.data()[c * lanes() + i] = targets[(part.first + i) * classes + c];
        return result;
    }
    void copyOut(const Workspace& work, const Plan& plan, const LayerOutput& layer, float* values,
                 std::size_t count) const;

    Architecture m_architecture;
    const ForwardKernels& m_forward = forwardKernels();
    const GradientKernels& m_gradient = gradientKernels();
    Workers m_workers;
    Engine m_engine; ///< up to the logits
    std::size_t m_parameterCount = 0;
    std::vector<ChunkLoss> m_losses;
    std::vector<float> m_chunkGradients;        ///< [chunks][parameters]
    std::unique_ptr<Engine> m_everything;       ///< keeps all layers
    std::optional<ObjectivePaths> m_objectives; ///< made when needed: trainers need none
};

void FusedBackend::runLoss(const Workspace& work, ChunkLoss& chunk, LossTask task) const
{
    task.logits = work.output();
    task.labels = chunk.labels.data();
    task.classes = m_architecture.classes();
    task.losses = chunk.losses.data();
    task.predictions = chunk.predictions.data();
    m_forward.loss(task);
}

void FusedBackend::lookAt(Workspace& work, std::span<const float> parameters, const Dataset& data,
                          int first, std::size_t count, ChunkLoss& result) const
{
    std::array<int, kMostLanes> indices = {};
    std::iota(indices.begin(), indices.end(), first);
    loadImages(m_forward, m_engine.plan, data, std::span(indices).first(count), work.input.data());
    for (std::size_t i = 0; i < count; ++i)
        result.labels[i] = data.labels[static_cast<std::size_t>(indices[i])];
    forward(m_forward, m_engine.plan, parameters, work, Keep::Outputs);
    runLoss(work, result, {});
}

Evaluation FusedBackend::evaluate(std::span<const float> parameters, const Dataset& data,
                                  std::stop_token stop)
{
    requireFitting(m_architecture, data);
    const auto classes = static_cast<std::size_t>(m_architecture.classes());
    Evaluation evaluation;
    evaluation.confusion.resize(classes * classes);
    evaluation.predictions.reserve(static_cast<std::size_t>(data.size()));
    double loss = 0;
    for (int first = 0; first < data.size() && !evaluation.stopped; first += kEvaluationBlock) {
        const auto count =
            static_cast<std::size_t>(std::min(kEvaluationBlock, data.size() - first));
        m_losses.resize(std::max(m_losses.size(), chunks(count)));
        m_workers.run(static_cast<int>(chunks(count)), [&](int thread, int chunk) {
            const auto at = static_cast<std::size_t>(chunk);
            const Part images = part(at, count);
            lookAt(m_engine.of(thread), parameters, data, first + static_cast<int>(images.first),
                   images.count, m_losses[at]);
        });
        for (std::size_t chunk = 0; chunk < chunks(count); ++chunk) {
            const ChunkLoss& found = m_losses[chunk];
            const std::size_t images = part(chunk, count).count;
            loss += found.sum(images);
            for (std::size_t i = 0; i < images; ++i) {
                const auto label = static_cast<std::size_t>(found.labels[i]);
                const auto prediction = static_cast<std::size_t>(found.predictions[i]);
                evaluation.correct += label == prediction ? 1 : 0;
                ++evaluation.confusion[label * classes + prediction];
                evaluation.predictions.push_back(static_cast<std::uint8_t>(prediction));
            }
        }
        evaluation.images += static_cast<int>(count);
        evaluation.stopped = stop.stop_requested() && evaluation.images < data.size();
    }
    evaluation.loss = evaluation.images == 0 ? 0 : loss / evaluation.images;
    return evaluation;
}

void FusedBackend::copyOut(const Workspace& work, const Plan& plan, const LayerOutput& layer,
                           float* values, std::size_t count) const
{
    const std::optional<std::size_t> step = plan.stepOf(layer.layer);
    const Map& map = step ? plan.steps()[*step].out : plan.input();
    const float* from = step ? work.steps[*step].output.data() : work.input.data();
    const auto area = static_cast<std::size_t>(map.rows * map.columns);
    std::vector<float> nobody(area);
    std::array<float*, kMostLanes> results;
    for (int c = 0; c < map.channels; ++c) {
        results.fill(nobody.data());
        for (std::size_t i = 0; i < count; ++i)
            results[i] =
                values +
                (i * static_cast<std::size_t>(map.channels) + static_cast<std::size_t>(c)) * area;
        StoreTask task;
        task.input = from + map.at(c) * lanes();
        task.inputRowStride = map.rowStride();
        task.rows = map.rows;
        task.columns = map.columns;
        task.images = results.data();
        task.imageWidth = map.columns;
        m_forward.storeFloats(task);
    }
}

std::vector<LayerOutput> FusedBackend::activations(std::span<const float> parameters,
                                                   ImageSpan images, std::span<const int> layers)
{
    if (!m_everything)
        m_everything = std::make_unique<Engine>(
            Plan(m_architecture, static_cast<int>(m_architecture.layers().size()) - 1,
                 Extent::Full),
            m_forward.lanes, m_workers.threads());
    Engine& engine = *m_everything;
    const auto area = static_cast<std::size_t>(m_architecture.inputShape().area());
    const std::size_t total = images.size() / area;
    std::vector<LayerOutput> outputs;
    for (const int layer : layers) {
        const Shape shape = m_architecture.outputOf(layer);
        outputs.push_back(
            {layer, shape, std::vector<float>(static_cast<std::size_t>(shape.count()) * total)});
    }
    m_workers.run(static_cast<int>(chunks(total)), [&](int thread, int chunk) {
        const Part some = part(static_cast<std::size_t>(chunk), total);
        Workspace& work = engine.of(thread);
        std::array<const float*, kMostLanes> pointers = {};
        for (std::size_t i = 0; i < some.count; ++i)
            pointers[i] = images.data() + (some.first + i) * area;
        loadImages(m_forward, engine.plan, std::span(pointers).first(some.count),
                   work.input.data());
        forward(m_forward, engine.plan, parameters, work, Keep::Outputs);
        for (LayerOutput& output : outputs)
            copyOut(work, engine.plan, output,
                    output.values.data() +
                        some.first * static_cast<std::size_t>(output.shape.count()),
                    some.count);
    });
    return outputs;
}

void FusedBackend::learnFrom(Workspace& work, std::span<const float> parameters,
                             const TrainingBatch& batch, const Part& part, ChunkLoss& result,
                             std::span<float> gradient) const
{
    const Plan& plan = m_engine.plan;
    if (batch.data) {
        const std::span<const int> indices = batch.indices.subspan(part.first, part.count);
        loadImages(m_forward, plan, *batch.data, indices, work.input.data());
        for (std::size_t i = 0; i < part.count; ++i)
            result.labels[i] = batch.data->labels[static_cast<std::size_t>(indices[i])];
    } else {
        const auto area = static_cast<std::size_t>(m_architecture.inputShape().area());
        std::array<const float*, kMostLanes> images = {};
        for (std::size_t i = 0; i < part.count; ++i) {
            images[i] = batch.images.data() + (part.first + i) * area;
            result.labels[i] = batch.labels[part.first + i];
        }
        loadImages(m_forward, plan, std::span(images).first(part.count), work.input.data());
    }
    forward(m_forward, plan, parameters, work, Keep::ForTheWayBack);
    LossTask task;
    task.smoothing = static_cast<float>(batch.labelSmoothing);
    task.gradient = work.gradients[0].data();
    task.gradientScale = 1.0F / static_cast<float>(batch.size());
    task.count = static_cast<int>(part.count);
    AlignedFloats softTargets;
    if (!batch.softTargets.empty()) {
        softTargets = inLanes(batch.softTargets, part);
        task.softTargets = softTargets.data();
        task.temperature = static_cast<float>(batch.temperature);
        task.softWeight = static_cast<float>(batch.softWeight);
    }
    runLoss(work, result, task);
    backward(m_forward, m_gradient, plan, parameters, m_engine.turned, work, Wanted::Parameters,
             gradient);
}

void FusedBackend::gradient(std::span<const float> parameters, const TrainingBatch& batch,
                            LossGradient& result)
{
    if (batch.data)
        requireFitting(m_architecture, *batch.data, batch.indices);
    const std::size_t total = batch.size();
    const std::size_t count = chunks(total);
    m_losses.resize(std::max(m_losses.size(), count));
    result.gradient.resize(m_parameterCount);
    if (count > 1)
        m_chunkGradients.resize(std::max(m_chunkGradients.size(), count * m_parameterCount));
    m_engine.turned.fill(parameters);
    fetchNext(batch);
    m_workers.run(static_cast<int>(count), [&](int thread, int chunk) {
        const auto at = static_cast<std::size_t>(chunk);
        const std::span<float> gradient =
            count == 1
                ? std::span(result.gradient)
                : std::span(m_chunkGradients).subspan(at * m_parameterCount, m_parameterCount);
        learnFrom(m_engine.of(thread), parameters, batch, part(at, total), m_losses[at], gradient);
    });
    result.runningStatistics.clear();
    result.loss = 0;
    result.correct = 0;
    for (std::size_t chunk = 0; chunk < count; ++chunk) {
        const ChunkLoss& found = m_losses[chunk];
        const std::size_t images = part(chunk, total).count;
        result.loss += found.sum(images) / static_cast<double>(total);
        for (std::size_t i = 0; i < images; ++i)
            result.correct += found.labels[i] == found.predictions[i] ? 1 : 0;
        if (count == 1)
            continue;
        const float* from = m_chunkGradients.data() + chunk * m_parameterCount;
        for (std::size_t i = 0; i < m_parameterCount; ++i)
            result.gradient[i] = chunk == 0 ? from[i] : result.gradient[i] + from[i];
    }
}

} // namespace

std::unique_ptr<Backend> makeFusedBackend(const Architecture& architecture, int threads)
{
    return std::make_unique<FusedBackend>(architecture, threads);
}

} // namespace core::fused
