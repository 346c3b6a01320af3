// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/circuit_figure.h"

#include "ui/figures/circuit_edges.h"
#include "ui/figures/scene_table.h"

#include <algorithm>
#include <cmath>

namespace ui
{

// How the circuit is drawn; circuit_figure.cpp has what it says.

namespace
{

double headHeight(const FigureStyle& style)
{
    return 3 * lineHeight(style.caption) + style.gap;
}

} // namespace

core::Shape CircuitFigure::mapOf(std::size_t column) const
{
    const core::CircuitColumn& one = m_circuit.columns[column];
    const core::Architecture& architecture = model().architecture;
    if (column == 0)
        return architecture.inputShape();
    if (!one.unit || m_options.activations == nullptr)
        return {1, 1, 1};
    const core::Shape shape = architecture.units()[static_cast<std::size_t>(*one.unit)].shape;
    return {1, shape.height, shape.width};
}

CircuitFigure::Place CircuitFigure::placeOf(std::size_t column, const QSizeF& room,
                                            const FigureStyle& style) const
{
    const core::CircuitColumn& one = m_circuit.columns[column];
    Place place;
    place.map = mapOf(column);
    const bool vector =
        one.unit && column > 0 &&
        model().architecture.units()[static_cast<std::size_t>(*one.unit)].shape.area() == 1;
    const bool dense = !one.unit && column > 0;
    place.gap = dense ? 0 : vector ? style.gap / 2 : style.gap + lineHeight(style.caption);
    if (vector && one.nodes * (place.gap + style.gap) > room.height())
        place.gap = 0; // a hidden layer of many
    place.between = dense ? style.gap / 2 : 0;
    // Grows with a large screen, and leaves room for the edges on a narrow one.
    const double large =
        std::min(std::max(7 * style.gap, 0.13 * room.height()), 0.1 * room.width());
    const double most = dense ? 0.22 * large : vector ? 0.36 * large : large;
    const int groups = dense ? one.nodes / one.perChannel : 1;
    const double tall = room.height() - place.gap * one.nodes - place.between * (groups - 1);
    const int side = std::max(place.map.height, place.map.width);
    place.cell = std::min(most, std::max(1.0, tall / one.nodes)) / side;
    if (style.wholeScale)
        place.cell = std::max(1.0, std::floor(place.cell));
    const double used =
        one.nodes * (place.cell * place.map.height + place.gap) + place.between * (groups - 1);
    place.top = std::max(0.0, std::floor((room.height() - used) / 2));
    return place;
}

QRectF CircuitFigure::areaOf(const Place& place, std::size_t column, int node) const
{
    const double tall = place.cell * place.map.height;
    const int group = node / std::max(1, m_circuit.columns[column].perChannel);
    return {place.x, place.top + node * (tall + place.gap) + group * place.between,
            place.cell * place.map.width, tall};
}

double CircuitFigure::largestOf(std::size_t column) const
{
    double largest = 0;
    for (int node = 0; node < m_circuit.columns[column].nodes; ++node)
        largest = std::max(largest, largestMagnitude(nodeMap(column, node).values));
    return largest;
}

/// What the node puts out for the image; empty without one.
HeatMap CircuitFigure::nodeMap(std::size_t column, int node) const
{
    const core::Shape shape = mapOf(column);
    HeatMap map{shape.height, shape.width, {}, signedScale(1), {}, {}};
    map.numbers = false;
    const auto area = static_cast<std::size_t>(shape.area());
    const core::CircuitColumn& one = m_circuit.columns[column];
    if (m_options.activations == nullptr) {
        map.values.assign(area, 0.0F);
        map.removed.assign(area, true);
        map.ticks = false;
        return map;
    }
    if (column == 0) {
        map.scale = greyScale();
        map.values = m_options.activations->input;
        return map;
    }
    // Neurons are what the layer behind them reads.
    const core::CircuitColumn& owner = one.unit ? one : m_circuit.columns[column + 1];
    const core::Unit& unit = model().architecture.units()[static_cast<std::size_t>(*owner.unit)];
    const core::LayerOutput& outputs =
        one.unit ? m_options.activations->of(unit, core::Stage::Post)
                 : m_options.activations->layers[static_cast<std::size_t>(unit.weightLayer - 1)];
    const auto first =
        outputs.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(node) * area);
    map.values.assign(first, first + static_cast<std::ptrdiff_t>(area));
    return map;
}

bool CircuitFigure::isAblated(std::size_t column, int node) const
{
    const auto target = targetOf(static_cast<int>(column), node);
    return target && std::ranges::find(m_options.ablated, *target) != m_options.ablated.end();
}

/// Name, largest weight, range of the outputs; with shorter words on a narrow page.
QStringList CircuitFigure::headOf(std::size_t column, bool brief) const
{
    const core::CircuitColumn& one = m_circuit.columns[column];
    QStringList lines{QString::fromStdString(one.name)};
    if (one.largest > 0)
        lines << (brief ? QStringLiteral("max. %1") : QStringLiteral("largest %1"))
                     .arg(shortNumber(one.largest, 2));
    if (column > 0 && m_options.activations != nullptr)
        lines << (brief ? QStringLiteral("\u00B1%1") : QStringLiteral("outputs \u00B1%1"))
                     .arg(shortNumber(largestOf(column), brief ? 1 : 2));
    return lines;
}

