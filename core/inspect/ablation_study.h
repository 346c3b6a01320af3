// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/inspect/ablation.h"
#include "core/prune/ablation_evaluator.h"

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// What ablations do to a network's answers, against the network as it was opened.
struct AblationEffect {
    int images = 0;
    int correctBefore = 0;
    int correct = 0;
    double lossBefore = 0; ///< mean cross entropy
    double loss = 0;
    std::vector<int> imagesPerClass; ///< [classes], by label
    std::vector<int> correctPerClassBefore;
    std::vector<int> correctPerClass;

    int change() const { return correct - correctBefore; }
    int changeOf(int label) const
    {
        return correctPerClass[static_cast<std::size_t>(label)] -
               correctPerClassBefore[static_cast<std::size_t>(label)];
    }
};

/// An image whose answer an ablation changes.
struct AffectedImage {
    int image = 0;
    int label = 0;
    int before = 0; ///< predictions
    int after = 0;
    float probabilityBefore = 0; ///< that the network gives to the label
    float probability = 0;

    float change() const { return probability - probabilityBefore; }
};

/// One network and one data set, asked what ablations would change. Calls block; one thread at a
/// time may use an object. A call whose token asks to stop returns nothing.
class AblationStudy
{
public:
    /// Evaluates the network once. Throws Error(Input) where images don't fit.
    AblationStudy(ModelPointer model, DatasetPointer data, const BackendOptions& backend = {});

    std::string backendName() const;
    const Model& model() const { return *m_model; }
    const Dataset& data() const { return *m_data; }

    /// Any parameters of the architecture. Quick where at most one differs from those last settled
    /// on (single-weight ablation), else a whole evaluation.
    std::optional<AblationEffect> effect(std::span<const float> parameters,
                                         std::stop_token stop = {});

    /// Makes these the parameters that effect() is quick around; at first the model's own. Quick
    /// where only one differs.
    void settle(std::span<const float> parameters);

    /// The images whose label's probability moves most, either way: the greatest change first, of
    /// equal ones the first image. Takes the logits of all images.
    std::optional<std::vector<AffectedImage>> mostAffected(std::span<const float> parameters,
                                                           int count, std::stop_token stop = {});

    /// For mean ablation around these parameters: one pass over all images, kept until others are
    /// asked for. nullptr if stopped.
    const MeanActivations* means(std::span<const float> parameters, std::stop_token stop = {});

private:
    struct Answers {
        std::vector<float> probability; ///< of the label
        std::vector<std::uint8_t> prediction;
    };

    void countPerClass(const Evaluation& evaluation, std::vector<int>& correct) const;
    std::optional<Answers> answers(std::span<const float> parameters, const std::stop_token& stop);

    ModelPointer m_model;
    DatasetPointer m_data;
    std::unique_ptr<Backend> m_backend;
    std::unique_ptr<AblationEvaluator> m_evaluator;
    AblationEffect m_before; ///< of the model itself
    std::optional<Answers> m_answersBefore;
    std::optional<MeanActivations> m_means;
    std::vector<float> m_meansOf;
};

} // namespace core
