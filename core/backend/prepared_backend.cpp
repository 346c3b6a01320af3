// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/prepared_backend.h"

#include "core/backend/fitting.h"
#include "core/data/deskew.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace core
{

namespace
{

constexpr int kImagesAtATime = 500;
/// Below it an image's loss would be infinite.
constexpr double kLeastProbability = 1e-300;

/// Down and to the right.
struct Shift {
    int rows = 0;
    int columns = 0;
};
constexpr std::array<Shift, 5> kShifts = {{{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}}};

std::vector<float> shifted(std::span<const float> images, int height, int width, Shift shift)
{
    std::vector<float> result(images.size());
    const auto area = static_cast<std::size_t>(height * width);
    for (std::size_t image = 0; image < images.size(); image += area)
        for (int row = std::max(0, shift.rows); row < height + std::min(0, shift.rows); ++row)
            for (int column = std::max(0, shift.columns);
                 column < width + std::min(0, shift.columns); ++column)
                result[image + static_cast<std::size_t>(row * width + column)] =
                    images[image + static_cast<std::size_t>((row - shift.rows) * width + column -
                                                            shift.columns)];
    return result;
}

void addProbabilities(std::span<const float> logits, std::span<double> sums)
{
    const double highest = *std::ranges::max_element(logits);
    double total = 0;
    for (const float logit : logits)
        total += std::exp(static_cast<double>(logit) - highest);
    for (std::size_t c = 0; c < logits.size(); ++c)
        sums[c] += std::exp(static_cast<double>(logits[c]) - highest) / total;
}

class PreparedBackend : public Backend
{
public:
    PreparedBackend(const Architecture& architecture, std::unique_ptr<Backend> inner)
        : m_architecture(architecture), m_inner(std::move(inner))
    {
    }

    std::string name() const override { return m_inner->name(); }
    const Architecture& architecture() const override { return m_architecture; }

    Evaluation evaluate(std::span<const float> parameters, const Dataset& data,
                        std::stop_token stop) override
    {
        requireFitting(m_architecture, data);
        if (m_architecture.input().averageShifts)
            return evaluateShifts(parameters, data, stop);
        return m_inner->evaluate(parameters, uprightImages(m_architecture, data), stop);
    }

    std::vector<LayerOutput> activations(std::span<const float> parameters, ImageSpan images,
                                         std::span<const int> layers) override
    {
        return m_inner->activations(parameters, upright(images), layers);
    }

    void gradient(std::span<const float> parameters, const TrainingBatch& batch,
                  LossGradient& result) override
    {
        const Dataset chosen = batch.data ? chosenImages(*batch.data, batch.indices) : Dataset();
        const std::vector<float> images =
            upright(batch.data ? chosen.imagesAsFloat(0, chosen.size())
                               : std::vector<float>(batch.images.begin(), batch.images.end()));
        TrainingBatch inside = batch;
        inside.data = nullptr;
        inside.indices = {};
        inside.next = {};
        inside.images = images;
        inside.labels = batch.data ? std::span<const std::uint8_t>(chosen.labels) : batch.labels;
        m_inner->gradient(parameters, inside, result);
    }

    void imageGradient(std::span<const float> parameters, std::span<const Objective> objectives,
                       ImageSpan images, ImageGradient& result,
                       const ImageObserver& observer) override
    {
        m_inner->imageGradient(parameters, objectives, images, result, observer);
    }

private:
    std::vector<float> upright(ImageSpan images) const
    {
        const InputSpec& input = m_architecture.input();
        return input.deskew ? deskewed(images, input.height, input.width)
                            : std::vector<float>(images.begin(), images.end());
    }

    /// The mean probabilities, [N][classes].
    std::vector<double> probabilitiesOf(std::span<const float> parameters, ImageSpan images)
    {
        const InputSpec& input = m_architecture.input();
        const int last[] = {static_cast<int>(m_inner->architecture().layers().size()) - 1};
        const auto classes = static_cast<std::size_t>(m_architecture.classes());
        std::vector<double> sums;
        for (const Shift shift : kShifts) {
            const std::vector<float> logits =
                m_inner
                    ->activations(parameters, shifted(images, input.height, input.width, shift),
                                  last)
                    .front()
                    .values;
            sums.resize(logits.size());
            for (std::size_t at = 0; at < logits.size(); at += classes)
                addProbabilities(std::span(logits).subspan(at, classes),
                                 std::span(sums).subspan(at, classes));
        }
        for (double& sum : sums)
            sum /= static_cast<double>(kShifts.size());
        return sums;
    }

    Evaluation evaluateShifts(std::span<const float> parameters, const Dataset& data,
                              const std::stop_token& stop)
    {
        const auto classes = static_cast<std::size_t>(m_architecture.classes());
        Evaluation evaluation;
        evaluation.confusion.resize(classes * classes);
        double loss = 0;
        while (evaluation.images < data.size() && !evaluation.stopped) {
            const int count = std::min(kImagesAtATime, data.size() - evaluation.images);
            const std::vector<double> probabilities =
                probabilitiesOf(parameters, upright(data.imagesAsFloat(evaluation.images, count)));
            for (std::size_t at = 0; at < probabilities.size(); at += classes)
                loss += take(evaluation, std::span(probabilities).subspan(at, classes),
                             data.labels[static_cast<std::size_t>(evaluation.images)]);
            evaluation.stopped = stop.stop_requested() && evaluation.images < data.size();
        }
        evaluation.loss = evaluation.images == 0 ? 0 : loss / evaluation.images;
        return evaluation;
    }

    /// Takes one image's answer in and returns its loss.
    static double take(Evaluation& evaluation, std::span<const double> probabilities,
                       std::uint8_t label)
    {
        const auto prediction = static_cast<std::size_t>(std::ranges::max_element(probabilities) -
                                                         probabilities.begin());
        evaluation.correct += prediction == label ? 1 : 0;
        ++evaluation.confusion[label * probabilities.size() + prediction];
        evaluation.predictions.push_back(static_cast<std::uint8_t>(prediction));
        ++evaluation.images;
        return -std::log(std::max(probabilities[label], kLeastProbability));
    }

    Architecture m_architecture;
    std::unique_ptr<Backend> m_inner;
};

Architecture withInput(const Architecture& architecture, const InputSpec& input)
{
    return Architecture(architecture.layers(), input);
}

} // namespace

Architecture forUprightImages(const Architecture& architecture)
{
    InputSpec input = architecture.input();
    input.deskew = false;
    return withInput(architecture, input);
}

Dataset uprightImages(const Architecture& architecture, const Dataset& data)
{
    return architecture.input().deskew ? deskewed(data) : data;
}

Architecture withoutTransformation(const Architecture& architecture)
{
    InputSpec input = architecture.input();
    input.deskew = false;
    input.averageShifts = false;
    return withInput(architecture, input);
}

std::unique_ptr<Backend> makePreparedBackend(const Architecture& architecture,
                                             std::unique_ptr<Backend> inner)
{
    return std::make_unique<PreparedBackend>(architecture, std::move(inner));
}

} // namespace core
