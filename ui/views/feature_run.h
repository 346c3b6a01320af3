// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/maximizer.h"
#include "core/model/model.h"
#include "ui/jobs/job.h"
#include "ui/jobs/mailbox.h"

#include <QObject>

#include <memory>
#include <mutex>
#include <vector>

namespace ui
{

struct SessionCalls;

/// What to optimise, and how.
struct FeatureSettings {
    core::MaximizerOptions options;
    core::Stage stage = core::Stage::Post;
};

/// Images of all targets after some steps.
using FeatureFrame = std::shared_ptr<const core::Maximization>;

/// Gradient ascent for every unit of a model on a worker: the newest images come at the rate that
/// the window can show, and some sixty of them on the way are kept for looking back.
class FeatureRun : public QObject
{
    Q_OBJECT

public:
    explicit FeatureRun(const SessionCalls& calls, QObject* parent = nullptr);

    void start(core::ModelPointer model, const FeatureSettings& settings);
    void stop(); ///< keeps what there is
    void clear();
    bool running() const { return m_job.running(); }

    core::ModelPointer model() const { return m_model; }
    const FeatureSettings& settings() const { return m_settings; }
    FeatureFrame latest() const { return m_latest; } ///< null before the first
    std::vector<FeatureFrame> recorded() const;      ///< in order of their steps

signals:
    void advanced(); ///< latest() is new
    void finished(); ///< done, stopped or failed
    void failed(const QString& sentence);

private:
    class Ascent;
    struct Recording { ///< shared with the worker
        std::mutex mutex;
        std::vector<FeatureFrame> frames;
    };

    void take(core::Maximization result);

    const SessionCalls& m_calls;
    core::ModelPointer m_model;
    FeatureSettings m_settings;
    FeatureFrame m_latest;
    std::shared_ptr<Recording> m_recording;
    std::shared_ptr<Mailbox<FeatureFrame>> m_mailbox;
    Job m_job; ///< last: its destructor waits for the worker, which uses the others
};

} // namespace ui
