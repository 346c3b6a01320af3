// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/edges_figure.h"
#include "ui/jobs/job.h"
#include "ui/views/figure_view.h"

namespace ui
{

class ChoiceBar;

/// Which edges the channels of the first layer answer to; a click selects the channel. Measures
/// when it is first seen with a model.
class EdgesView : public FigureView
{
    Q_OBJECT

public:
    EdgesView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("edges"); }
    QString title() const override { return tr("Edge detectors"); }
    QString tabTitle() const override { return tr("Edges"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString captionText(const SceneFigure& figure) const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;

private:
    const EdgesFigure* edges() const;
    void followSelection();
    void measure(); ///< the current model, if that is not done or going on
    QString plotText(const SceneHit& hit) const;

    ChoiceBar* m_stages;
    ChoiceBar* m_range;
    Job m_job;
    core::ModelPointer m_wanted;   ///< the model that the job measures or has measured
    core::ModelPointer m_measured; ///< the model of m_channels: an earlier one while the job runs
    std::shared_ptr<const OrientedChannels> m_channels;
    QString m_error;
    core::Stage m_seen = core::Stage::Post;
};

} // namespace ui
