// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweeps/sweep_analysis.h"

namespace ui
{

SweepAnalysis::SweepAnalysis(QObject* parent) : QObject(parent)
{
    for (Job* job : {&m_importanceJob, &m_contourJob})
        connect(job, &Job::finished, this, &SweepAnalysis::changed);
}

void SweepAnalysis::forget()
{
    m_importanceJob.cancel();
    m_contourJob.cancel();
    m_importanceOf.reset();
    m_contour = {};
}

std::unique_ptr<SweepFigure> SweepAnalysis::importance(const SweepDataPointer& data)
{
    if (m_importanceOf != data && !m_importanceJob.running())
        m_importanceJob.start(
            [data](std::stop_token stop) {
                return core::parameterImportance(data->space, data->history(), {}, stop);
            },
            [this, data](core::ImportanceResult result) {
                m_importanceOf = data;
                m_importance = std::move(result);
            });
    if (!m_importanceOf)
        return nullptr;
    return std::make_unique<SweepImportanceFigure>(m_importanceOf, m_importance);
}

std::unique_ptr<SweepFigure> SweepAnalysis::contour(const SweepDataPointer& data,
                                                    const std::string& across,
                                                    const std::string& up)
{
    const bool same = m_contour.across.name == across && m_contour.up.name == up;
    if ((m_contour.data != data || !same) && !m_contourJob.running())
        m_contourJob.start(
            [data, across, up](std::stop_token) { return contourOf(data, across, up); },
            [this](SweepContour contour) { m_contour = std::move(contour); });
    if (!m_contour.data || !same)
        return nullptr;
    return std::make_unique<SweepContourFigure>(m_contour);
}

} // namespace ui
