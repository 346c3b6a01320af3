// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_circuit.h"

#include "ui/figures/circuit_edges.h"
#include "ui/figures/csv.h"
#include "ui/figures/heat_map.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <map>

namespace ui
{

namespace
{

core::Circuit circuitOf(const core::Model& model)
{
    return core::circuitOf(model.architecture, model.parameters);
}

std::optional<core::CircuitPair> circuitsOf(const ModelPair& pair)
{
    return core::pairedCircuits(circuitOf(*pair.reference), circuitOf(*pair.current),
                                pair.comparison->units);
}

QString shortNode(const core::CircuitPlace& place)
{
    return ChannelMatch{place.b, place.a, {}}.brief();
}

} // namespace

PairCircuitFigure::PairCircuitFigure(ModelPair pair, PairMode mode, Chosen chosen)
    : PairFigure(std::move(pair), mode), m_circuits(circuitsOf(this->pair()).value()),
      m_chosen(std::move(chosen))
{
    m_chosen.resize(m_circuits.places.size());
    for (std::size_t c = 0; c < m_chosen.size(); ++c)
        if (m_chosen[c]) {
            const auto found =
                std::ranges::find(m_circuits.places[c], m_chosen[c], &core::CircuitPlace::b);
            m_chosen[c] =
                found == m_circuits.places[c].end()
                    ? std::nullopt
                    : std::optional(static_cast<int>(found - m_circuits.places[c].begin()));
        }
}

bool PairCircuitFigure::fits(const ModelPair& pair)
{
    const auto small = [](const core::Model& model) {
        return std::ranges::all_of(model.architecture.units(), [](const core::Unit& unit) {
            return unit.shape.channels <= kMostNodes / 2;
        });
    };
    return small(*pair.current) && small(*pair.reference) && circuitsOf(pair).has_value();
}

QString PairCircuitFigure::title() const
{
    return QStringLiteral("Circuits compared");
}

QString PairCircuitFigure::caption() const
{
    QString text =
        QStringLiteral("Circuits: %1. Edges: of a convolution the norm of the kernel with the sign "
                       "of its sum, of a linear layer the weight; width and strength of colour in "
                       "proportion to the layer's largest%2, those below %3 % of it left out. ")
            .arg(modeText(), mode() == PairMode::Difference ? QStringLiteral(" difference")
                                                            : QStringLiteral(" in either model"))
            .arg(std::lround(100 * kThreshold));
    if (std::ranges::any_of(m_chosen, [](const auto& node) { return node.has_value(); }))
        text += QStringLiteral("Only paths through what is selected. ");
    return text + QStringLiteral("Channels are %1. %2").arg(matchingText(), modelsText());
}

std::vector<PairCircuitFigure::Panel> PairCircuitFigure::panels() const
{
    const Panel current{&m_circuits.b, QStringLiteral("current"), kCurrentNode,
                        &core::CircuitPlace::b};
    const Panel other{&m_circuits.a, QStringLiteral("reference"), kReferenceNode,
                      &core::CircuitPlace::a};
    switch (mode()) {
    case PairMode::Difference:
        return {{&m_circuits.difference, QStringLiteral("current \u2212 reference"),
                 kDifferenceNode, nullptr}};
    case PairMode::Current:
        return {current};
    case PairMode::Reference:
        return {other};
    default:
        return {current, other};
    }
}

Scene PairCircuitFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const std::vector<Panel> shown = panels();
    const auto count = static_cast<double>(shown.size());
    const double foot = lineHeight(style.caption) + style.gap;
    const double gap = 2 * style.gap;
    const double all = (room > 0 ? room : 0.9 * width) - foot - count * gap;
    const double height = std::max(all / count, 24 * style.gap);
    double y = 0;
    for (const Panel& panel : shown)
        y += addPanel(scene, panel, y, width, height) + gap;
    y += addCircuitLegend(scene, y, width, m_circuits.b.neurons().has_value());
    scene.setHeight(y + style.line);
    return scene;
}

