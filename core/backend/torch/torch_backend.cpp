// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/backend.h"
#include "core/backend/fitting.h"
#include "core/backend/torch/entry.h"
#include "core/backend/torch/network.h"
#include "core/base/error.h"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <map>

namespace core::torch_backend
{

namespace
{

constexpr int kEvaluationBatch = 500;

/// Image gradients run in batches of exactly this size: oneDNN chooses its kernels by the size of
/// the batch, and an image's gradient must not depend on what else is asked for.
constexpr std::size_t kGradientBatch = 4;

bool hasBatchNorm(const Architecture& architecture)
{
    return std::ranges::any_of(architecture.layers(), [](const Layer& layer) {
        return std::holds_alternative<BatchNorm>(layer);
    });
}

std::vector<float> toVector(const torch::Tensor& tensor)
{
    const torch::Tensor flat = tensor.contiguous();
    const float* data = flat.data_ptr<float>();
    return {data, data + flat.numel()};
}

/// Adds a batch's logits to the evaluation's counts; returns the sum of its losses.
double countBatch(Evaluation& evaluation, const torch::Tensor& logits,
                  std::span<const std::uint8_t> labels)
{
    const torch::Tensor logProbabilities = torch::log_softmax(logits, 1).contiguous();
    const torch::Tensor best = torch::argmax(logits, 1).contiguous();
    const auto classes = static_cast<std::size_t>(logits.size(1));
    double loss = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::size_t label = labels[i];
        const auto prediction = static_cast<std::size_t>(best.data_ptr<std::int64_t>()[i]);
        loss -= logProbabilities.data_ptr<float>()[i * classes + label];
        evaluation.confusion[label * classes + prediction] += 1;
        evaluation.correct += prediction == label ? 1 : 0;
        evaluation.predictions.push_back(static_cast<std::uint8_t>(prediction));
    }
    evaluation.images += static_cast<int>(labels.size());
    return loss;
}

/// As TrainingBatch has it.
torch::Tensor lossOf(const torch::Tensor& logits, const torch::Tensor& targets,
                     const TrainingBatch& batch)
{
    const torch::Tensor hard = torch::nn::functional::cross_entropy(
        logits, targets,
        torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(batch.labelSmoothing));
    if (batch.softTargets.empty())
        return hard;
    const double t = batch.temperature;
    const torch::Tensor teacher =
        torch::from_blob(const_cast<float*>(batch.softTargets.data()), logits.sizes());
    const torch::Tensor answer = torch::log_softmax(logits / t, 1);
    const torch::Tensor divergence =
        torch::kl_div(answer, teacher, at::Reduction::Sum) / static_cast<double>(batch.size());
    return batch.softWeight * t * t * divergence + (1 - batch.softWeight) * hard;
}

/// Sets the thread count, which LibTorch keeps a thread, and translates its exceptions.
template<typename Work>
auto guarded(int threads, Work&& work)
{
    try {
        at::set_num_threads(threads);
        return work();
    } catch (const c10::Error& error) {
        const std::string text = error.what_without_backtrace();
        throw Error(ErrorKind::Unexpected,
                    fmt::format("LibTorch: {}", text.substr(0, text.find('\n'))));
    }
}

class TorchBackend : public Backend
{
public:
    TorchBackend(const Architecture& architecture, int threads)
        : m_network(architecture), m_threads(std::max(threads, 1)),
          m_hasBatchNorm(hasBatchNorm(architecture))
    {
    }

    std::string name() const override { return fmt::format("LibTorch {}", TORCH_VERSION); }
    const Architecture& architecture() const override { return m_network.architecture(); }

    Evaluation evaluate(std::span<const float> parameters, const Dataset& data,
                        std::stop_token stop) override
    {
        return guarded(m_threads, [&] { return runEvaluation(parameters, data, stop); });
    }

    std::vector<LayerOutput> activations(std::span<const float> parameters, ImageSpan images,
                                         std::span<const int> layers) override
    {
        return guarded(m_threads, [&] { return runActivations(parameters, images, layers); });
    }

    void gradient(std::span<const float> parameters, const TrainingBatch& batch,
                  LossGradient& result) override
    {
        // More threads would add in another order: other bits, and no faster on networks this
        // small.
        guarded(1, [&] { runGradient(parameters, batch, result); });
    }

