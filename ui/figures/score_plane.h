// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/plot_plane.h"
#include "ui/figures/scoreboard_figure.h"

#include <vector>

namespace ui
{

/// Draws scores into a rectangle: axes, goal, front, marks with intervals, and as many names as
/// find a place that is free.
class ScorePlane
{
public:
    ScorePlane(Scene& scene, const QRectF& area, const ScoreRange& range);

    void addAxes();
    void addGoal();
    void addFronts(const std::vector<KnownScore>& entries, const std::vector<std::size_t>& front);
    void addEntries(const std::vector<KnownScore>& entries, const std::vector<std::size_t>& front);
    void addAbsent(const std::vector<KnownScore>& entries); ///< names what lies outside

    static double legendHeight(const FigureStyle& style);
    /// What the marks mean, in one or more lines. Returns the height.
    static double addLegend(Scene& scene, const QPointF& topLeft, double width);

private:
    QPointF place(const core::Score& score) const;
    bool visible(const core::Score& score) const;
    QPolygonF addFront(const std::vector<KnownScore>& entries,
                       const std::vector<std::size_t>& members);
    void nameFront(const QPolygonF& steps, const QString& name);
    void addBar(const KnownScore& entry, const QColor& colour);
    void addName(const KnownScore& entry, const QColor& colour);

    Scene& m_scene;
    const FigureStyle m_style;
    QRectF m_plot;
    PlotPlane m_plane;
    LabelRoom m_room; ///< beside marks, for names
};

} // namespace ui
