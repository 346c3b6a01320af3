// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation_study.h"
#include "ui/jobs/job.h"
#include "ui/session_values.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace ui
{

struct AblationBench;

/// What the ablations of a model change, all of them together.
struct AblationReport {
    core::AblationEffect effect;
    QString data;                            ///< Dataset::description()
    std::vector<core::AffectedImage> images; ///< the most affected first
    bool imagesKnown = false;                ///< they come a moment after the effect
};

/// Measures on a worker what ablations change: first the right answers, then which images are
/// affected. Lives on the GUI thread.
class AblationMeter : public QObject
{
    Q_OBJECT

public:
    explicit AblationMeter(QObject* parent = nullptr);

    /// Null: nothing to measure with. What was measured before is of other things, and goes.
    void setBench(std::shared_ptr<AblationBench> bench);
    /// Of the network with these parameters, where `ablated` tells whether they are other than the
    /// opened one's. What was measured before stays to be seen until the new report comes.
    void measure(std::vector<float> parameters, bool ablated);
    /// While held it measures nothing, because something more urgent does; then it goes on.
    void setHeld(bool held);

    const Pending<AblationReport>& report() const { return m_report; }

    static constexpr int kAffected = 24; ///< images that a report names

signals:
    void changed();

private:
    enum class Due { Nothing, Effect, Images };

    void startNext();
    void measureEffect();
    void measureImages();

    std::shared_ptr<AblationBench> m_bench; ///< shared with the worker
    std::vector<float> m_parameters;
    bool m_ablated = false;
    bool m_held = false;
    Due m_due = Due::Nothing;
    Pending<AblationReport> m_report;
    Job m_job;
};

} // namespace ui
