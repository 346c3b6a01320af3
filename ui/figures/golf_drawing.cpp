// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/golf_drawing.h"

#include "core/base/binomial.h"
#include "core/inspect/scoreboard.h"
#include "ui/figures/chart.h"
#include "ui/figures/golf_figure.h"
#include "ui/figures/recipe.h"
#include "ui/words.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace ui
{

namespace
{

constexpr int kRound = 10;     ///< corners of a disc of a few points
constexpr double kReach = 3.2; ///< of a step's mark, in lines

QString targetText(double threshold)
{
    return QStringLiteral("target %1 %").arg(shortNumber(100 * threshold, 2));
}

/// The published networks are comparable where MNIST's digits decide.
bool comparable(const std::vector<GolfGame>& games)
{
    return std::ranges::all_of(games,
                               [](const GolfGame& game) { return game.spec.data == "MNIST"; });
}

QColor colourOf(const GolfGame& game, const FigureStyle& style)
{
    return curveColour(game.colour, style.background);
}

/// A disc: a network that the game went on with, hollow if it did not. A triangle: of a swap. What
/// a swap grew before it shrank is a dot, and no contender.
void addStepMark(Scene& scene, const core::GolfStep& step, const QPointF& at, const QColor& colour)
{
    const FigureStyle& style = scene.style();
    const double reach = kReach * style.line;
    const QColor quiet = quietColour(colour, style);
    if (step.phase == core::GolfPhase::Grow) {
        scene.addPolygon(regularPolygon(at, 4, 0.45 * reach), quiet, {});
        return;
    }
    const bool swap = step.phase == core::GolfPhase::Shrink;
    const QPolygonF shape = regularPolygon(at, swap ? 3 : kRound, swap ? 1.15 * reach : reach);
    if (step.accepted)
        scene.addPolygon(shape, colour, colour);
    else
        scene.addPolygon(shape, style.background, quiet);
}

void addPublishedMark(Scene& scene, const QPointF& at)
{
    const FigureStyle& style = scene.style();
    scene.addPolygon(regularPolygon(at, 4, 0.7 * style.gap), style.background, style.secondaryText);
}

/// A ring around what a step's mark would be.
void addBestMark(Scene& scene, const QPointF& at, const QColor& colour)
{
    const FigureStyle& style = scene.style();
    const double reach = kReach * style.line;
    scene.addPolygon(regularPolygon(at, 4 * kRound, 2.2 * reach), style.background, colour);
    scene.addPolygon(regularPolygon(at, 2 * kRound, 1.4 * reach), colour, colour);
}

QRectF boxAround(const QPointF& at, double reach)
{
    return {at.x() - reach, at.y() - reach, 2 * reach, 2 * reach};
}

/// Draws one game's steps into a plane; the places of its marks are hit before those of later
/// games, so the game whose turn comes first lies on top.
class StepMarks
{
public:
    StepMarks(Scene& scene, const PlotPlane& plane) : m_scene(scene), m_plane(plane) {}

    template<typename PlaceOf>
    void add(const GolfGame& game, int group, PlaceOf placeOf)
    {
        const QColor colour = colourOf(game, m_scene.style());
        const double reach = kReach * m_scene.style().line;
        for (std::size_t i = 0; i < game.steps.size(); ++i) {
            const QPointF at = placeOf(game.steps[i]);
            if (!std::isfinite(at.y()) || !m_plane.contains(at))
                continue;
            addStepMark(m_scene, game.steps[i], at, colour);
            m_scene.addPlace({group, static_cast<int>(i)}, boxAround(at, reach));
        }
    }

private:
    Scene& m_scene;
    const PlotPlane& m_plane;
};

/// Through the networks that the game went on with.
template<typename PlaceOf>
QPolygonF courseOf(const GolfGame& game, PlaceOf placeOf)
{
    QPolygonF course;
    for (const core::GolfStep& step : game.steps)
        if (step.accepted && step.phase != core::GolfPhase::Grow && std::isfinite(step.trainLoss))
            course.append(placeOf(step));
    return course;
}

double rightMargin(const std::vector<GolfGame>& games, const FigureStyle& style)
{
    double width = 0;
    for (const GolfGame& game : games)
        width =
            std::max(width, textWidth(style.caption, targetText(game.golf().options.threshold)));
    return width;
}

QString accuracyTitle(const std::vector<GolfGame>& games)
{
    std::set<QString> names;
    for (const GolfGame& game : games)
        names.insert(game.selectedOn());
    return names.size() == 1
               ? QStringLiteral("accuracy on %1, which selects, %").arg(*names.begin())
               : QStringLiteral("accuracy on the images that select, %");
}

/// Where the fewest that met the target are, if that is visible.
std::optional<QPointF> placeOfBest(const PlotPlane& plane, const GolfGame& game)
{
    const core::GolfStep* best = game.best();
    if (best == nullptr)
        return std::nullopt;
    const QPointF at = plane.place(best->bestNonzero, game.accuracy(best->bestCorrect));
    return plane.contains(at) ? std::optional(at) : std::nullopt;
}

/// With interval and words.
void addBest(Scene& scene, const PlotPlane& plane, LabelRoom& room, const GolfGame& game,
             const QPointF& at)
{
    const core::GolfStep* best = game.best();
    const FigureStyle& style = scene.style();
    const QColor colour = colourOf(game, style);
    const core::Interval interval = core::wilsonInterval(best->bestCorrect, game.images);
    addInterval(scene, plane.plot(), at.x(), plane.y(interval.low), plane.y(interval.high), colour);
    addBestMark(scene, at, colour);
    const QString words =
        QStringLiteral("%1 non-zero, %2")
            .arg(grouped(best->bestNonzero), percent(game.accuracy(best->bestCorrect)));
    const QSizeF size(textWidth(style.caption, words) + 1, lineHeight(style.caption));
    room.take(boxAround(at, style.gap / 2));
    if (const auto box = room.find(at, size, 1.4 * style.gap))
        scene.addText(*box, Qt::AlignLeft | Qt::AlignVCenter, words, style.caption, colour);
}

void addPublished(Scene& scene, const PlotPlane& plane, LabelRoom& room)
{
    const FigureStyle& style = scene.style();
    const std::vector<core::Score> published = core::publishedLadder();
    for (std::size_t i = 0; i < published.size(); ++i) {
        const core::Score& score = published[i];
        const QPointF at = plane.place(static_cast<double>(score.nonzero), score.accuracy());
        if (!plane.contains(at))
            continue;
        addPublishedMark(scene, at);
        scene.addPlace({GolfFigure::kPublished, static_cast<int>(i)}, boxAround(at, style.gap));
        const QString name = grouped(static_cast<qlonglong>(score.nonzero));
        const QSizeF size(textWidth(style.caption, name) + 1, lineHeight(style.caption));
        room.take(boxAround(at, style.gap / 2));
        if (const auto box = room.find(at, size, style.gap))
            scene.addText(*box, Qt::AlignLeft | Qt::AlignVCenter, name, style.caption,
                          style.secondaryText);
    }
}

/// How many marks the visible part leaves out.
void addAbsent(Scene& scene, const QRectF& plot, int absent)
{
    if (absent == 0)
        return;
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    scene.addText({plot.left(), plot.top() - line - style.gap / 2, plot.width(), line},
                  Qt::AlignRight | Qt::AlignVCenter,
                  absent == 1 ? QStringLiteral("1 step outside")
                              : QStringLiteral("%1 steps outside").arg(grouped(absent)),
                  style.caption, style.secondaryText);
}

} // namespace

double addGolfLegend(Scene& scene, const QPointF& topLeft, double width,
                     const std::vector<GolfGame>& games)
{
    const FigureStyle& style = scene.style();
    const QColor colour = colourOf(games.front(), style);
    LegendLine legend(scene, topLeft, width);
    core::GolfStep step;
    const auto add = [&](const char* text, core::GolfPhase phase, bool accepted) {
        step.phase = phase;
        step.accepted = accepted;
        addStepMark(scene, step, legend.add(QString::fromUtf8(text)), colour);
    };
    if (games.size() > 1)
        for (const GolfGame& game : games) {
            const QPointF at = legend.add(game.title);
            scene.addLine({at - QPointF(style.gap, 0), at + QPointF(style.gap, 0)},
                          colourOf(game, style), 2 * style.line);
        }
    add("trained, kept", core::GolfPhase::Prune, true);
    add("start", core::GolfPhase::Start, false);
    add("swap, kept", core::GolfPhase::Shrink, true);
    add("swap, refused", core::GolfPhase::Shrink, false);
    add("grown for a swap", core::GolfPhase::Grow, true);
    addBestMark(scene, legend.add(QStringLiteral("best so far, 95 % interval (Wilson)")), colour);
    if (comparable(games))
        addPublishedMark(scene, legend.add(QStringLiteral("published, on MNIST test")));
    return legend.height();
}

void addGolfAccuracy(Scene& scene, const QRectF& area, const std::vector<GolfGame>& games,
                     const PlaneRange& range)
{
    const FigureStyle& style = scene.style();
    PlotPlane plane(scene, PlotPlane::plotIn(area, style, rightMargin(games, style)), range);
    LabelRoom room(plane.plot());
    plane.addAxes(QStringLiteral("non-zero parameters (logarithmic)"), accuracyTitle(games), 100);
    std::set<double> targets;
    for (const GolfGame& game : games)
        targets.insert(game.golf().options.threshold);
    for (const double target : targets) {
        plane.addRule(target, targetText(target), style.text);
        room.take({plane.plot().left(), plane.y(target) - 1, plane.plot().width(), 2});
    }
    const auto placeIn = [&plane](const GolfGame& game) {
        return [&plane, &game](const core::GolfStep& step) {
            return plane.place(std::max(1, step.nonzero), game.accuracy(step.correct));
        };
    };
    for (const GolfGame& game : games)
        plane.addPath(courseOf(game, placeIn(game)), quietColour(colourOf(game, style), style),
                      style.line);
    // Before the steps', so that it is hit first.
    for (std::size_t i = 0; i < games.size(); ++i)
        if (const auto at = placeOfBest(plane, games[i]))
            scene.addPlace({GolfFigure::kBest, static_cast<int>(i)}, boxAround(*at, style.gap));
    StepMarks marks(scene, plane);
    int absent = 0;
    for (std::size_t i = 0; i < games.size(); ++i) {
        marks.add(games[i], GolfFigure::kSteps + 2 * static_cast<int>(i), placeIn(games[i]));
        absent +=
            static_cast<int>(std::ranges::count_if(games[i].steps, [&](const core::GolfStep& step) {
                return !plane.contains(placeIn(games[i])(step));
            }));
    }
    if (comparable(games))
        addPublished(scene, plane, room);
    for (const GolfGame& game : games)
        if (const auto at = placeOfBest(plane, game))
            addBest(scene, plane, room, game, *at);
    addAbsent(scene, plane.plot(), absent);
    scene.addPlace({GolfFigure::kAccuracyPlane, 0}, plane.plot()); // last: marks come before it
}

void addGolfLoss(Scene& scene, const QRectF& area, const std::vector<GolfGame>& games,
                 const PlaneRange& range)
{
    const FigureStyle& style = scene.style();
    PlotPlane plane(scene, PlotPlane::plotIn(area, style, rightMargin(games, style)), range);
    plane.addAxes(QStringLiteral("step"),
                  QStringLiteral("training loss after the step, mean cross entropy"));
    const auto place = [&plane](const core::GolfStep& step) {
        return plane.place(static_cast<double>(step.step), step.trainLoss);
    };
    for (const GolfGame& game : games)
        plane.addPath(courseOf(game, place), quietColour(colourOf(game, style), style), style.line);
    StepMarks marks(scene, plane);
    for (std::size_t i = 0; i < games.size(); ++i)
        marks.add(games[i], GolfFigure::kSteps + 2 * static_cast<int>(i) + 1, place);
    scene.addPlace({GolfFigure::kLossPlane, 0}, plane.plot());
}

} // namespace ui
