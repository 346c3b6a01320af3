// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/inspect/activations.h"
#include "core/inspect/class_statistics.h"
#include "core/inspect/maximizer.h"
#include "core/inspect/orientation.h"
#include "core/model/architecture_text.h"
#include "core/model/model.h"

#include <memory>
#include <string>

// Small values for tests of figures and views: made up, but of the right shapes, and every number
// different, so that a mix-up of indices shows.

namespace samples
{

inline constexpr const char* kGolf = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

inline core::ModelPointer model(const std::string& text = kGolf, std::uint64_t seed = 1)
{
    auto model = std::make_shared<core::Model>();
    model->name = "a model with a rather long name, as files downloaded from elsewhere have";
    model->architecture = core::parseArchitecture(text);
    model->parameters = core::initialParameters(model->architecture, seed);
    return model;
}

inline std::shared_ptr<const core::NetworkActivations> activations(const core::Model& model)
{
    auto made = std::make_shared<core::NetworkActivations>();
    const core::Architecture& architecture = model.architecture;
    const int pixels = architecture.inputShape().count();
    for (int i = 0; i < pixels; ++i)
        made->input.push_back(static_cast<float>(i) / static_cast<float>(pixels));
    for (int layer = 0; layer < static_cast<int>(architecture.layers().size()); ++layer) {
        core::LayerOutput output{layer, architecture.outputOf(layer), {}};
        for (int i = 0; i < output.shape.count(); ++i)
            output.values.push_back(static_cast<float>(layer + 1) +
                                    static_cast<float>(i) * (i % 2 == 0 ? 0.01F : -0.01F));
        made->layers.push_back(std::move(output));
    }
    made->logits = made->layers.back().values;
    made->probabilities.assign(made->logits.size(), 0.1F);
    return made;
}

inline std::shared_ptr<const core::ClassStatistics> statistics(const core::Model& model)
{
    auto made = std::make_shared<core::ClassStatistics>();
    made->data = "made-up digits, 450 images";
    made->shape = model.architecture.featureShape();
    for (int label = 0; label < 10; ++label) {
        made->count.push_back(10 * label);
        for (int feature = 0; feature < made->shape.count(); ++feature) {
            made->mean.push_back(label - 0.1 * feature);
            made->deviation.push_back(0.5 + label + 0.01 * feature);
        }
    }
    return made;
}

inline std::shared_ptr<const core::Evaluation> evaluation()
{
    auto made = std::make_shared<core::Evaluation>();
    for (int label = 0; label < 10; ++label)
        for (int answer = 0; answer < 10; ++answer) {
            const int count = label == answer ? 100 + label : (label + 2 * answer) % 4;
            made->confusion.push_back(count);
            made->images += count;
            made->correct += label == answer ? count : 0;
        }
    return made;
}

inline std::shared_ptr<const core::Maximization> maximization(const core::Model& model)
{
    auto made = std::make_shared<core::Maximization>();
    for (const std::string& group : core::maximizerGroups(model.architecture))
        for (core::MaximizerTarget& target : core::maximizerTargets(model.architecture, group))
            made->targets.push_back(std::move(target));
    const int pixels = model.architecture.inputShape().count();
    for (std::size_t i = 0; i < made->targets.size(); ++i) {
        made->start.push_back(0.25F * static_cast<float>(i));
        made->end.push_back(1.5F + static_cast<float>(i));
        for (int pixel = 0; pixel < pixels; ++pixel)
            made->images.push_back(static_cast<float>((pixel + static_cast<int>(i)) % 97) / 96.0F);
    }
    made->steps = 32;
    return made;
}

inline std::shared_ptr<const std::vector<core::OrientedChannel>>
orientedChannels(const core::Model& model)
{
    auto made = std::make_shared<std::vector<core::OrientedChannel>>();
    for (int i = 0; i < model.architecture.units().front().shape.channels; ++i) {
        core::OrientationTuning tuning;
        for (int k = 0; k < core::kOrientationAngles; ++k) {
            tuning.gratings.push_back(1 + (k + 7 * i) % core::kOrientationAngles);
            tuning.inkLeft.push_back(0.5 * k);
            tuning.inkRight.push_back(0.25 * (core::kOrientationAngles - k));
        }
        const auto preferred = core::preferredOrientation(tuning.gratings);
        tuning.angle = preferred.angle;
        tuning.selectivity = preferred.selectivity;
        tuning.inkEffect = 0.3 - 0.2 * i;
        tuning.polarity = i < 2 ? core::Polarity::Normal : core::Polarity::Inverted;
        made->push_back({i, tuning, tuning, -0.5 + i});
    }
    return made;
}

} // namespace samples
