// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/progress.h"
#include "ui/figures/chart.h"
#include "ui/figures/csv.h"
#include "ui/figures/sweep_figures.h"
#include "ui/figures/value_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui
{

namespace
{

constexpr double kFlat = 0.55; ///< height of a plane without a wish, of its width

} // namespace

QJsonObject SweepPlaneFigure::settings() const
{
    return {{QStringLiteral("range"), toJson(m_range)}};
}

QPointF SweepPlaneFigure::placeOf(const QRectF& plot, double x, double y) const
{
    return {plot.left() + (x - m_range.left) / (m_range.right - m_range.left) * plot.width(),
            plot.bottom() - (y - m_range.low) / (m_range.high - m_range.low) * plot.height()};
}

QRectF SweepPlaneFigure::addPlane(Scene& scene, double width, double room, double top,
                                  const ValueAxis& x, const ValueAxis& y, const QString& xTitle,
                                  const QString& yTitle) const
{
    const FigureStyle& style = scene.style();
    const double height = std::max((room > 0 ? room : kFlat * width), 22 * style.gap);
    scene.setHeight(height);
    const QRectF plot = QRectF(0, top, width, height - top).marginsRemoved(plotMargins(style));
    addPlotAxes(scene, plot, x, y, xTitle, yTitle);
    scene.addPlace({kPlane, 0}, plot);
    return plot;
}

ValueAxis SweepPlaneFigure::countsAcross() const
{
    return {m_range.left, m_range.right, 1, ValueAxis::Ticks::Whole};
}

ValueAxis SweepPlaneFigure::resultsUp() const
{
    return {m_range.low, m_range.high, data().factor()};
}

void SweepPlaneFigure::addOutside(Scene& scene, const QRectF& plot, int trials) const
{
    if (trials == 0)
        return;
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    scene.addText({plot.left(), plot.top() - line - style.gap / 2, plot.width(), line},
                  Qt::AlignRight | Qt::AlignVCenter, outsideText(trials), style.caption,
                  style.secondaryText);
}

PlotRange SweepHistoryFigure::usualRange(const SweepData& data)
{
    const auto [low, high] = withAir(usualValues(data));
    const double last = data.trials.empty() ? 0 : data.trials.back().number;
    // Hardly ever moves while trials come in.
    double span = 10;
    while (span <= last)
        span *= span < 100 ? 2 : 1.25;
    return {-0.02 * span, 1.02 * span, low, high};
}

QString SweepHistoryFigure::explanation() const
{
    return QStringLiteral("A pruned or running trial is where it was last.");
}

Scene SweepHistoryFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double top = addTrialLegend(scene, width, data(), QStringLiteral("best so far"));
    const QRectF plot = addPlane(scene, width, room, top + style.gap, countsAcross(), resultsUp(),
                                 QStringLiteral("trial"), data().valueTitle());
    const auto best = core::bestSoFar(data().history());
    QPolygonF steps;
    for (std::size_t i = 0; i < best.size(); ++i) {
        if (!best[i])
            continue;
        const QPointF at = placeOf(plot, data().trials[i].number, *best[i]);
        if (!steps.isEmpty() && steps.back().y() != at.y())
            steps.append({at.x(), steps.back().y()});
        if (steps.size() >= 2 && steps[steps.size() - 2].y() == at.y())
            steps.back() = at; // of a level only its ends
        else
            steps.append(at);
    }
    if (!steps.isEmpty())
        scene.addCurve(withinPlot(steps, plot), style.accent, 1.5 * style.line);
    int outside = 0;
    for (const core::Trial& trial : data().trials) {
        auto value = latestValue(trial);
        if (!value && trial.state != core::TrialState::Fail)
            continue;
        const double y = value.value_or(m_range.low); // one that failed has no value
        if (!m_range.holds(trial.number, y)) {
            ++outside;
            continue;
        }
        const QPointF at = placeOf(plot, trial.number, y);
        addTrialMark(scene, trial.state, at);
        scene.addPoint({kTrial, trial.number}, at, kTrialReach);
    }
    addOutside(scene, plot, outside);
    return scene;
}

