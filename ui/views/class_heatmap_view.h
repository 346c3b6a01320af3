// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/class_heatmap_figure.h"
#include "ui/views/figure_view.h"

namespace ui
{

class ChoiceBar;

/// Mean activation of the feature neurons per class; a click selects neuron and class.
class ClassHeatmapView : public FigureView
{
    Q_OBJECT

public:
    ClassHeatmapView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("class-heatmap"); }
    QString title() const override { return tr("Class heatmap"); }
    QString tabTitle() const override { return tr("Heatmap"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    bool waits() const override;

private:
    const ClassHeatmapFigure* heatmap() const;
    int ownerUnit() const; ///< the unit whose channels the features are, or come from
    void followSelection();

    ChoiceBar* m_mode;
    ChoiceBar* m_stages;
    core::Stage m_seen = core::Stage::Post;
};

} // namespace ui