double PairCircuitFigure::addPanel(Scene& scene, const Panel& panel, double top, double width,
                                   double height) const
{
    const FigureStyle& style = scene.style();
    const double line = lineHeight(style.caption);
    scene.addText({0, top, width, lineHeight(style.body)}, Qt::AlignLeft | Qt::AlignVCenter,
                  panel.name, style.body, style.text);
    const double head = lineHeight(style.body) + 2 * line + style.gap;
    const double labels = 6 * style.gap; // of the digits
    const auto last = static_cast<double>(std::max<std::size_t>(1, m_circuits.places.size() - 1));
    std::vector<std::vector<QRectF>> areas;
    for (std::size_t c = 0; c < m_circuits.places.size(); ++c) {
        const double x =
            std::floor(static_cast<double>(c) / last * (width - labels - 3 * style.gap));
        areas.push_back(areasOf(c, x, top + head, height - head, style));
    }
    const auto shown = core::shownEdges(*panel.circuit, kThreshold, m_chosen);
    for (std::size_t c = 0; c < areas.size(); ++c) {
        if (c > 0)
            addCircuitEdges(
                scene, panel.circuit->columns[c], shown[c],
                [&](int node) { return areas[c - 1][static_cast<std::size_t>(node)]; },
                [&](int node) { return areas[c][static_cast<std::size_t>(node)]; });
        addColumn(scene, panel, c, areas[c]);
        const core::CircuitColumn& column = panel.circuit->columns[c];
        QRectF box(areas[c].front().center().x() - 6 * style.gap,
                   top + lineHeight(style.body) + style.gap / 2, 12 * style.gap, line);
        if (c == 0)
            box.moveLeft(0);
        const auto side = Qt::AlignVCenter | (c == 0 ? Qt::AlignLeft : Qt::AlignHCenter);
        scene.addText(box, side, QString::fromStdString(column.name), style.caption, style.text);
        if (column.largest > 0)
            scene.addText(box.translated(0, line), side,
                          QStringLiteral("largest %1").arg(shortNumber(column.largest, 2)),
                          style.caption, style.secondaryText);
    }
    return height;
}

/// From top to bottom, in the middle of the height; as large as there is room for.
std::vector<QRectF> PairCircuitFigure::areasOf(std::size_t column, double x, double top,
                                               double height, const FigureStyle& style) const
{
    const auto nodes = static_cast<int>(m_circuits.places[column].size());
    const double pitch = std::min(height / std::max(1, nodes), 7 * style.gap);
    const double size = std::clamp(0.6 * pitch, 2.0, 3 * style.gap);
    const double first = top + (height - pitch * nodes) / 2;
    std::vector<QRectF> areas;
    for (int node = 0; node < nodes; ++node)
        areas.emplace_back(x, std::floor(first + node * pitch + (pitch - size) / 2), size, size);
    return areas;
}

/// A node that the model has is filled, one that only the other has an outline.
void PairCircuitFigure::addColumn(Scene& scene, const Panel& panel, std::size_t column,
                                  const std::vector<QRectF>& areas) const
{
    const FigureStyle& style = scene.style();
    const bool last = column + 1 == m_circuits.places.size();
    const bool named = last || (column > 0 && m_circuits.b.columns[column].unit);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const core::CircuitPlace& place = m_circuits.places[column][i];
        const QRectF& area = areas[i];
        const bool there =
            panel.member != nullptr ? (place.*panel.member).has_value() : place.a && place.b;
        scene.addBox(area, there ? style.secondaryText : style.background,
                     there ? QColor() : style.secondaryText);
        scene.addPlace({panel.group + static_cast<int>(column), static_cast<int>(i)},
                       area.adjusted(-1, -1, 1, 1));
        if (!named)
            continue;
        const QString text = panel.member == nullptr ? placeText(column, static_cast<int>(i))
                             : there                 ? QString::number(*(place.*panel.member))
                                                     : QStringLiteral("\u2013");
        const double line = lineHeight(style.caption);
        if (last && area.height() + 1 < line && i % 2 == 1)
            continue; // no room for every digit
        scene.addText(
            last ? QRectF(area.right() + style.gap / 2, area.top(), 6 * style.gap, area.height())
                 : QRectF(area.center().x() - 4 * style.gap, area.bottom(), 8 * style.gap, line),
            last ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignCenter, text, style.caption,
            style.text);
    }
}