PlotRange SweepCurvesFigure::usualRange(const SweepData& data)
{
    double first = std::numeric_limits<double>::infinity();
    double last = -first;
    for (const core::Trial& trial : data.trials)
        if (!trial.reported.empty()) {
            first = std::min(first, static_cast<double>(trial.reported.begin()->first));
            last = std::max(last, static_cast<double>(trial.reported.rbegin()->first));
        }
    if (!(first <= last))
        first = last = 1;
    if (last < first + 1)
        last = first + 1;
    const double air = 0.02 * (last - first);
    const auto [low, high] = withAir(usualValues(data));
    return {first - air, last + air, low, high};
}

QString SweepCurvesFigure::explanation() const
{
    return QStringLiteral("A line a trial, what it reported after each step; the mark is where it "
                          "ended.");
}

Scene SweepCurvesFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double top = addTrialLegend(scene, width, data());
    const QString step =
        data().measuredOn.isEmpty() ? QStringLiteral("step") : QStringLiteral("epoch");
    const QRectF plot = addPlane(scene, width, room, top + style.gap, countsAcross(), resultsUp(),
                                 step, data().valueTitle());
    int outside = 0;
    for (const core::Trial& trial : data().trials) {
        QPolygonF points;
        for (const auto& [at, value] : trial.reported)
            if (std::isfinite(value))
                points.append(placeOf(plot, static_cast<double>(at), value));
        if (points.isEmpty())
            continue;
        const QPointF end = points.back();
        const QPolygonF seen = withinPlot(points, plot);
        const bool whole = trial.state == core::TrialState::Complete;
        if (seen.size() >= 2)
            scene.addLink({{kTrial, trial.number},
                           seen,
                           whole ? curveColour(0, style.background) : style.hairline,
                           style.line});
        if (!plot.contains(end)) {
            ++outside;
            continue;
        }
        addTrialMark(scene, trial.state, end);
        scene.addPoint({kTrial, trial.number}, end, kTrialReach);
    }
    addOutside(scene, plot, outside);
    return scene;
}

PlotRange SweepDistributionFigure::usualRange(const SweepData& data)
{
    const auto [low, high] = withAir(usualResults(data));
    return {low, high, -0.02, 1.02};
}

QString SweepDistributionFigure::explanation() const
{
    return QStringLiteral("Which share of the complete trials is at most as large.");
}

Scene SweepDistributionFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const QRectF plot =
        addPlane(scene, width, room, 0, ValueAxis(m_range.left, m_range.right, data().factor()),
                 ValueAxis(m_range.low, m_range.high, 100), data().valueTitle(),
                 QStringLiteral("share of the complete trials, %"));
    QPolygonF steps;
    double share = 0;
    for (const core::ShareBelow& step : core::resultDistribution(data().history())) {
        steps.append(placeOf(plot, step.value, share));
        share = step.share;
        steps.append(placeOf(plot, step.value, share));
    }
    if (steps.isEmpty())
        return scene;
    steps.prepend({std::min(plot.left(), steps.front().x()), steps.front().y()});
    steps.append({std::max(plot.right(), steps.back().x()), steps.back().y()});
    scene.addCurve(withinPlot(steps, plot), curveColour(0, style.background), 1.5 * style.line);
    // A trial is where its result makes the share rise.
    const auto shares = core::resultDistribution(data().history());
    for (const core::Trial& trial : data().trials)
        if (const auto value = core::trialResult(trial)) {
            const auto step = std::ranges::find(shares, *value, &core::ShareBelow::value);
            const QPointF at = placeOf(plot, *value, step->share);
            if (plot.contains(at))
                scene.addPoint({kTrial, trial.number}, at, kTrialReach);
        }
    return scene;
}

std::string SweepDistributionFigure::csv() const
{
    CsvWriter writer("value,share");
    for (const core::ShareBelow& step : core::resultDistribution(data().history()))
        writer.line({step.value, step.share});
    return std::move(writer).text();
}

} // namespace ui
