// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/edges_figure.h"

#include "ui/figures/cell_plan.h"
#include "ui/figures/chart.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/edge_curves.h"
#include "ui/figures/edge_words.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/kernel_slices.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

constexpr int kGrid = 200; ///< of a polar plot's hits

} // namespace

EdgesFigure::EdgesFigure(core::ModelPointer model, std::shared_ptr<const OrientedChannels> channels,
                         EdgesOptions options)
    : SceneFigure(std::move(model)), m_channels(std::move(channels)), m_options(options)
{
}

const core::Unit& EdgesFigure::unit() const
{
    return model().architecture.units().front();
}

const core::OrientationTuning& EdgesFigure::tuning(int channel) const
{
    return (*m_channels)[static_cast<std::size_t>(channel)].at(m_options.stage);
}

QString EdgesFigure::title() const
{
    return QStringLiteral("Edge detectors of %1").arg(QString::fromStdString(unit().name));
}

QString EdgesFigure::shortCaption() const
{
    const QString stage = stageSentence(model().architecture, unit(), m_options.stage);
    return QStringLiteral("%1%2, shown drawn gratings (blue, along the stripes) and step edges "
                          "(orange, towards the ink); no data set. Angles are those of the edge's "
                          "line: 0\u00B0 horizontal, 45\u00B0 \u201C/\u201D, 90\u00B0 vertical, "
                          "135\u00B0 \u201C\\\u201D. Below a selectivity of %3 a channel is "
                          "mixed. Model: %4.")
        .arg(QString::fromStdString(unit().name), stage.isEmpty() ? QString() : u' ' + stage,
             shortNumber(core::kMixedBelow), modelText());
}

QString EdgesFigure::caption() const
{
    const QString stage = stageSentence(model().architecture, unit(), m_options.stage);
    return QStringLiteral(
               "How the channels of %1%2 answer to edges, measured with drawn stimuli and no data "
               "set. Blue: gratings of full contrast with periods of 4, 6 and 8 pixels, the "
               "output's standard deviation over twelve phases, drawn along the stripes. Orange: "
               "step edges, the highest output above that for plain paper and plain ink, drawn "
               "towards the ink. An angle is that of the edge's line: 0\u00B0 horizontal, 45\u00B0 "
               "\u201C/\u201D, 90\u00B0 vertical, 135\u00B0 \u201C\\\u201D. Black line: preferred "
               "angle. Selectivity is |\u03A3 r e^(2i\u03B8)| / \u03A3 r over the gratings; below "
               "%3 a channel is mixed. Model: %4.")
        .arg(QString::fromStdString(unit().name), stage.isEmpty() ? QString() : u' ' + stage,
             shortNumber(core::kMixedBelow), modelText());
}

PolarPlot EdgesFigure::gratingsPlot(int channel) const
{
    const core::OrientationTuning& own = tuning(channel);
    PolarPlot plot{gratingsRound(own), highestGrating(own), {}, std::nullopt};
    for (int i = 0; i < static_cast<int>(m_channels->size()); ++i)
        if (m_options.range == PolarRange::Layer)
            plot.bound = std::max(plot.bound, highestGrating(tuning(i)));
    if (own.selectivity >= core::kMixedBelow)
        plot.axis = own.angle;
    return plot;
}

PolarPlot EdgesFigure::edgesPlot(int channel) const
{
    const core::OrientationTuning& own = tuning(channel);
    PolarPlot plot{edgesRound(own), highestEdge(own), {}, std::nullopt};
    for (int i = 0; i < static_cast<int>(m_channels->size()); ++i)
        if (m_options.range == PolarRange::Layer)
            plot.bound = std::max(plot.bound, highestEdge(tuning(i)));
    return plot;
}

