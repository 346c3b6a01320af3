// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/score_plane.h"

#include "ui/figures/chart.h"
#include "ui/figures/polar_plot.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ui
{

namespace
{

constexpr std::size_t kCrowd = 100; ///< of more marks only the best are named

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
    QPolygonF polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners + turn;
        polygon.append(middle + reach * QPointF(std::sin(angle), -std::cos(angle)));
    }
    return polygon;
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
    : m_scene(scene), m_style(scene.style()), m_range(range)
{
    const double line = lineHeight(m_style.caption);
    m_plot =
        area.adjusted(6.5 * m_style.gap, line + m_style.gap,
                      -textWidth(m_style.caption, QStringLiteral("98 % goal")) - 1.5 * m_style.gap,
                      -(2 * line + m_style.gap));
}

double ScorePlane::x(double parameters) const
{
    return m_plot.left() + std::log(parameters / m_range.fewest) /
                               std::log(m_range.most / m_range.fewest) * m_plot.width();
}

double ScorePlane::y(double accuracy) const
{
    return m_plot.bottom() -
           (accuracy - m_range.lowest) / (m_range.highest - m_range.lowest) * m_plot.height();
}

QPointF ScorePlane::place(const core::Score& score) const
{
    return {x(static_cast<double>(std::max<std::size_t>(1, score.nonzero))), y(score.accuracy())};
}

bool ScorePlane::visible(const core::Score& score) const
{
    return m_plot.contains(place(score));
}

void ScorePlane::addAxes()
{
    const double line = lineHeight(m_style.caption);
    const double range = m_range.highest - m_range.lowest;
    const double step =
        tickStep(100 * range, std::clamp(static_cast<int>(m_plot.height() / (2.5 * line)), 2, 9));
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    for (double i = std::ceil(100 * m_range.lowest / step - 1e-9);
         i * step <= 100 * m_range.highest + 1e-9; ++i) {
        const double at = y(i * step / 100);
        m_scene.addLine({m_plot.left(), at, m_plot.right(), at}, m_style.hairline,
                        0.6 * m_style.line);
        m_scene.addText({m_plot.left() - 9 * m_style.gap, at - line / 2, 8.5 * m_style.gap, line},
                        Qt::AlignRight | Qt::AlignVCenter, QString::number(i * step, 'f', decimals),
                        m_style.number, m_style.secondaryText);
    }
    // 1, 2 and 5 of each power of ten, or only the powers where they would touch.
    const double decades = std::log10(m_range.most / m_range.fewest);
    const bool all = m_plot.width() / decades > 24 * m_style.gap;
    const double wide = textWidth(m_style.number, QStringLiteral("1,000,000"));
    for (double power = std::pow(10, std::floor(std::log10(m_range.fewest))); power <= m_range.most;
         power *= 10)
        for (const double factor : {1.0, 2.0, 3.0, 5.0, 7.0}) {
            const double value = factor * power;
            const bool fine = factor == 3 || factor == 7;
            if (value < m_range.fewest || value > m_range.most || (factor > 1 && !all) ||
                (fine && m_plot.width() / decades < 60 * m_style.gap))
                continue;
            const double at = x(value);
            m_scene.addLine({at, m_plot.bottom(), at, m_plot.bottom() + m_style.gap / 2},
                            m_style.secondaryText, m_style.line);
            m_scene.addText({at - wide / 2, m_plot.bottom() + m_style.gap / 2, wide, line},
                            Qt::AlignCenter, grouped(std::llround(value)), m_style.number,
                            m_style.secondaryText);
        }
    m_scene.addLine({m_plot.bottomLeft(), m_plot.bottomRight()}, m_style.secondaryText,
                    m_style.line);
    m_scene.addText({m_plot.left(), m_plot.bottom() + m_style.gap / 2 + line, m_plot.width(), line},
                    Qt::AlignCenter, QStringLiteral("non-zero parameters (logarithmic)"),
                    m_style.caption, m_style.secondaryText);
    m_scene.addText({m_plot.left() - 6.5 * m_style.gap, m_plot.top() - line - m_style.gap / 2,
                     m_plot.width(), line},
                    Qt::AlignLeft | Qt::AlignVCenter,
                    QStringLiteral("accuracy on %1, %").arg(QLatin1String(core::kGolfData)),
                    m_style.caption, m_style.secondaryText);
}

void ScorePlane::addGoal()
{
    const double at = y(core::kGolfGoal);
    if (at < m_plot.top() || at > m_plot.bottom())
        return;
    const double dash = m_style.gap / 2;
    for (double from = m_plot.left(); from < m_plot.right(); from += 2 * dash)
        m_scene.addLine({from, at, std::min(from + dash, m_plot.right()), at}, m_style.text,
                        m_style.line);
    m_taken.push_back({m_plot.left(), at - 1, m_plot.width(), 2}); // names stay off the line
    const double line = lineHeight(m_style.caption);
    m_scene.addText({m_plot.right() + m_style.gap / 2, at - line / 2, 20 * m_style.gap, line},
                    Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("98 % goal"), m_style.caption,
                    m_style.text);
}

/// A staircase: the best accuracy that this many parameters have reached.
void ScorePlane::addFront(const std::vector<KnownScore>& entries,
                          const std::vector<std::size_t>& front)
{
    QPolygonF steps;
    const auto add = [&](double across, double up) {
        steps.append({std::clamp(across, m_plot.left(), m_plot.right()),
                      std::clamp(up, m_plot.top(), m_plot.bottom())});
    };
    for (const std::size_t index : front) {
        const QPointF at = place(entries[index].score);
        if (!steps.isEmpty())
            add(at.x(), steps.back().y());
        add(at.x(), at.y());
    }
    if (steps.isEmpty())
        return;
    add(m_plot.right(), steps.back().y());
    for (qsizetype i = 1; i < steps.size(); ++i) // names stay off the line
        m_taken.push_back(QRectF(steps[i - 1], steps[i]).normalized().adjusted(-1, -1, 1, 1));
    m_scene.addCurve(steps, m_style.accent, 1.5 * m_style.line);
}

void ScorePlane::addInterval(const KnownScore& entry, const QColor& colour)
{
    const core::Interval interval = entry.score.interval();
    const double across = place(entry.score).x();
    const double low = std::min(y(interval.low), m_plot.bottom());
    const double high = std::max(y(interval.high), m_plot.top());
    const double cap = 0.35 * m_style.gap;
    QColor quiet = colour;
    // Opaque: journals' checks dislike transparency.
    const auto part = [](int a, int b) { return (a + b) / 2; };
    quiet = QColor(part(colour.red(), m_style.background.red()),
                   part(colour.green(), m_style.background.green()),
                   part(colour.blue(), m_style.background.blue()));
    if (entry.score.verified())
        m_scene.addLine({across, low, across, high}, quiet, m_style.line);
    else // what only somebody says
        for (const QPolygonF& dash : dashes({{across, low}, {across, high}}, 0.3 * m_style.gap))
            m_scene.addLine({dash.first(), dash.last()}, quiet, m_style.line);
    for (const double at : {low, high})
        m_scene.addLine({across - cap, at, across + cap, at}, quiet, m_style.line);
}

void ScorePlane::addEntries(const std::vector<KnownScore>& entries,
                            const std::vector<std::size_t>& front)
{
    const auto shown = [&](const KnownScore& entry) {
        return entry.placed() && visible(entry.score);
    };
    for (const KnownScore& entry : entries)
        if (shown(entry))
            addInterval(entry, colourOf(entry.origin, m_style));
    const double reach = 0.9 * m_style.gap;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!shown(entries[i]))
            continue;
        const QPointF at = place(entries[i].score);
        addMark(m_scene, entries[i].origin, entries[i].score.selectedOn == "test", at);
        const QRectF box(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach);
        m_scene.addPlace({ScoreboardFigure::kEntry, static_cast<int>(i)}, box);
        m_taken.push_back(box.adjusted(reach / 3, reach / 3, -reach / 3, -reach / 3));
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
    QStringList names;
    for (const KnownScore& entry : entries)
        if (entry.placed() && !visible(entry.score))
            names << QStringLiteral("%1 (%2, %3 %)")
                         .arg(QString::fromStdString(entry.score.name),
                              grouped(static_cast<qlonglong>(entry.score.nonzero)),
                              QString::number(100 * entry.score.accuracy(), 'f', 2));
    if (names.isEmpty())
        return;
    m_scene.addLabel(
        {m_plot.left() + 30 * m_style.gap, m_plot.top() - 1.75 * m_style.gap - m_style.gap / 4,
         m_plot.right() - m_plot.left() - 30 * m_style.gap, lineHeight(m_style.caption)},
        Qt::AlignRight | Qt::AlignVCenter,
        QStringLiteral("outside: ") + names.join(QStringLiteral("; ")), m_style.caption,
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
    const double gap = 0.8 * m_style.gap;
    const std::array<QPointF, 8> places = {
        QPointF(gap, -size.height() / 2),
        QPointF(-gap - size.width(), -size.height() / 2),
        QPointF(gap / 2, -gap - size.height() / 2 - size.height() / 4),
        QPointF(gap / 2, gap - size.height() / 4),
        QPointF(-gap / 2 - size.width(), -gap - 0.75 * size.height()),
        QPointF(-gap / 2 - size.width(), gap - size.height() / 4),
        QPointF(-size.width() / 2, -gap - size.height()),
        QPointF(-size.width() / 2, gap)};
    for (const QPointF& offset : places) {
        const QRectF box(at + offset, size);
        const auto overlaps = [&](const QRectF& other) { return other.intersects(box); };
        if (!m_plot.contains(box) || std::ranges::any_of(m_taken, overlaps))
            continue;
        m_scene.addText(box, Qt::AlignLeft | Qt::AlignVCenter, name, m_style.caption, colour);
        m_taken.push_back(box);
        return;
    }
}

double ScorePlane::addLegend(Scene& scene, const QPointF& topLeft, double width)
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption) + style.gap / 2;
    double x = topLeft.x();
    double y = topLeft.y();
    const auto advance = [&](const QString& text) {
        const double needed = 2 * style.gap + textWidth(style.caption, text) + 2 * style.gap;
        if (x > topLeft.x() && x + needed > topLeft.x() + width) {
            x = topLeft.x();
            y += line;
        }
        const QPointF at(x + 0.75 * style.gap, y + lineHeight(style.caption) / 2);
        scene.addText({x + 2 * style.gap, y, needed, lineHeight(style.caption)},
                      Qt::AlignLeft | Qt::AlignVCenter, text, style.caption, style.text);
        x += needed;
        return at;
    };
    for (const ScoreOrigin origin :
         {ScoreOrigin::Published, ScoreOrigin::Open, ScoreOrigin::Shipped, ScoreOrigin::Run,
          ScoreOrigin::Submission})
        addMark(scene, origin, false, advance(originText(origin)));
    addMark(scene, ScoreOrigin::Open, true,
            advance(QStringLiteral("hollow: selected on the test images")));
    const QPointF front = advance(QStringLiteral("none is smaller and as good"));
    scene.addLine({front.x() - style.gap, front.y(), front.x() + style.gap, front.y()},
                  style.accent, 1.5 * style.line);
    const QPointF bar = advance(QStringLiteral("95 % interval (Wilson)"));
    const QLineF line95(bar.x(), bar.y() - 0.7 * style.gap, bar.x(), bar.y() + 0.7 * style.gap);
    scene.addLine(line95, style.secondaryText, style.line);
    const QPointF claim = advance(QStringLiteral("dashed: not evaluated here"));
    for (const QPolygonF& dash :
         dashes({line95.p1() + claim - bar, line95.p2() + claim - bar}, 0.3 * style.gap))
        scene.addLine({dash.first(), dash.last()}, style.secondaryText, style.line);
    return y + line - topLeft.y();
}

} // namespace ui
