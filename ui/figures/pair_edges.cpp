// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_edges.h"

#include "ui/figures/chart.h"
#include "ui/figures/csv.h"
#include "ui/figures/edge_curves.h"
#include "ui/figures/kernel_slices.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

HeatMapPointer kernelOf(const core::Model& model, std::optional<int> channel)
{
    if (!channel)
        return nullptr;
    return std::make_shared<HeatMap>(kernelSlices(model, 0, *channel).front());
}

/// A plot around a circle of half the radius, which stands for 0.
void centreOnZero(PolarPlot& plot, double& bound)
{
    bound = 0;
    for (const double value : plot.values)
        bound = std::max(bound, std::abs(value));
    for (double& value : plot.values)
        value += bound;
    plot.bound = 2 * bound;
}

} // namespace

PairEdgesFigure::PairEdgesFigure(ModelPair pair, PairMode mode,
                                 std::shared_ptr<const PairOrientations> orientations,
                                 core::Stage stage)
    : PairFigure(std::move(pair), mode), m_orientations(std::move(orientations)), m_stage(stage)
{
    const std::string& unit = model().architecture.units().front().name;
    m_matches = unit == reference().architecture.units().front().name
                    ? channelMatches(this->pair(), unit)
                    : equalMatches(static_cast<int>(m_orientations->current.size()),
                                   static_cast<int>(m_orientations->reference.size()));
    for (const ChannelMatch& match : m_matches)
        m_kernels.push_back(
            {match.text(),
             match.correlation ? QStringLiteral("r %1").arg(*match.correlation, 0, 'f', 3)
                               : QString(),
             kernelOf(model(), match.current), kernelOf(reference(), match.reference)});
    m_scale = commonScale(m_kernels, true);
    setScale(m_kernels, m_scale);
}

QString PairEdgesFigure::title() const
{
    return QStringLiteral("Edge detectors compared");
}

QString PairEdgesFigure::caption() const
{
    const core::Unit& unit = model().architecture.units().front();
    const QString stage = stageSentence(model().architecture, unit, m_stage);
    return QStringLiteral("How the channels of %1%2 answer to drawn gratings (standard deviation, "
                          "along the stripes) and step edges (towards the ink), no data set: %3. "
                          "Angles are those of the edge's line, 0\u00B0 horizontal, "
                          "counter-clockwise. Channels are %4. %5")
        .arg(QString::fromStdString(unit.name), stage.isEmpty() ? QString() : u' ' + stage,
             modeText(), matchingText(), modelsText());
}

const core::OrientedChannel* PairEdgesFigure::channelOf(std::size_t match, bool current) const
{
    const auto& channels = current ? m_orientations->current : m_orientations->reference;
    const std::optional<int> channel =
        current ? m_matches[match].current : m_matches[match].reference;
    return channel && *channel < std::ssize(channels)
               ? &channels[static_cast<std::size_t>(*channel)]
               : nullptr;
}

const core::OrientationTuning* PairEdgesFigure::tuningOf(std::size_t match, bool current) const
{
    const core::OrientedChannel* channel = channelOf(match, current);
    return channel == nullptr ? nullptr : &channel->at(m_stage);
}

PairEdgesFigure::Curves PairEdgesFigure::curves(std::size_t match, int group,
                                                const FigureStyle& style) const
{
    const bool gratings = group == kGratings;
    const auto fill = [&](PolarPlot& plot, const core::OrientationTuning* tuning) {
        if (tuning == nullptr)
            return 0.0;
        plot.values = gratings ? gratingsRound(*tuning) : edgesRound(*tuning);
        if (gratings && tuning->selectivity >= core::kMixedBelow)
            plot.axis = tuning->angle;
        return gratings ? highestGrating(*tuning) : highestEdge(*tuning);
    };
    Curves made;
    made.current.colour = curveColour(0, style.background);
    made.reference.colour = curveColour(1, style.background);
    made.difference.colour = style.text;
    const double bound = std::max(fill(made.current, tuningOf(match, true)),
                                  fill(made.reference, tuningOf(match, false)));
    made.current.bound = made.reference.bound = bound;
    if (made.current.values.size() == made.reference.values.size())
        for (std::size_t i = 0; i < made.current.values.size(); ++i)
            made.difference.values.push_back(made.current.values[i] - made.reference.values[i]);
    centreOnZero(made.difference, made.bound);
    return made;
}

QString PairEdgesFigure::hoverText(const SceneHit& hit) const
{
    const auto match = static_cast<std::size_t>(hit.key.index);
    const QString name = QStringLiteral("%1 %2").arg(
        QString::fromStdString(model().architecture.units().front().name), m_matches[match].text());
    if (hit.key.group == kCard)
        return name;
    if (hit.key.group < kGratings) {
        return QStringLiteral("%1, kernel (%2, %3): %4")
            .arg(name)
            .arg(hit.row)
            .arg(hit.column)
            .arg(valuesText(m_kernels[match], hit, CellValue::Weight));
    }
    const Curves drawn = curves(match, hit.key.group, printStyle());
    const QPointF share((hit.column + 0.5) / kPlotGrid, (hit.row + 0.5) / kPlotGrid);
    const auto value = [&](const PolarPlot& plot) {
        return plot.values.empty() ? QStringLiteral("\u2013")
                                   : shortNumber(polarPointAt(plot, share).value);
    };
    const PolarPlot& any = drawn.current.values.empty() ? drawn.reference : drawn.current;
    const double degrees = polarPointAt(any, share).degrees;
    return QStringLiteral("%1, %2: current %3, reference %4")
        .arg(name,
             hit.key.group == kGratings
                 ? QStringLiteral("gratings at %1\u00B0").arg(std::fmod(degrees, 180))
                 : QStringLiteral("step edge, ink towards %1\u00B0").arg(degrees),
             value(drawn.current), value(drawn.reference));
}

Selection PairEdgesFigure::chosen(const SceneHit& hit, Selection selection) const
{
    selection.unit = 0;
    selection.channel = m_matches[static_cast<std::size_t>(hit.key.index)].current;
    selection.position.reset();
    return selection;
}

std::vector<PairMark> PairEdgesFigure::marksOf(const Selection& selection) const
{
    const auto found = std::ranges::find(m_matches, selection.channel, &ChannelMatch::current);
    if (selection.unit != 0 || !selection.channel || found == m_matches.end())
        return {};
    return {{{kCard, static_cast<int>(found - m_matches.begin())}, {}}};
}

std::string PairEdgesFigure::csv() const
{
    CsvWriter writer("model,channel,partner,label,preferred_degrees,selectivity,ink_effect,degrees,"
                     "gratings,ink_left,ink_right");
    for (std::size_t match = 0; match < m_matches.size(); ++match)
        for (const bool current : {true, false}) {
            const core::OrientedChannel* channel = channelOf(match, current);
            if (channel == nullptr)
                continue;
            const core::OrientationTuning& own = channel->at(m_stage);
            const std::string label = channel->label(m_stage);
            const std::string partner = m_matches[match].text().toStdString();
            for (std::size_t i = 0; i < own.gratings.size(); ++i)
                writer.line({std::string_view(current ? "current" : "reference"), channel->channel,
                             std::string_view(partner), std::string_view(label), own.angle,
                             own.selectivity, own.inkEffect,
                             core::kOrientationStep * static_cast<double>(i), own.gratings[i],
                             own.inkLeft[i], own.inkRight[i]});
        }
    return std::move(writer).text();
}

QJsonObject PairEdgesFigure::settings() const
{
    return {{QStringLiteral("stage"), stageText(m_stage)},
            {QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