std::optional<PolarPoint> EdgesFigure::pointAt(const SceneHit& hit) const
{
    if (hit.key.group != Gratings && hit.key.group != Edges)
        return std::nullopt;
    const QPointF share((hit.column + 0.5) / kGrid, (hit.row + 0.5) / kGrid);
    return polarPointAt(
        hit.key.group == Gratings ? gratingsPlot(hit.key.index) : edgesPlot(hit.key.index), share);
}

Scene EdgesFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double bar = labelledBarHeight(style) + 2 * style.gap;
    CellRequest request;
    request.count = static_cast<int>(m_channels->size());
    request.mapRows = 1;
    request.mapColumns = 3; // kernel and two plots
    request.width = width;
    request.room = (room > 0 ? room : 0.7 * width) - bar;
    request.gap = 4 * style.gap;
    request.rowGap = 3 * style.gap;
    request.minScale = 8 * style.gap;
    request.maxScale = 34 * style.gap;
    request.minWidth = 40 * style.gap;
    request.extraHeight = [&](double) {
        return lineHeight(style.title) + 5 * lineHeight(style.caption) + style.gap;
    };
    const CellPlan plan = planCells(request);
    for (int channel = 0; channel < request.count; ++channel)
        addCard(scene,
                {channel % plan.columns * (plan.cellWidth + request.gap),
                 channel / plan.columns * (plan.cellHeight + request.rowGap), plan.cellWidth,
                 plan.cellHeight},
                plan.scale - style.gap, channel);
    double y = plan.rows(request.count) * (plan.cellHeight + request.rowGap);
    y += addLabelledBar(scene, {0, y}, std::min(width, 24 * style.gap), kernelScale(model(), 0),
                        QStringLiteral("weight"));
    scene.setHeight(y);
    return scene;
}