bool CircuitFigure::headsFit(const std::vector<Place>& places, const FigureStyle& style) const
{
    double end = 0;
    for (std::size_t c = 1; c < places.size(); ++c) {
        double reach = 0;
        for (const QString& text : headOf(c, false))
            reach = std::max(reach, textWidth(style.caption, text));
        const double middle = places[c].x + places[c].cell * places[c].map.width / 2;
        if (middle - reach / 2 < end)
            return false;
        end = middle + reach / 2 + style.gap / 2;
    }
    return true;
}

void CircuitFigure::addHead(Scene& scene, const Place& place, std::size_t column, bool brief) const
{
    const FigureStyle& style = scene.style();
    const double middle = place.x + place.cell * place.map.width / 2;
    const double line = lineHeight(style.caption);
    const QStringList lines = headOf(column, brief);
    double reach = 0;
    for (const QString& text : lines)
        reach = std::max(reach, textWidth(style.caption, text));
    QRectF box(middle - reach / 2 - 1, 0, reach + 2, line);
    if (column == 0)
        box.moveLeft(0);
    const Qt::Alignment side = column == 0 ? Qt::AlignLeft : Qt::AlignHCenter;
    for (const QString& text : lines) {
        scene.addText(box, side | Qt::AlignVCenter, text, style.caption,
                      &text == &lines.front() ? style.text : style.secondaryText);
        box.translate(0, line);
    }
}

void CircuitFigure::addNodes(Scene& scene, const std::vector<Place>& places,
                             std::size_t column) const
{
    const FigureStyle& style = scene.style();
    const Place& place = places[column];
    const core::CircuitColumn& one = m_circuit.columns[column];
    const ColourScale scale = signedScale(m_options.activations == nullptr ? 1 : largestOf(column));
    const bool last = column + 1 == places.size();
    for (int node = 0; node < one.nodes; ++node) {
        HeatMap map = nodeMap(column, node);
        if (column > 0)
            map.scale = scale;
        const QRectF area = areaOf(place, column, node);
        if (isAblated(column, node)) {
            scene.addLine({area.topLeft(), area.bottomRight()}, style.warning, 2 * style.line);
            scene.addLine({area.bottomLeft(), area.topRight()}, style.warning, 2 * style.line);
        }
        if (last) {
            QString text = QString::number(node);
            if (m_options.activations != nullptr)
                text += QStringLiteral("  ") + shortNumber(double(map.values[0]), 2);
            scene.addText({area.right() + style.gap / 2, area.top(), 8 * style.gap, area.height()},
                          Qt::AlignLeft | Qt::AlignVCenter, text, style.number, style.text);
        } else if (column > 0 && one.unit) {
            scene.addText({area.left() - style.gap, area.bottom() + style.line,
                           area.width() + 2 * style.gap, lineHeight(style.caption)},
                          Qt::AlignCenter, QString::number(node), style.caption,
                          style.secondaryText);
        }
        scene.addMap({static_cast<int>(column), node}, area,
                     std::make_shared<HeatMap>(std::move(map)));
    }
}

void CircuitFigure::addEdges(Scene& scene, const std::vector<Place>& places) const
{
    for (std::size_t c = 1; c < places.size(); ++c)
        addCircuitEdges(
            scene, m_circuit.columns[c], m_shown[c],
            [&](int node) { return areaOf(places[c - 1], c - 1, node); },
            [&](int node) { return areaOf(places[c], c, node); },
            edgeKey(static_cast<int>(c), 0).group);
}

Scene CircuitFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    if (!drawable()) {
        scene.setHeight(addParagraph(
            scene, {0, 0}, width,
            QStringLiteral("A layer of the network has more than %1 channels, too many to draw.")
                .arg(kMostNodes),
            style.body, style.secondaryText));
        return scene;
    }
    const double head = headHeight(style);
    const double foot = lineHeight(style.caption) + style.gap;
    const double height = std::max(room > 0 ? room - head - foot : 0.62 * width, 30 * style.gap);
    std::vector<Place> places;
    double maps = 0;
    for (std::size_t c = 0; c < m_circuit.columns.size(); ++c) {
        places.push_back(placeOf(c, {width, height}, style));
        maps += places.back().cell * places.back().map.width;
    }
    const double labels = 9 * style.gap; // of the logits
    const double between =
        (width - maps - labels) / std::max<double>(1, static_cast<double>(places.size() - 1));
    double x = 0;
    for (std::size_t c = 0; c < places.size(); ++c) {
        Place& place = places[c];
        place.x = std::floor(x);
        place.top += head;
        x += place.cell * place.map.width + between;
    }
    const bool brief = !headsFit(places, style);
    for (std::size_t c = 0; c < places.size(); ++c) {
        addHead(scene, places[c], c, brief);
        addNodes(scene, places, c);
    }
    addEdges(scene, places);
    const double legend =
        addCircuitLegend(scene, head + height + style.gap, width, m_circuit.neurons().has_value());
    scene.setHeight(head + height + style.gap + legend);
    return scene;
}

} // namespace ui
