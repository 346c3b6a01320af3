// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_edges.h"

#include "ui/figures/cell_plan.h"
#include "ui/figures/chart.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/edge_words.h"

#include <algorithm>
#include <cmath>

namespace ui
{

// How the pair's edge detectors are drawn; pair_edges.cpp has what the figure says.

namespace
{

constexpr int kFacts = 5; ///< lines of numbers below a card's plots
const QString kInk = QStringLiteral("ink, of the swing");

QString angleDifference(const core::OrientationTuning& current,
                        const core::OrientationTuning& reference)
{
    return shortNumber(core::orientationDifference(reference.angle, current.angle), 1) + u'\u00B0';
}

} // namespace

Scene PairEdgesFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double bar = labelledBarHeight(style) + 2 * style.gap;
    CellRequest request;
    request.count = static_cast<int>(m_matches.size());
    request.mapColumns = squaresAcross();
    request.width = width;
    request.room = (room > 0 ? room : 0.7 * width) - bar - style.gap;
    request.gap = 3 * style.gap;
    request.rowGap = 3 * style.gap;
    request.minScale = 7 * style.gap;
    request.maxScale = 26 * style.gap;
    request.minWidth = 42 * style.gap;
    request.extraHeight = [&](double) {
        return lineHeight(style.body) + (4 + kFacts) * lineHeight(style.caption) + style.gap;
    };
    const CellPlan plan = planCells(request);
    for (std::size_t match = 0; match < m_matches.size(); ++match) {
        const int place = static_cast<int>(match);
        addCard(scene,
                {place % plan.columns * (plan.cellWidth + request.gap),
                 place / plan.columns * (plan.cellHeight + request.rowGap), plan.cellWidth,
                 plan.cellHeight},
                plan.scale - style.gap, match);
    }
    double y = plan.rows(request.count) * (plan.cellHeight + request.rowGap);
    const bool difference = mode() == PairMode::Difference;
    y += addLabelledBar(scene, {0, y}, std::min(width, 24 * style.gap),
                        difference ? differenceScale(m_kernels) : m_scale,
                        difference ? QStringLiteral("weight, current \u2212 reference")
                                   : QStringLiteral("weight, both models"));
    scene.setHeight(y);
    return scene;
}

void PairEdgesFigure::addCard(Scene& scene, const QRectF& cell, double square,
                              std::size_t match) const
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    const QRectF heading(cell.left(), cell.top(), cell.width(), lineHeight(style.body));
    scene.addText(heading, Qt::AlignLeft | Qt::AlignVCenter, m_kernels[match].title, style.body,
                  style.text);
    scene.addText(heading, Qt::AlignRight | Qt::AlignVCenter, m_kernels[match].note, style.number,
                  style.secondaryText);
    double y = heading.bottom();
    y += addLabels(scene, {cell.left(), y, cell.width(), line}, match) + style.gap / 2 + line;

    const int across = squaresAcross();
    const double step = (cell.width() - square) / (across - 1);
    const auto place = [&](int index) {
        return QRectF(cell.left() + index * step, y, square, square);
    };
    if (mode() == PairMode::SideBySide) {
        addKernel(scene, place(0), match, kCurrentMap);
        addKernel(scene, place(1), match, kReferenceMap);
    } else {
        addKernel(scene, place(0), match,
                  mode() == PairMode::Difference  ? kDifferenceMap
                  : mode() == PairMode::Reference ? kReferenceMap
                                                  : kCurrentMap);
    }
    addPlot(scene, place(across - 2), match, kGratings);
    addPlot(scene, place(across - 1), match, kEdges);
    y += square + line + style.gap / 2;
    addFacts(scene, {cell.left(), y}, cell.width(), match);
    const double air = style.gap;
    scene.addPlace({kCard, static_cast<int>(match)}, cell.adjusted(-air, -air, air, air));
}

