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

/// What runs on the worker. Holds all it needs by value or shared: the run may be replaced while it
/// works.
class FeatureRun::Ascent
{
public:
    Ascent(core::ModelPointer model, const FeatureSettings& settings, const SessionCalls& calls,
           std::shared_ptr<Recording> recording, std::weak_ptr<Mailbox<FeatureFrame>> mailbox)
        : m_model(std::move(model)), m_settings(settings), m_makeBackend(calls.makeBackend),
          m_recording(std::move(recording)), m_mailbox(std::move(mailbox))
    {
    }

    core::Maximization operator()(const std::stop_token& stop)
    {
        const core::Architecture& architecture = m_model->architecture;
        const std::unique_ptr<core::Backend> backend = m_makeBackend(architecture);
        std::vector<core::MaximizerTarget> targets = allTargets(architecture, m_settings.stage);
        FrameMaker frames(targets);
        const auto observe = [&](const core::MaximizerFrame& frame) {
            report(frame, frames, stop);
        };
        return core::maximize(*backend, m_model->parameters.values(), std::move(targets),
                              m_settings.options, observe, stop);
    }

private:
    void report(const core::MaximizerFrame& frame, FrameMaker& frames, const std::stop_token& stop)
    {
        const auto now = std::chrono::steady_clock::now();
        const bool keep = frame.step % std::max(1, m_settings.options.steps / kRecordedFrames) == 0;
        const bool show = frame.step == 0 || now - m_shown >= kFrameTime;
        if (!keep && !show)
            return;
        const FeatureFrame made = frames.make(frame);
        if (keep) {
            const std::lock_guard lock(m_recording->mutex);
            m_recording->frames.push_back(made);
        }
        const auto mailbox = m_mailbox.lock();
        if (!show || mailbox == nullptr || stop.stop_requested())
            return;
        m_shown = now;
        mailbox->post(made);
    }

    core::ModelPointer m_model;
    FeatureSettings m_settings;
    std::function<std::unique_ptr<core::Backend>(const core::Architecture&)> m_makeBackend;
    std::shared_ptr<Recording> m_recording;
    std::weak_ptr<Mailbox<FeatureFrame>> m_mailbox;
    std::chrono::steady_clock::time_point m_shown;
};

FeatureRun::FeatureRun(const SessionCalls& calls, QObject* parent) : QObject(parent), m_calls(calls)
{
    connect(&m_job, &Job::failed, this, &FeatureRun::failed);
    connect(&m_job, &Job::finished, this, &FeatureRun::finished);
}

void FeatureRun::start(core::ModelPointer model, const FeatureSettings& settings)
{
    clear();
    m_model = std::move(model);
    m_settings = settings;
    m_recording = std::make_shared<Recording>();
    m_mailbox = std::make_shared<Mailbox<FeatureFrame>>(this, [this](FeatureFrame frame) {
        m_latest = std::move(frame);
        emit advanced();
    });
    m_job.start(Ascent(m_model, settings, m_calls, m_recording, m_mailbox),
                [this](core::Maximization result) { take(std::move(result)); });
}

/// The final images take the place of a frame recorded at the same step.
void FeatureRun::take(core::Maximization result)
{
    m_mailbox->clear();
    m_latest = std::make_shared<const core::Maximization>(std::move(result));
    {
        const std::lock_guard lock(m_recording->mutex);
        std::vector<FeatureFrame>& frames = m_recording->frames;
        if (!frames.empty() && frames.back()->steps == m_latest->steps)
            frames.pop_back();
        frames.push_back(m_latest);
    }
    emit advanced();
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
