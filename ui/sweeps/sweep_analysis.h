// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sweep_figures.h"
#include "ui/jobs/job.h"

#include <QObject>

#include <memory>
#include <string>

namespace ui
{

/// What takes longer than a frame to tell of a study, computed on a worker for who asks. The latest
/// answer is kept until there is a newer one. GUI thread.
class SweepAnalysis : public QObject
{
    Q_OBJECT

public:
    explicit SweepAnalysis(QObject* parent = nullptr);

    /// Null until it is there; may be of an earlier moment of the study while busy().
    std::unique_ptr<SweepFigure> importance(const SweepDataPointer& data);
    std::unique_ptr<SweepFigure> contour(const SweepDataPointer& data, const std::string& across,
                                         const std::string& up);
    bool busy() const { return m_importanceJob.running() || m_contourJob.running(); }
    void forget(); ///< another study

signals:
    void changed();

private:
    SweepDataPointer m_importanceOf;
    core::ImportanceResult m_importance;
    SweepContour m_contour;
    Job m_importanceJob;
    Job m_contourJob;
};

} // namespace ui