/// What each is called, behind the line that its curves are drawn with.
double PairEdgesFigure::addLabels(Scene& scene, const QRectF& line, std::size_t match) const
{
    const FigureStyle& style = scene.style();
    const double sample = 3 * style.gap;
    QRectF box = line;
    for (const bool current : {true, false}) {
        const core::OrientedChannel* channel = channelOf(match, current);
        const double middle = std::round(box.center().y());
        const QPolygonF stroke{QPointF(box.left(), middle), QPointF(box.left() + sample, middle)};
        const QColor colour = curveColour(current ? 0 : 1, style.background);
        for (const QPolygonF& piece :
             current ? std::vector{stroke} : dashes(stroke, 0.5 * style.gap))
            scene.addCurve(piece, colour, 1.75 * style.line);
        scene.addLabel(box.adjusted(sample + style.gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                       (current ? QStringLiteral("current: ") : QStringLiteral("reference: ")) +
                           (channel == nullptr ? QStringLiteral("none")
                                               : QString::fromStdString(channel->label(m_stage))),
                       style.caption, style.text);
        box.translate(0, line.height());
    }
    return 2 * line.height();
}

void PairEdgesFigure::addKernel(Scene& scene, const QRectF& square, std::size_t match,
                                PairGroup group) const
{
    const FigureStyle& style = scene.style();
    const PairCell& cell = m_kernels[match];
    const double line = lineHeight(style.caption);
    const QString name = group == kCurrentMap     ? QStringLiteral("current")
                         : group == kReferenceMap ? QStringLiteral("reference")
                                                  : QStringLiteral("kernels");
    scene.addText({square.left(), square.top() - line, square.width(), line},
                  Qt::AlignLeft | Qt::AlignVCenter, name, style.caption, style.secondaryText);
    HeatMapPointer map = group == kCurrentMap ? cell.first : cell.second;
    if (group == kDifferenceMap)
        map = differenceOf(cell, differenceScale(m_kernels));
    if (map == nullptr) {
        scene.addBox(square, {}, style.hairline);
        const QString words = absenceOf(cell, group);
        scene.addText(square, Qt::AlignCenter,
                      textWidth(style.caption, words) < square.width() ? words
                                                                       : QStringLiteral("\u2013"),
                      style.caption, style.secondaryText);
        return;
    }
    double scale = square.width() / std::max(map->rows, map->columns);
    if (style.wholeScale)
        scale = std::max(1.0, std::floor(scale));
    scene.addMap({group, static_cast<int>(match)},
                 {square.left(), square.top(), scale * map->columns, scale * map->rows}, map);
}

void PairEdgesFigure::addPlot(Scene& scene, const QRectF& square, std::size_t match,
                              int group) const
{
    const FigureStyle& style = scene.style();
    const Curves drawn = curves(match, group, style);
    const bool difference = mode() == PairMode::Difference;
    addPolarGrid(scene, square);
    if (difference)
        addPolarCurve(scene, square, drawn.difference);
    if (mode() == PairMode::SideBySide || mode() == PairMode::Reference)
        addPolarCurve(scene, square, drawn.reference, PolarLine::Dashed);
    if (mode() == PairMode::SideBySide || mode() == PairMode::Current)
        addPolarCurve(scene, square, drawn.current);
    scene.addPlace({group, static_cast<int>(match)}, square, kPlotGrid, kPlotGrid);
    const double line = lineHeight(style.caption);
    const QRectF above(square.left() - style.gap, square.top() - line,
                       square.width() + 2 * style.gap, line);
    scene.addText(above, Qt::AlignCenter,
                  group == kGratings ? QStringLiteral("gratings") : QStringLiteral("step edges"),
                  style.caption, style.secondaryText);
    const double bound = difference ? drawn.bound : drawn.current.bound;
    const QString circle = shortNumber(bound, 2);
    scene.addText(above.translated(0, line + square.height()), Qt::AlignCenter,
                  difference && drawn.difference.values.empty() ? QStringLiteral("no partner")
                  : bound == 0                                  ? QStringLiteral("none")
                  : difference ? QStringLiteral("circles 0, +%1").arg(circle)
                               : QStringLiteral("circle %1").arg(circle),
                  style.caption, style.secondaryText);
}

/// Numbers of both models, or their differences, in columns.
void PairEdgesFigure::addFacts(Scene& scene, const QPointF& topLeft, double width,
                               std::size_t match) const
{
    const FigureStyle& style = scene.style();
    const core::OrientedChannel* channels[] = {channelOf(match, true), channelOf(match, false)};
    const core::OrientationTuning* tunings[] = {tuningOf(match, true), tuningOf(match, false)};
    const QString dash = QStringLiteral("\u2013");
    const double line = lineHeight(style.caption);
    const double indent = textWidth(style.caption, kInk) + style.gap;
    const bool difference = mode() == PairMode::Difference;
    int row = 0;
    const auto add = [&](const QString& name, const auto& one, const QString& less) {
        const double y = topLeft.y() + row++ * line;
        scene.addText({topLeft.x(), y, indent, line}, Qt::AlignLeft | Qt::AlignVCenter, name,
                      style.caption, style.secondaryText);
        QStringList texts;
        for (const int i : {0, 1})
            if (mode() == PairMode::SideBySide || (mode() == PairMode::Current && i == 0) ||
                (mode() == PairMode::Reference && i == 1))
                texts << (channels[i] == nullptr ? dash : one(i));
        if (difference)
            texts << (channels[0] == nullptr || channels[1] == nullptr ? dash : less);
        const double column = (width - indent) / static_cast<double>(texts.size());
        for (qsizetype i = 0; i < texts.size(); ++i)
            scene.addLabel({topLeft.x() + indent + static_cast<double>(i) * column, y,
                            column - style.gap, line},
                           Qt::AlignLeft | Qt::AlignVCenter, texts[i], style.caption, style.text);
    };
    const bool both = channels[0] != nullptr && channels[1] != nullptr;
    const auto less = [&](auto value) {
        return both ? shortNumber(value(0) - value(1)) : QString();
    };
    const auto selectivity = [&](int i) { return tunings[i]->selectivity; };
    const auto ink = [&](int i) { return tunings[i]->inkEffect; };
    const auto slopeOf = [&](int i) { return channels[i]->slope.value_or(0); };
    const QString slope = slopeName(model().architecture);
    const QString otherSlope = slopeName(reference().architecture);
    const bool slopes = both && channels[0]->slope && channels[1]->slope;
    add(
        QStringLiteral("preferred angle"), [&](int i) { return angleWords(*tunings[i]); },
        both ? angleDifference(*tunings[0], *tunings[1]) : dash);
    add(
        QStringLiteral("selectivity"), [&](int i) { return selectivityWords(*tunings[i]); },
        less(selectivity));
    add(
        kInk, [&](int i) { return shortNumber(ink(i), 2); }, less(ink));
    add(
        slope == otherSlope ? slope : QStringLiteral("slope"),
        [&](int i) {
            return slopeWords((i == 0 ? model() : reference()).architecture, *channels[i])
                .value_or(dash);
        },
        slopes ? less(slopeOf) : dash);
    add(
        QStringLiteral("passes on"), [&](int i) { return passedOnWords(*channels[i]); }, dash);
}

} // namespace ui
