// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/feature_run.h"

#include "ui/session_calls.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace ui
{

namespace
{

constexpr int kRecordedFrames = 64;
constexpr auto kFrameTime = std::chrono::milliseconds(33);

/// Everything that a worker needs, by value: the run may be replaced while it works.
struct Order {
    core::ModelPointer model;
    FeatureSettings settings;
    std::function<std::unique_ptr<core::Backend>(const core::Architecture&)> makeBackend;
};

std::vector<core::MaximizerTarget> allTargets(const core::Architecture& architecture,
                                              core::Stage stage)
{
    std::vector<core::MaximizerTarget> targets;
    for (const std::string& group : core::maximizerGroups(architecture))
        std::ranges::move(core::maximizerTargets(architecture, group, stage),
                          std::back_inserter(targets));
    return targets;
}

/// Turns the frames of one run into values of their own.
class FrameMaker
{
public:
    explicit FrameMaker(std::vector<core::MaximizerTarget> targets) : m_targets(std::move(targets))
    {
    }

    FeatureFrame make(const core::MaximizerFrame& frame)
    {
        if (m_start.empty())
            m_start.assign(frame.values.begin(), frame.values.end());
        core::Maximization made;
        made.targets = m_targets;
        made.images.assign(frame.images.begin(), frame.images.end());
        made.start = m_start;
        made.end.assign(frame.values.begin(), frame.values.end());
        made.steps = frame.step;
        return std::make_shared<const core::Maximization>(std::move(made));
    }

private:
    std::vector<core::MaximizerTarget> m_targets;
    std::vector<float> m_start;
};

} // namespace

FeatureRun::FeatureRun(const SessionCalls& calls, QObject* parent) : QObject(parent), m_calls(calls)
{
    connect(&m_job, &Job::failed, this, &FeatureRun::failed);
    connect(&m_job, &Job::finished, this, &FeatureRun::finished);
}

void FeatureRun::start(core::ModelPointer model, const FeatureSettings& settings)
{
    clear();
    m_model = model;
    m_settings = settings;
    m_recording = std::make_shared<Recording>();
    m_mailbox = std::make_shared<Mailbox<FeatureFrame>>(this, [this](FeatureFrame frame) {
        m_latest = std::move(frame);
        emit advanced();
    });
    const Order order{std::move(model), settings, m_calls.makeBackend};
    const auto work = [order, recording = m_recording,
                       mailbox = std::weak_ptr(m_mailbox)](const std::stop_token& stop) {
        const core::Architecture& architecture = order.model->architecture;
        const std::unique_ptr<core::Backend> backend = order.makeBackend(architecture);
        std::vector<core::MaximizerTarget> targets = allTargets(architecture, order.settings.stage);
        FrameMaker frames(targets);
        const int every = std::max(1, order.settings.options.steps / kRecordedFrames);
        auto shown = std::chrono::steady_clock::time_point();
        const auto observe = [&](const core::MaximizerFrame& frame) {
            const auto now = std::chrono::steady_clock::now();
            const bool keep = frame.step % every == 0;
            const bool show = frame.step == 0 || now - shown >= kFrameTime;
            if (!keep && !show)
                return;
            FeatureFrame made = frames.make(frame);
            if (keep) {
                const std::lock_guard lock(recording->mutex);
                recording->frames.push_back(made);
            }
            const auto box = mailbox.lock();
            if (show && box != nullptr && !stop.stop_requested()) {
                shown = now;
                box->post(std::move(made));
            }
        };
        return core::maximize(*backend, order.model->parameters.values(), std::move(targets),
                              order.settings.options, observe, stop);
    };
    m_job.start(work, [this](core::Maximization result) {
        m_mailbox->clear();
        m_latest = std::make_shared<const core::Maximization>(std::move(result));
        {
            const std::lock_guard lock(m_recording->mutex);
            auto& frames = m_recording->frames;
            if (frames.empty() || frames.back()->steps != m_latest->steps)
                frames.push_back(m_latest);
            else
                frames.back() = m_latest;
        }
        emit advanced();
    });
}

void FeatureRun::stop()
{
    m_job.stop();
}

void FeatureRun::clear()
{
    m_job.cancel();
    m_mailbox.reset();
    m_recording.reset();
    m_latest.reset();
    m_model.reset();
}

std::vector<FeatureFrame> FeatureRun::recorded() const
{
    if (m_recording == nullptr)
        return {};
    const std::lock_guard lock(m_recording->mutex);
    return m_recording->frames;
}

} // namespace ui
