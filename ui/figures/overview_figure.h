// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_set.h"
#include "ui/figures/scene_figure.h"

namespace ui
{

/// Everything that is known of a model on one page, or one part of it.
class OverviewFigure : public SceneFigure
{
public:
    enum class Part { Page, Network, Evaluation };
    enum Group { Confusion };

    OverviewFigure(core::ModelPointer model, std::shared_ptr<const core::Evaluation> evaluation,
                   QString data, Part part);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return m_evaluation && m_part != Part::Network; }

protected:
    FigureKind kind() const override;
    QJsonObject settings() const override;

private:
    double addHeading(Scene& scene, double y, double width) const;
    double addNetwork(Scene& scene, double y, double width) const;
    double addLayerTable(Scene& scene, const QPointF& topLeft, double width) const;
    double addEvaluation(Scene& scene, const QPointF& topLeft, double width) const;
    double addProvenance(Scene& scene, const QPointF& topLeft, double width) const;
    std::string layersCsv() const;
    std::string confusionCsv() const;

    std::shared_ptr<const core::Evaluation> m_evaluation;
    QString m_data;
    Part m_part;
};

} // namespace ui
