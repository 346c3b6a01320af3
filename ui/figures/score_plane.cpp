// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/score_plane.h"

#include "ui/figures/chart.h"
#include "ui/figures/polar_plot.h"
#include "ui/figures/recipe.h"
#include "ui/words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace ui
{

namespace
{

constexpr std::size_t kCrowd = 100; ///< of more marks only the best are named

QString goalText()
{
    return QStringLiteral("98 % goal");
}

QColor colourOf(ScoreOrigin origin, const FigureStyle& style)
{
    switch (origin) {
    case ScoreOrigin::Published:
        return style.secondaryText;
    case ScoreOrigin::Open:
        return curveColour(0, style.background);
    case ScoreOrigin::Shipped:
        return curveColour(2, style.background);
    case ScoreOrigin::Run:
        return curveColour(1, style.background);
    case ScoreOrigin::Submission:
        return curveColour(5, style.background);
    }
    return style.text;
}

/// A shape an origin, so that the colour is not needed: diamond, disc, square, triangle, pentagon.
QPolygonF markOf(ScoreOrigin origin, const QPointF& middle, double reach)
{
    int corners = 20;
    double turn = 0;
    switch (origin) {
    case ScoreOrigin::Published:
        corners = 4;
        reach *= 1.25;
        break;
    case ScoreOrigin::Open:
        break;
    case ScoreOrigin::Shipped:
        corners = 4;
        turn = std::numbers::pi / 4;
        reach *= 1.2;
        break;
    case ScoreOrigin::Run:
        corners = 3;
        reach *= 1.3;
        break;
    case ScoreOrigin::Submission:
        corners = 5;
        reach *= 1.15;
        break;
    }
    return regularPolygon(middle, corners, reach, turn);
}

void addMark(Scene& scene, ScoreOrigin origin, bool selected, const QPointF& middle)
{
    const FigureStyle& style = scene.style();
    const QColor colour = colourOf(origin, style);
    scene.addPolygon(markOf(origin, middle, 0.6 * style.gap), selected ? style.background : colour,
                     colour);
}

} // namespace

ScorePlane::ScorePlane(Scene& scene, const QRectF& area, const ScoreRange& range)
    : m_scene(scene), m_style(scene.style()),
      m_plot(PlotPlane::plotIn(area, m_style, textWidth(m_style.caption, goalText()))),
      m_plane(scene, m_plot, range.plane()), m_room(m_plot)
{
}

QPointF ScorePlane::place(const core::Score& score) const
{
    return m_plane.place(static_cast<double>(std::max<std::size_t>(1, score.nonzero)),
                         score.accuracy());
}

bool ScorePlane::visible(const core::Score& score) const
{
    return m_plot.contains(place(score));
}

void ScorePlane::addAxes()
{
    m_plane.addAxes(QStringLiteral("non-zero parameters (logarithmic)"),
                    QStringLiteral("accuracy on %1, %").arg(QLatin1String(core::kGolfData)), 100);
}

void ScorePlane::addGoal()
{
    m_plane.addRule(core::kGolfGoal, goalText(), m_style.text);
    m_room.take({m_plot.left(), m_plane.y(core::kGolfGoal) - 1, m_plot.width(), 2});
}

void ScorePlane::addFronts(const std::vector<KnownScore>& entries,
                           const std::vector<std::size_t>& front)
{
    std::map<core::League, std::vector<std::size_t>> leagues;
    for (const std::size_t index : front)
        leagues[entries[index].score.league].push_back(index);
    std::vector<std::pair<QPolygonF, QString>> named;
    for (const auto& [league, members] : leagues)
        named.emplace_back(addFront(entries, members), leagueText(league));
    if (named.size() > 1)
        for (const auto& [steps, name] : named)
            nameFront(steps, name);
}

/// A staircase: the best accuracy that this many parameters have reached.
QPolygonF ScorePlane::addFront(const std::vector<KnownScore>& entries,
                               const std::vector<std::size_t>& members)
{
    QPolygonF steps;
    const auto add = [&](double across, double up) {
        steps.append({std::clamp(across, m_plot.left(), m_plot.right()),
                      std::clamp(up, m_plot.top(), m_plot.bottom())});
    };
    for (const std::size_t index : members) {
        const QPointF at = place(entries[index].score);
        if (!steps.isEmpty())
            add(at.x(), steps.back().y());
        add(at.x(), at.y());
    }
    add(m_plot.right(), steps.back().y());
    for (qsizetype i = 1; i < steps.size(); ++i) // names stay off the line
        m_room.take(QRectF(steps[i - 1], steps[i]).normalized().adjusted(-1, -1, 1, 1));
    m_scene.addCurve(steps, m_style.accent, 1.5 * m_style.line);
    return steps;
}

/// Above or below the longest step that has room, at its end.
void ScorePlane::nameFront(const QPolygonF& steps, const QString& name)
{
    constexpr double kOff = 2; // px from the line
    const QSizeF size(textWidth(m_style.caption, name) + 1, lineHeight(m_style.caption));
    std::vector<QLineF> treads;
    for (qsizetype i = 1; i < steps.size(); ++i)
        treads.emplace_back(steps[i - 1], steps[i]);
    std::ranges::stable_sort(treads, std::ranges::greater(), &QLineF::dx);
    for (const QLineF& tread : treads)
        for (const double up : {size.height() + kOff, -kOff}) {
            const QRectF box(tread.p2() - QPointF(size.width() + kOff, up), size);
            if (!m_room.takeFree(box))
                continue;
            m_scene.addText(box, Qt::AlignRight | Qt::AlignVCenter, name, m_style.caption,
                            m_style.accent);
            return;
        }
}

/// Dashed: what was only printed.
void ScorePlane::addBar(const KnownScore& entry, const QColor& colour)
{
    const core::Interval interval = entry.score.interval();
    addInterval(m_scene, m_plot, place(entry.score).x(), m_plane.y(interval.low),
                m_plane.y(interval.high), quietColour(colour, m_style),
                entry.score.verified() ? BarLine::Solid : BarLine::Dashed);
}

void ScorePlane::addEntries(const std::vector<KnownScore>& entries,
                            const std::vector<std::size_t>& front)
{
    const auto shown = [&](const KnownScore& entry) {
        return entry.placed() && visible(entry.score);
    };
    for (const KnownScore& entry : entries)
        if (shown(entry))
            addBar(entry, colourOf(entry.origin, m_style));
    const double reach = 0.9 * m_style.gap;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!shown(entries[i]))
            continue;
        const QPointF at = place(entries[i].score);
        addMark(m_scene, entries[i].origin, entries[i].score.selectedOn == "test", at);
        const QRectF box(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach);
        m_scene.addPlace({ScoreboardFigure::kEntry, static_cast<int>(i)}, box);
        m_room.take(box.adjusted(reach / 3, reach / 3, -reach / 3, -reach / 3));
    }
    m_scene.addPlace({ScoreboardFigure::kPlane, 0}, m_plot); // last: marks come before it
    // The current model's name first, then those on the front: the small ones.
    std::vector<const KnownScore*> order;
    for (const KnownScore& entry : entries)
        if (shown(entry))
            order.push_back(&entry);
    if (order.size() > kCrowd) // hovering and the table name the others
        std::erase_if(order, [&](const KnownScore* entry) {
            const auto index = static_cast<std::size_t>(entry - entries.data());
            return !entry->current && std::ranges::find(front, index) == front.end();
        });
    std::ranges::stable_sort(order, [](const KnownScore* a, const KnownScore* b) {
        return a->current != b->current ? a->current : a->score.nonzero < b->score.nonzero;
    });
    for (const KnownScore* entry : order)
        addName(*entry, entry->current ? m_style.accent : m_style.text);
}

