// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation_study.h"
#include "ui/jobs/job.h"

#include <QObject>

#include <memory>

namespace ui
{

struct AblationBench;

/// Measures what one more ablation would change, without doing it: what the pointer rests on asks
/// for that. Stays silent where an answer would take longer than a blink. Lives on the GUI thread.
class AblationTrial : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// In the network as the history has it. Only the last one asked for is answered. Silent, too,
    /// where there is nothing to take away or it can't be put so.
    void start(std::shared_ptr<AblationBench> bench, core::AblationHistory history,
               const core::AblationTarget& target, core::AblationKind kind);
    void cancel() { m_job.cancel(); }

signals:
    void measured(const core::AblationTarget& target, const core::AblationEffect& effect);

private:
    Job m_job;
};

} // namespace ui