QString PairCircuitFigure::placeText(std::size_t column, int place) const
{
    const core::CircuitPlace& one = m_circuits.places[column][static_cast<std::size_t>(place)];
    return column + 1 == m_circuits.places.size() && one.a == one.b ? QString::number(*one.b)
                                                                    : shortNode(one);
}

QString PairCircuitFigure::hoverText(const SceneHit& hit) const
{
    const auto column = static_cast<std::size_t>(hit.key.group % kReferenceNode);
    const core::CircuitColumn& current = m_circuits.b.columns[column];
    QString text = QStringLiteral("%1 %2").arg(QString::fromStdString(current.name),
                                               placeText(column, hit.key.index));
    if (column == 0)
        return QString::fromStdString(current.name);
    if (current.largest == 0)
        return text;
    std::map<int, std::pair<double, double>> reads; // by the place before: current, reference
    for (const core::CircuitEdge& edge : current.edges)
        if (edge.to == hit.key.index)
            reads[edge.from].first = edge.weight;
    for (const core::CircuitEdge& edge : m_circuits.a.columns[column].edges)
        if (edge.to == hit.key.index)
            reads[edge.from].second = edge.weight;
    std::vector<std::pair<int, std::pair<double, double>>> order(reads.begin(), reads.end());
    std::ranges::stable_sort(order, std::greater(), [](const auto& entry) {
        return std::max(std::abs(entry.second.first), std::abs(entry.second.second));
    });
    constexpr std::size_t kNamed = 4;
    for (std::size_t i = 0; i < std::min(kNamed, order.size()); ++i)
        text +=
            QStringLiteral("%1 %2: %3 | %4")
                .arg(i == 0 ? QStringLiteral(", reads (current | reference)") : QStringLiteral(","),
                     placeText(column - 1, order[i].first), shortNumber(order[i].second.first, 2),
                     shortNumber(order[i].second.second, 2));
    if (order.size() > kNamed)
        text += QStringLiteral(" and %1 more").arg(order.size() - kNamed);
    return text;
}

std::optional<PairCircuitFigure::Node> PairCircuitFigure::nodeAt(const SceneHit& hit) const
{
    const int column = hit.key.group % kReferenceNode;
    const auto& place =
        m_circuits
            .places[static_cast<std::size_t>(column)][static_cast<std::size_t>(hit.key.index)];
    if (!place.b)
        return std::nullopt;
    return Node{column, *place.b};
}

std::vector<PairMark> PairCircuitFigure::marksOf(const Selection&) const
{
    std::vector<PairMark> marks;
    for (std::size_t c = 0; c < m_chosen.size(); ++c)
        if (m_chosen[c])
            for (const Panel& panel : panels())
                marks.push_back({{panel.group + static_cast<int>(c), *m_chosen[c]}, {}});
    return marks;
}

std::string PairCircuitFigure::csv() const
{
    CsvWriter writer("layer,from,to,current,reference");
    for (std::size_t c = 1; c < m_circuits.places.size(); ++c) {
        const core::CircuitColumn& current = m_circuits.b.columns[c];
        if (current.largest == 0)
            continue;
        std::map<std::pair<int, int>, std::pair<double, double>> edges;
        for (const core::CircuitEdge& edge : current.edges)
            edges[{edge.from, edge.to}].first = edge.weight;
        for (const core::CircuitEdge& edge : m_circuits.a.columns[c].edges)
            edges[{edge.from, edge.to}].second = edge.weight;
        for (const auto& [ends, weights] : edges) {
            const std::string from = placeText(c - 1, ends.first).toStdString();
            const std::string to = placeText(c, ends.second).toStdString();
            writer.line({std::string_view(current.name), std::string_view(from),
                         std::string_view(to), weights.first, weights.second});
        }
    }
    return std::move(writer).text();
}

QJsonObject PairCircuitFigure::settings() const
{
    QJsonArray nodes;
    for (std::size_t c = 0; c < m_chosen.size(); ++c) {
        const auto place = m_chosen[c];
        const auto node =
            place ? m_circuits.places[c][static_cast<std::size_t>(*place)].b : std::nullopt;
        nodes.append(node ? QJsonValue(*node) : QJsonValue());
    }
    return {{QStringLiteral("threshold"), kThreshold},
            {QStringLiteral("nodes"), nodes},
            {QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