void ScorePlane::addAbsent(const std::vector<KnownScore>& entries)
{
    constexpr qsizetype kNamed = 6;
    QStringList names;
    for (const KnownScore& entry : entries)
        if (entry.placed() && !visible(entry.score))
            names << QStringLiteral("%1 (%2, %3 %)")
                         .arg(QString::fromStdString(entry.score.name),
                              grouped(static_cast<qlonglong>(entry.score.nonzero)),
                              QString::number(100 * entry.score.accuracy(), 'f', 2));
    if (names.isEmpty())
        return;
    const QString outside = names.size() > kNamed
                                ? QStringLiteral("%1 networks").arg(grouped(names.size()))
                                : names.join(QStringLiteral("; "));
    m_scene.addLabel(
        {m_plot.left() + 30 * m_style.gap, m_plot.top() - 1.75 * m_style.gap - m_style.gap / 4,
         m_plot.right() - m_plot.left() - 30 * m_style.gap, lineHeight(m_style.caption)},
        Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("outside: ") + outside, m_style.caption,
        m_style.secondaryText);
}

/// Beside, above or below the mark, where nothing else is; else not at all: the table has it.
void ScorePlane::addName(const KnownScore& entry, const QColor& colour)
{
    QString name = QString::fromStdString(entry.score.name);
    if (name.size() > 28)
        name = name.left(13) + u'\u2026' + name.right(13);
    if (!entry.score.selectedOn.empty())
        name += QStringLiteral(" (%1)").arg(QString::fromStdString(entry.score.selectedOn));
    const QPointF at = place(entry.score);
    const QSizeF size(textWidth(m_style.caption, name) + 1, lineHeight(m_style.caption));
    if (const auto box = m_room.find(at, size, 0.8 * m_style.gap))
        m_scene.addText(*box, Qt::AlignLeft | Qt::AlignVCenter, name, m_style.caption, colour);
}

double ScorePlane::addLegend(Scene& scene, const QPointF& topLeft, double width)
{
    const FigureStyle& style = scene.style();
    LegendLine legend(scene, topLeft, width);
    for (const ScoreOrigin origin :
         {ScoreOrigin::Published, ScoreOrigin::Open, ScoreOrigin::Shipped, ScoreOrigin::Run,
          ScoreOrigin::Submission})
        addMark(scene, origin, false, legend.add(originText(origin)));
    addMark(scene, ScoreOrigin::Open, true,
            legend.add(QStringLiteral("hollow: selected on the test images")));
    const QPointF front = legend.add(QStringLiteral("none is smaller and as good"));
    scene.addLine({front.x() - style.gap, front.y(), front.x() + style.gap, front.y()},
                  style.accent, 1.5 * style.line);
    const QPointF bar = legend.add(QStringLiteral("95 % interval (Wilson)"));
    const QLineF line95(bar.x(), bar.y() - 0.7 * style.gap, bar.x(), bar.y() + 0.7 * style.gap);
    scene.addLine(line95, style.secondaryText, style.line);
    const QPointF claim = legend.add(QStringLiteral("dashed: as published"));
    for (const QPolygonF& dash :
         dashes({line95.p1() + claim - bar, line95.p2() + claim - bar}, 0.3 * style.gap))
        scene.addLine({dash.first(), dash.last()}, style.secondaryText, style.line);
    return legend.height();
}

} // namespace ui
