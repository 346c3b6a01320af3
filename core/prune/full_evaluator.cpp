// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/full_evaluator.h"

#include "core/prune/cross_entropy.h"

#include <algorithm>
#include <utility>

namespace core
{

namespace
{

/// A parameter that has another value for as long as this lives.
class Replaced
{
public:
    Replaced(float& parameter, float value) : m_parameter(parameter), m_before(parameter)
    {
        parameter = value;
    }
    ~Replaced() { m_parameter = m_before; }
    Replaced(const Replaced&) = delete;
    Replaced& operator=(const Replaced&) = delete;

private:
    float& m_parameter;
    float m_before;
};

class FullEvaluator : public AblationEvaluator
{
public:
    FullEvaluator(std::unique_ptr<Backend> backend, std::span<const float> parameters,
                  const Dataset& data)
        : m_backend(std::move(backend)), m_parameters(parameters.begin(), parameters.end()),
          m_data(data)
    {
    }

    std::string name() const override { return m_backend->name(); }
    int images() const override { return m_data.size(); }
    bool alwaysInFull() const override { return true; }
    std::span<const float> parameters() const override { return m_parameters; }

    std::optional<int> correct(std::stop_token stop) override
    {
        const Evaluation evaluation = m_backend->evaluate(m_parameters, m_data, std::move(stop));
        return evaluation.stopped ? std::nullopt : std::optional(evaluation.correct);
    }

    std::optional<int> tryValue(std::size_t parameter, float value, int /*atLeast*/,
                                std::stop_token stop) override
    {
        const Replaced replaced(m_parameters[parameter], value);
        return correct(std::move(stop));
    }

    std::optional<Ablation> measure(std::size_t parameter, float value,
                                    std::stop_token stop) override
    {
        const Replaced replaced(m_parameters[parameter], value);
        const Evaluation evaluation = m_backend->evaluate(m_parameters, m_data, stop);
        if (evaluation.stopped)
            return std::nullopt;
        const auto classes = static_cast<std::size_t>(m_backend->architecture().classes());
        Ablation result;
        result.correct = evaluation.correct;
        for (std::size_t label = 0; label < classes; ++label)
            result.correctPerClass.push_back(evaluation.confusion[label * (classes + 1)]);
        const std::optional<std::int64_t> loss = lossUnits(stop);
        if (!loss)
            return std::nullopt;
        result.lossUnits = *loss;
        return result;
    }

    void commit(std::size_t parameter, float value) override { m_parameters[parameter] = value; }

private:
    /// From the logits themselves, because a backend's mean is rounded in the backend's way.
    std::optional<std::int64_t> lossUnits(const std::stop_token& stop)
    {
        constexpr int kBatch = 500;
        const auto classes = static_cast<std::size_t>(m_backend->architecture().classes());
        const int last = static_cast<int>(m_backend->architecture().layers().size()) - 1;
        std::int64_t sum = 0;
        for (int first = 0; first < m_data.size(); first += kBatch) {
            if (stop.stop_requested())
                return std::nullopt;
            const int count = std::min(kBatch, m_data.size() - first);
            const auto outputs = m_backend->activations(
                m_parameters, m_data.imagesAsFloat(first, count), std::span(&last, 1));
            const std::span<const float> logits = outputs.front().values;
            for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
                sum += crossEntropyUnits(logits.subspan(i * classes, classes),
                                         m_data.labels[static_cast<std::size_t>(first) + i]);
        }
        return sum;
    }

    std::unique_ptr<Backend> m_backend;
    std::vector<float> m_parameters;
    const Dataset& m_data;
};

} // namespace

std::unique_ptr<AblationEvaluator> makeFullEvaluator(std::unique_ptr<Backend> backend,
                                                     std::span<const float> parameters,
                                                     const Dataset& data)
{
    return std::make_unique<FullEvaluator>(std::move(backend), parameters, data);
}

} // namespace core