    void imageGradient(std::span<const float> parameters, std::span<const Objective> objectives,
                       ImageSpan images, ImageGradient& result,
                       const ImageObserver& observer) override
    {
        result =
            guarded(m_threads, [&] { return runImageGradient(parameters, objectives, images); });
        for (std::size_t image = 0; observer && image < objectives.size(); ++image)
            observer(image);
    }

private:
    torch::Tensor batchOf(ImageSpan images) const
    {
        const InputSpec& input = architecture().input();
        const std::int64_t area = std::int64_t{input.height} * input.width;
        const auto count = static_cast<std::int64_t>(images.size()) / area;
        assert(count * area == static_cast<std::int64_t>(images.size()));
        return torch::from_blob(const_cast<float*>(images.data()),
                                {count, 1, input.height, input.width});
    }

    Evaluation runEvaluation(std::span<const float> parameters, const Dataset& data,
                             const std::stop_token& stop)
    {
        requireFitting(architecture(), data);
        const c10::InferenceMode inference;
        const auto tensors = m_network.view(parameters);
        const auto classes = static_cast<std::size_t>(architecture().classes());
        Evaluation evaluation;
        evaluation.confusion.resize(classes * classes);
        double loss = 0;
        for (int first = 0; first < data.size() && !evaluation.stopped; first += kEvaluationBatch) {
            const int count = std::min(kEvaluationBatch, data.size() - first);
            const std::vector<float> images = data.imagesAsFloat(first, count);
            const auto labels =
                std::span(data.labels)
                    .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
            const torch::Tensor logits =
                m_network.forward(batchOf(images), tensors, m_network.lastLayer(), {}).flatten(1);
            loss += countBatch(evaluation, logits, labels);
            evaluation.stopped = stop.stop_requested() && first + count < data.size();
        }
        evaluation.loss = evaluation.images == 0 ? 0 : loss / evaluation.images;
        return evaluation;
    }

    std::vector<LayerOutput> runActivations(std::span<const float> parameters, ImageSpan images,
                                            std::span<const int> layers)
    {
        const c10::InferenceMode inference;
        std::vector<LayerOutput> outputs(layers.size());
        const int last = layers.empty() ? -1 : *std::ranges::max_element(layers);
        const auto keep = [&](int layer, const torch::Tensor& output) {
            for (std::size_t i = 0; i < layers.size(); ++i)
                if (layers[i] == layer)
                    outputs[i] = {layer, architecture().outputOf(layer), toVector(output)};
        };
        m_network.forward(batchOf(images), m_network.view(parameters), last, keep);
        return outputs;
    }

    void runGradient(std::span<const float> parameters, const TrainingBatch& batch,
                     LossGradient& result)
    {
        if (batch.data)
            requireFitting(architecture(), *batch.data, batch.indices);
        std::vector<float> gathered;
        std::vector<std::uint8_t> gatheredLabels;
        ImageSpan images = batch.images;
        std::span<const std::uint8_t> labels = batch.labels;
        if (batch.data) {
            images = gathered = batch.data->imagesAsFloat(batch.indices);
            for (const int index : batch.indices)
                gatheredLabels.push_back(batch.data->labels[static_cast<std::size_t>(index)]);
            labels = gatheredLabels;
        }
        result.runningStatistics.clear();
        if (m_hasBatchNorm) {
            result.runningStatistics.assign(parameters.begin(), parameters.end());
            parameters = result.runningStatistics;
        }
        const auto& slices = m_network.layout().slices();
        auto tensors = m_network.view(parameters);
        std::vector<torch::Tensor> trained;
        for (std::size_t i = 0; i < tensors.size(); ++i)
            if (isTrainable(slices[i].role))
                trained.push_back(tensors[i].requires_grad_());

        const torch::Tensor logits = m_network
                                         .forward(batchOf(images), tensors, m_network.lastLayer(),
                                                  {}, Mode::Train, batch.dropoutSeed)
                                         .flatten(1);
        const torch::Tensor targets =
            torch::from_blob(const_cast<std::uint8_t*>(labels.data()),
                             {static_cast<std::int64_t>(labels.size())}, torch::kUInt8)
                .to(torch::kInt64);
        const torch::Tensor loss = lossOf(logits, targets, batch);
        const auto gradients = torch::autograd::grad({loss}, trained);

        result.loss = loss.item<double>();
        result.correct = static_cast<int>(
            (torch::argmax(logits.detach(), 1) == targets).sum().item<std::int64_t>());
        result.gradient.assign(parameters.size(), 0.0F);
        std::size_t next = 0;
        for (const ParameterSlice& slice : slices) {
            if (!isTrainable(slice.role))
                continue;
            const torch::Tensor gradient = gradients[next++].contiguous();
            std::copy_n(gradient.data_ptr<float>(), slice.count,
                        result.gradient.begin() + static_cast<std::ptrdiff_t>(slice.offset));
        }
    }

