// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "core/model/model.h"
#include "ui/session_calls.h"

#include <atomic>
#include <memory>
#include <numeric>
#include <thread>

/// What fakes count and obey; shared by all backends of a test.
struct FakeControl {
    std::atomic<int> backends = 0;
    std::atomic<int> evaluations = 0;
    std::atomic<int> activationCalls = 0;
    std::atomic<bool> holdEvaluations = false; ///< each waits for this to end, or to be stopped
    std::atomic<bool> failToLoad = false;
};

/// Every output of layer L is the mean pixel plus L, and every even image is classified right.
class FakeBackend : public core::Backend
{
public:
    FakeBackend(core::Architecture architecture, std::shared_ptr<FakeControl> control)
        : m_architecture(std::move(architecture)), m_control(std::move(control))
    {
        ++m_control->backends;
    }

    std::string name() const override { return "fake"; }
    const core::Architecture& architecture() const override { return m_architecture; }

    core::Evaluation evaluate(std::span<const float>, const core::Dataset& data,
                              std::stop_token stop) override
    {
        ++m_control->evaluations;
        while (m_control->holdEvaluations && !stop.stop_requested())
            std::this_thread::yield();
        core::Evaluation evaluation;
        evaluation.stopped = stop.stop_requested();
        evaluation.images = data.size();
        evaluation.confusion.assign(100, 0);
        for (int i = 0; i < data.size(); ++i) {
            const auto label = data.labels[static_cast<std::size_t>(i)];
            const bool right = i % 2 == 0;
            evaluation.correct += right ? 1 : 0;
            evaluation.predictions.push_back(right ? label
                                                   : static_cast<std::uint8_t>((label + 1) % 10));
        }
        return evaluation;
    }

    std::vector<core::LayerOutput> activations(std::span<const float>, core::ImageSpan images,
                                               std::span<const int> layers) override
    {
        ++m_control->activationCalls;
        const auto pixels = static_cast<std::size_t>(m_architecture.inputShape().count());
        std::vector<core::LayerOutput> outputs;
        for (const int layer : layers) {
            core::LayerOutput output{layer, m_architecture.outputOf(layer), {}};
            for (std::size_t first = 0; first < images.size(); first += pixels) {
                const auto image = images.subspan(first, pixels);
                const float mean =
                    std::reduce(image.begin(), image.end()) / static_cast<float>(pixels);
                output.values.insert(output.values.end(),
                                     static_cast<std::size_t>(output.shape.count()),
                                     mean + static_cast<float>(layer));
            }
            outputs.push_back(std::move(output));
        }
        return outputs;
    }

    void gradient(std::span<const float>, const core::TrainingBatch&, core::LossGradient&) override
    {
        throw core::Error(core::ErrorKind::Unexpected, "The fake has no gradient.");
    }

    void imageGradient(std::span<const float>, std::span<const core::Objective> objectives,
                       core::ImageSpan images, core::ImageGradient& result,
                       const core::ImageObserver& observer) override
    {
        result = {std::vector<float>(objectives.size(), 1.0F),
                  std::vector<float>(images.size(), 0.0F)};
        for (std::size_t image = 0; observer && image < objectives.size(); ++image)
            observer(image);
    }

private:
    core::Architecture m_architecture;
    std::shared_ptr<FakeControl> m_control;
};

inline core::Model namedModel(
    const std::string& name,
    const std::string& architecture = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10")
{
    core::Model model;
    model.name = name;
    model.format = "safetensors";
    model.architecture = core::parseArchitecture(architecture);
    model.parameters = core::initialParameters(model.architecture, 1);
    return model;
}

inline core::ModelPointer sharedModel(const std::string& name)
{
    return std::make_shared<core::Model>(namedModel(name));
}

/// Opening "x.pt" gives a model named "x"; a name that starts with "bad" is refused.
inline ui::SessionCalls fakeCalls(std::shared_ptr<FakeControl> control)
{
    ui::SessionCalls calls;
    calls.openModel = [](const std::filesystem::path& file, const core::OpenOptions&) {
        const std::string name = file.stem().string();
        if (name.starts_with("bad"))
            throw core::Error(core::ErrorKind::Input, name + " is empty.");
        return namedModel(name);
    };
    calls.makeBackend = [control](const core::Architecture& architecture) {
        if (control->failToLoad)
            throw core::Error(core::ErrorKind::Unexpected, "LibTorch is missing.");
        return std::make_unique<FakeBackend>(architecture, control);
    };
    return calls;
}
