// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/ablation_study.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace core
{

namespace
{

constexpr int kBatch = 500;

/// Up to two of the entries that differ: more needn't be known.
std::vector<std::size_t> differences(std::span<const float> a, std::span<const float> b)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < a.size() && found.size() < 2; ++i)
        if (a[i] != b[i])
            found.push_back(i);
    return found;
}

/// 0 where a broken network has logits that are not finite.
float probabilityOf(std::span<const float> logits, std::size_t label)
{
    const float highest = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(static_cast<double>(logit) - highest);
    const double share = std::exp(static_cast<double>(logits[label]) - highest) / sum;
    return std::isfinite(share) ? static_cast<float>(share) : 0.0F;
}

} // namespace

AblationStudy::AblationStudy(ModelPointer model, DatasetPointer data, const BackendOptions& backend)
    : m_model(std::move(model)), m_data(std::move(data)),
      m_backend(makeBackend(m_model->architecture, backend)),
      m_evaluator(makeAblationEvaluator(m_model->architecture, m_model->parameters.values(),
                                        *m_data, backend))
{
    const Evaluation evaluation = m_backend->evaluate(m_model->parameters.values(), *m_data);
    const auto classes = static_cast<std::size_t>(m_model->architecture.classes());
    m_before.images = evaluation.images;
    m_before.correctBefore = evaluation.correct;
    m_before.lossBefore = evaluation.loss;
    countPerClass(evaluation, m_before.correctPerClassBefore);
    for (std::size_t label = 0; label < classes; ++label)
        m_before.imagesPerClass.push_back(std::reduce(
            evaluation.confusion.begin() + static_cast<std::ptrdiff_t>(label * classes),
            evaluation.confusion.begin() + static_cast<std::ptrdiff_t>((label + 1) * classes)));
}

std::string AblationStudy::backendName() const
{
    return m_evaluator->name();
}

void AblationStudy::countPerClass(const Evaluation& evaluation, std::vector<int>& correct) const
{
    const auto classes = static_cast<std::size_t>(m_model->architecture.classes());
    correct.clear();
    for (std::size_t label = 0; label < classes; ++label)
        correct.push_back(evaluation.confusion[label * (classes + 1)]);
}

std::optional<AblationEffect> AblationStudy::effect(std::span<const float> parameters,
                                                    std::stop_token stop)
{
    assert(parameters.size() == m_evaluator->parameters().size());
    AblationEffect effect = m_before;
    const auto changed = differences(parameters, m_evaluator->parameters());
    if (changed.size() <= 1 && !parameters.empty()) {
        const std::size_t parameter = changed.empty() ? 0 : changed.front();
        const auto measured =
            m_evaluator->measure(parameter, parameters[parameter], std::move(stop));
        if (!measured)
            return std::nullopt;
        effect.correct = measured->correct;
        effect.correctPerClass = measured->correctPerClass;
        effect.loss = measured->meanLoss(effect.images);
        return effect;
    }
    const Evaluation evaluation = m_backend->evaluate(parameters, *m_data, std::move(stop));
    if (evaluation.stopped)
        return std::nullopt;
    effect.correct = evaluation.correct;
    effect.loss = evaluation.loss;
    countPerClass(evaluation, effect.correctPerClass);
    return effect;
}

void AblationStudy::settle(std::span<const float> parameters)
{
    assert(parameters.size() == m_evaluator->parameters().size());
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (parameters[i] != m_evaluator->parameters()[i])
            m_evaluator->commit(i, parameters[i]);
}

std::optional<AblationStudy::Answers> AblationStudy::answers(std::span<const float> parameters,
                                                             const std::stop_token& stop)
{
    const auto classes = static_cast<std::size_t>(m_model->architecture.classes());
    const int last = static_cast<int>(m_model->architecture.layers().size()) - 1;
    Answers result;
    for (int first = 0; first < m_data->size(); first += kBatch) {
        if (stop.stop_requested())
            return std::nullopt;
        const int count = std::min(kBatch, m_data->size() - first);
        const auto outputs = m_backend->activations(parameters, m_data->imagesAsFloat(first, count),
                                                    std::span(&last, 1));
        const std::span<const float> all = outputs.front().values;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            const auto logits = all.subspan(i * classes, classes);
            const std::size_t label = m_data->labels[static_cast<std::size_t>(first) + i];
            result.probability.push_back(label < classes ? probabilityOf(logits, label) : 0.0F);
            result.prediction.push_back(
                static_cast<std::uint8_t>(std::ranges::max_element(logits) - logits.begin()));
        }
    }
    return result;
}

std::optional<std::vector<AffectedImage>>
AblationStudy::mostAffected(std::span<const float> parameters, int count, std::stop_token stop)
{
    if (!m_answersBefore)
        m_answersBefore = answers(m_model->parameters.values(), stop);
    if (!m_answersBefore)
        return std::nullopt;
    const auto after = answers(parameters, stop);
    if (!after)
        return std::nullopt;
    std::vector<AffectedImage> images;
    for (int i = 0; i < m_data->size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const AffectedImage image{i,
                                  m_data->labels[at],
                                  m_answersBefore->prediction[at],
                                  after->prediction[at],
                                  m_answersBefore->probability[at],
                                  after->probability[at]};
        if (image.change() != 0.0F)
            images.push_back(image);
    }
    const auto end = images.begin() + std::clamp(count, 0, static_cast<int>(images.size()));
    std::ranges::partial_sort(images, end, [](const AffectedImage& a, const AffectedImage& b) {
        const float changeA = std::abs(a.change());
        const float changeB = std::abs(b.change());
        return changeA == changeB ? a.image < b.image : changeA > changeB;
    });
    images.erase(end, images.end());
    return images;
}

const MeanActivations* AblationStudy::means(std::span<const float> parameters, std::stop_token stop)
{
    if (!m_means || !std::ranges::equal(parameters, m_meansOf)) {
        m_means = meanActivations(*m_backend, parameters, *m_data, {}, stop);
        m_meansOf.assign(parameters.begin(), parameters.end());
        if (m_means->images < m_data->size())
            m_means.reset();
    }
    return m_means ? &*m_means : nullptr;
}

} // namespace core
