// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/analysis/importance.h"
#include "core/search/analysis/landscape.h"
#include "ui/figures/sweep_figure.h"
#include "ui/figures/value_axis.h"

namespace ui
{

/// A plane that can be zoomed.
class SweepPlaneFigure : public SweepFigure
{
public:
    SweepPlaneFigure(SweepDataPointer data, PlotRange range)
        : SweepFigure(std::move(data)), m_range(range)
    {
    }
    std::optional<PlotRange> range() const override { return m_range; }

protected:
    QJsonObject settings() const override;
    /// Axes, the plane's key, and how many points lie outside. Returns the plot.
    QRectF addPlane(Scene& scene, double width, double room, double top, const ValueAxis& x,
                    const ValueAxis& y, const QString& xTitle, const QString& yTitle) const;
    ValueAxis countsAcross() const; ///< trials or epochs
    ValueAxis resultsUp() const;
    void addOutside(Scene& scene, const QRectF& plot, int trials) const;
    QPointF placeOf(const QRectF& plot, double x, double y) const;

    PlotRange m_range;
};

/// Results over the trials' numbers, and the best so far.
class SweepHistoryFigure : public SweepPlaneFigure
{
public:
    using SweepPlaneFigure::SweepPlaneFigure;
    static PlotRange usualRange(const SweepData& data);
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepHistory; }
    QString name() const override { return QStringLiteral("History"); }
    QString explanation() const override;
};

/// What trials reported after each epoch.
class SweepCurvesFigure : public SweepPlaneFigure
{
public:
    using SweepPlaneFigure::SweepPlaneFigure;
    static PlotRange usualRange(const SweepData& data);
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepCurves; }
    QString name() const override { return QStringLiteral("Intermediate values"); }
    QString explanation() const override;
};

/// What share of the complete trials is at most as good as a value.
class SweepDistributionFigure : public SweepPlaneFigure
{
public:
    using SweepPlaneFigure::SweepPlaneFigure;
    static PlotRange usualRange(const SweepData& data);
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepDistribution; }
    QString name() const override { return QStringLiteral("Distribution"); }
    QString explanation() const override;
};

/// A line a complete trial, through its result and all that it varied.
class SweepParallelFigure : public SweepFigure
{
public:
    using SweepFigure::SweepFigure;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepParallel; }
    QString name() const override { return QStringLiteral("Parallel coordinates"); }
    QString explanation() const override;

private:
    void addAxes(Scene& scene, const QRectF& area) const;
    void addLines(Scene& scene, const QRectF& area) const;
};

/// Results over each parameter.
class SweepSlicesFigure : public SweepFigure
{
public:
    using SweepFigure::SweepFigure;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::vector<MapKey> keysOf(int trial) const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepSlices; }
    QString name() const override { return QStringLiteral("Slices"); }
    QString explanation() const override;

private:
    void addPanel(Scene& scene, const QRectF& plot, std::size_t dimension, bool first) const;
};

/// What a contour shows; the landscape takes a moment.
struct SweepContour {
    SweepDataPointer data;
    core::Dimension across;
    core::Dimension up;
    core::Landscape landscape;
};
SweepContour contourOf(SweepDataPointer data, const std::string& across, const std::string& up);

/// Results over two parameters, and what lies between them.
class SweepContourFigure : public SweepFigure
{
public:
    explicit SweepContourFigure(SweepContour contour)
        : SweepFigure(contour.data), m_contour(std::move(contour))
    {
    }
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    QString describe(const SceneHit& hit) const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepContour; }
    QString name() const override { return QStringLiteral("Contour"); }
    QString explanation() const override;
    QJsonObject settings() const override;

private:
    ColourScale scale() const;
    void addLevels(Scene& scene, const QRectF& plot) const;

    SweepContour m_contour;
};

/// How much of the results' variance each parameter explains.
class SweepImportanceFigure : public SweepFigure
{
public:
    SweepImportanceFigure(SweepDataPointer data, core::ImportanceResult importance)
        : SweepFigure(std::move(data)), m_importance(std::move(importance))
    {
    }
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString describe(const SceneHit& hit) const override;

protected:
    FigureKind kind() const override { return FigureKind::SweepImportance; }
    QString name() const override { return QStringLiteral("Importance"); }
    QString explanation() const override;

private:
    core::ImportanceResult m_importance;
};

} // namespace ui
