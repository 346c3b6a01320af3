// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/attribution.h"
#include "ui/jobs/job.h"
#include "ui/session_values.h"

#include <QObject>

#include <optional>

namespace ui
{

class Session;

/// Why the current network gives the current image one of its logits.
struct LogitExplanation {
    int label = 0;
    bool predicted = false;                ///< the label is the network's answer
    std::optional<core::LogitTerms> terms; ///< absent where no linear layer makes the logits
    core::OcclusionMap occlusion;
    core::GradientMap gradient;
};

/// Computes it on a worker while somebody wants it. While the image keeps changing each result is
/// of the image as it was when the one before was done. GUI thread.
class Explanation : public QObject
{
    Q_OBJECT

public:
    explicit Explanation(Session& session, QObject* parent = nullptr);

    void setWanted(bool wanted);
    void setLabel(std::optional<int> label); ///< absent: what the network answers
    std::optional<int> label() const { return m_label; }
    const Pending<LogitExplanation>& result() const { return m_result; }

signals:
    void changed();

private:
    void follow();
    void start();

    Session& m_session;
    bool m_wanted = false;
    bool m_outdated = true;
    std::optional<int> m_label;
    Pending<LogitExplanation> m_result;
    Job m_job;
};

} // namespace ui