    ImageGradient runImageGradient(std::span<const float> parameters,
                                   std::span<const Objective> objectives, ImageSpan images)
    {
        ImageGradient result;
        result.values.resize(objectives.size());
        result.gradient.resize(images.size());
        // Objectives of one layer run together, and no further than that layer.
        std::map<int, std::vector<std::size_t>> byLayer;
        for (std::size_t i = 0; i < objectives.size(); ++i)
            byLayer[objectives[i].layer].push_back(i);
        const auto tensors = m_network.view(parameters);
        for (const auto& [layer, members] : byLayer)
            for (std::size_t first = 0; first < members.size(); first += kGradientBatch) {
                const std::size_t count = std::min(kGradientBatch, members.size() - first);
                addGroup(result, tensors, objectives, images, layer,
                         std::span(members).subspan(first, count));
            }
        return result;
    }

    void addGroup(ImageGradient& result, const std::vector<torch::Tensor>& tensors,
                  std::span<const Objective> objectives, ImageSpan images, int layer,
                  std::span<const std::size_t> members)
    {
        const std::size_t area = images.size() / objectives.size();
        std::vector<float> group(kGradientBatch * area); // the places left over stay black
        for (std::size_t i = 0; i < members.size(); ++i)
            std::ranges::copy(images.subspan(members[i] * area, area),
                              group.begin() + static_cast<std::ptrdiff_t>(i * area));
        const torch::Tensor batch = batchOf(group).requires_grad_();
        const torch::Tensor output = m_network.forward(batch, tensors, layer, {});
        const torch::Tensor selected = output * selector(output, objectives, members);
        const torch::Tensor values = selected.flatten(1).sum(1);
        const torch::Tensor gradient =
            torch::autograd::grad({values.sum()}, {batch})[0].contiguous();
        const torch::Tensor found = values.detach().contiguous();
        for (std::size_t i = 0; i < members.size(); ++i) {
            result.values[members[i]] = found.data_ptr<float>()[i];
            std::copy_n(gradient.data_ptr<float>() + i * area, area,
                        result.gradient.begin() + static_cast<std::ptrdiff_t>(members[i] * area));
        }
    }

    /// Weights that pick each image's objective out of the layer's output.
    static torch::Tensor selector(const torch::Tensor& output,
                                  std::span<const Objective> objectives,
                                  std::span<const std::size_t> members)
    {
        torch::Tensor weights = torch::zeros(output.sizes());
        const auto mapArea =
            static_cast<std::size_t>(output.dim() == 4 ? output.size(2) * output.size(3) : 1);
        const auto channels = static_cast<std::size_t>(output.size(1));
        for (std::size_t i = 0; i < members.size(); ++i) {
            const Objective& objective = objectives[members[i]];
            const std::size_t channel = i * channels + static_cast<std::size_t>(objective.channel);
            float* map = weights.data_ptr<float>() + channel * mapArea;
            if (objective.position)
                map[*objective.position] = 1.0F;
            else
                std::fill_n(map, mapArea, 1.0F / static_cast<float>(mapArea));
        }
        return weights;
    }

    Network m_network;
    int m_threads;
    bool m_hasBatchNorm;
};

} // namespace

} // namespace core::torch_backend

core::Backend* caddieMakeTorchBackend(const core::Architecture* architecture, int threads)
{
    return new core::torch_backend::TorchBackend(*architecture, threads);
}