void EdgesFigure::addCard(Scene& scene, const QRectF& cell, double square, int channel) const
{
    const FigureStyle& style = scene.style();
    const core::OrientedChannel& measured = (*m_channels)[static_cast<std::size_t>(channel)];
    const double line = lineHeight(style.caption);
    double y = cell.top();
    const QString name = QStringLiteral("channel %1").arg(channel);
    const double indent = textWidth(style.body, name) + style.gap;
    const QRectF heading(cell.left(), y, cell.width(), lineHeight(style.title));
    scene.addText(heading, Qt::AlignLeft | Qt::AlignVCenter, name, style.body, style.secondaryText);
    scene.addLabel(heading.adjusted(indent, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   QString::fromStdString(measured.label(m_options.stage)), style.title,
                   style.text);
    y += heading.height() + style.gap / 2 + line;

    const SliceLayout layout = sliceLayout(model().architecture, 0);
    double scale = square / std::max(layout.rows, layout.columns);
    if (style.wholeScale)
        scale = std::max(1.0, std::floor(scale));
    const double step = (cell.width() - square) / 2;
    scene.addText({cell.left(), y - line, square, line}, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("kernel"), style.caption, style.secondaryText);
    scene.addMap({Kernel, channel}, {cell.left(), y, scale * layout.columns, scale * layout.rows},
                 std::make_shared<HeatMap>(kernelSlices(model(), 0, channel).front()));
    addPlot(scene, {cell.left() + step, y, square, square}, Gratings, channel);
    addPlot(scene, {cell.left() + 2 * step, y, square, square}, Edges, channel);
    y += square + line + style.gap / 2;

    y += addFacts(scene, {cell.left(), y}, cell.width(), channel);
    const double air = style.gap;
    scene.addPlace({Card, channel},
                   QRectF(cell.topLeft(), QPointF(cell.right(), y)).adjusted(-air, -air, air, air));
}

void EdgesFigure::addPlot(Scene& scene, const QRectF& square, Group group, int channel) const
{
    const FigureStyle& style = scene.style();
    PolarPlot plot = group == Gratings ? gratingsPlot(channel) : edgesPlot(channel);
    plot.colour = curveColour(group == Gratings ? 0 : 1, style.background);
    addPolarPlot(scene, square, plot);
    scene.addPlace({group, channel}, square, kGrid, kGrid);
    const double line = lineHeight(style.caption);
    const double air = style.gap; // a word may be a little wider than its circle
    scene.addText({square.left() - air, square.top() - line, square.width() + 2 * air, line},
                  Qt::AlignCenter,
                  group == Gratings ? QStringLiteral("gratings") : QStringLiteral("step edges"),
                  style.caption, style.secondaryText);
    scene.addText({square.left() - air, square.bottom(), square.width() + 2 * air, line},
                  Qt::AlignCenter,
                  plot.bound > 0 ? QStringLiteral("circle %1").arg(shortNumber(plot.bound, 2))
                                 : QStringLiteral("no answer"),
                  style.caption, style.secondaryText);
}

/// What there is to say in two columns, and what ink does below them. Returns the height, which is
/// that of three lines.
double EdgesFigure::addFacts(Scene& scene, const QPointF& topLeft, double width, int channel) const
{
    const FigureStyle& style = scene.style();
    const core::OrientedChannel& measured = (*m_channels)[static_cast<std::size_t>(channel)];
    const core::OrientationTuning& own = tuning(channel);
    const double line = lineHeight(style.caption);
    const auto add = [&](int row, double x, const QString& what, const QString& value,
                         const QString& longest) {
        const QRectF box(topLeft.x() + x, topLeft.y() + row * line, width - x, line);
        scene.addText(box, Qt::AlignLeft | Qt::AlignVCenter, what, style.caption,
                      style.secondaryText);
        scene.addText(box.adjusted(textWidth(style.caption, longest) + style.gap, 0, 0, 0),
                      Qt::AlignLeft | Qt::AlignVCenter, value, style.caption, style.text);
    };
    const QString angle = QStringLiteral("preferred angle");
    add(0, 0, angle, angleWords(own), angle);
    add(1, 0, QStringLiteral("selectivity"), selectivityWords(own), angle);
    add(2, 0, QStringLiteral("ink"), inkWords(own), angle);
    if (const auto slope = slopeWords(model().architecture, measured)) {
        const QString name = slopeName(model().architecture);
        const QString passed = QStringLiteral("passes on");
        const QString longest =
            textWidth(style.caption, name) > textWidth(style.caption, passed) ? name : passed;
        add(0, 0.5 * width, name, *slope, longest);
        add(1, 0.5 * width, passed, passedOnWords(measured), longest);
    }
    return 3 * line;
}

std::string EdgesFigure::csv() const
{
    CsvWriter writer("layer,stage,channel,label,preferred_degrees,selectivity,ink_effect,degrees,"
                     "gratings,ink_left,ink_right");
    const std::string stage = stageText(m_options.stage).toStdString();
    for (const core::OrientedChannel& channel : *m_channels) {
        const core::OrientationTuning& own = channel.at(m_options.stage);
        const std::string label = channel.label(m_options.stage);
        for (std::size_t i = 0; i < own.gratings.size(); ++i)
            writer.line({std::string_view(unit().name), std::string_view(stage), channel.channel,
                         std::string_view(label), own.angle, own.selectivity, own.inkEffect,
                         core::kOrientationStep * static_cast<double>(i), own.gratings[i],
                         own.inkLeft[i], own.inkRight[i]});
    }
    return std::move(writer).text();
}

QJsonObject EdgesFigure::settings() const
{
    return {{QStringLiteral("stage"), stageText(m_options.stage)},
            {QStringLiteral("range"), m_options.range == PolarRange::Layer
                                          ? QStringLiteral("layer")
                                          : QStringLiteral("channel")}};
}

std::unique_ptr<Figure> edgesFigure(core::ModelPointer model,
                                    std::shared_ptr<const OrientedChannels> channels,
                                    core::Stage stage)
{
    return std::make_unique<EdgesFigure>(std::move(model), std::move(channels),
                                         EdgesOptions{stage, PolarRange::Channel});
}

} // namespace ui
