// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/figure_view.h"

namespace ui
{

/// What is known of the current model: layers, tensors, answers per class, provenance.
class OverviewView : public FigureView
{
    Q_OBJECT

public:
    OverviewView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("overview"); }
    QString title() const override { return tr("Overview"); }

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString captionText(const SceneFigure&) const override { return {}; }
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    bool waits() const override;
    QStringList exportChoices() const override;
    std::unique_ptr<Figure> exportFigureAt(int choice) const override;

private:
    std::shared_ptr<const core::Evaluation> evaluation() const;
    QString measuredOn() const;
    const SceneMap* confusionMap() const; ///< null while no answers are shown

    QLabel* m_note;
};

} // namespace ui
