// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/comparison.h"
#include "ui/figures/pair_heatmap.h"
#include "ui/jobs/job.h"
#include "ui/live_network.h"
#include "ui/session.h"

#include <QObject>

#include <memory>

namespace ui
{

/// What is computed for the session's current and reference model together. Works only while
/// somebody looks. The image's activations of the reference come at once; everything that passes
/// over the data set comes from a worker. What was computed for another pair is dropped, unless the
/// networks are of the same layers: then it stays until the new numbers come.
class PairAnalysis : public QObject
{
    Q_OBJECT

public:
    explicit PairAnalysis(Session& session, QObject* parent = nullptr);

    void setActive(bool active);

    /// Why the two can't be compared, in a sentence; empty where they can.
    QString obstacle() const;
    /// a is the reference, b the current model.
    const Pending<core::Comparison>& comparison() const { return m_comparison; }
    const Pending<PairStatistics>& statistics() const { return m_statistics; }
    std::shared_ptr<const core::NetworkActivations> referenceActivations() const;
    QString referenceBackendName() const { return m_network.backendName(); }

signals:
    void comparisonChanged();
    void statisticsChanged();
    void activationsChanged();

private:
    struct Pair {
        core::ModelPointer current;
        core::ModelPointer reference;
        core::DatasetPointer data;
        bool operator==(const Pair&) const = default;
    };

    void update();
    void takeImage();
    void compare();
    void summarize();
    bool sameLayers(const Pair& pair) const;

    Session& m_session;
    bool m_active = false;
    Pair m_pair; ///< what the results are, or will be, of
    core::Stage m_stage = core::Stage::Post;
    LiveNetwork m_network; ///< of the reference
    Pending<core::Comparison> m_comparison;
    Pending<PairStatistics> m_statistics;
    Job m_compareJob;
    Job m_statisticsJob;
};

} // namespace ui
