// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/circuit_figure.h"

#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

QString signedNumber(double value)
{
    return value > 0 ? u'+' + shortNumber(value, 2) : shortNumber(value, 2);
}

} // namespace

CircuitFigure::CircuitFigure(core::ModelPointer model, CircuitOptions options)
    : SceneFigure(std::move(model)), m_options(std::move(options)),
      m_circuit(core::circuitOf(this->model().architecture, this->model().parameters)),
      m_shown(core::shownEdges(m_circuit, m_options.threshold, m_options.chosen))
{
}

QString CircuitFigure::title() const
{
    return QStringLiteral("Circuit of %1").arg(QString::fromStdString(model().name));
}

QString CircuitFigure::caption() const
{
    QString text =
        modelText() +
        QStringLiteral(". Edges: of a convolution the norm of the kernel with the sign of its sum, "
                       "of a linear layer the weight; width and strength of colour in proportion "
                       "to the layer's largest, those below %1 % of it left out.")
            .arg(std::lround(100 * m_options.threshold));
    QStringList through;
    for (std::size_t c = 0; c < m_options.chosen.size() && c < m_circuit.columns.size(); ++c)
        if (m_options.chosen[c])
            through << nodeName(static_cast<int>(c), *m_options.chosen[c]);
    if (!through.isEmpty())
        text += QStringLiteral(" Only paths through %1.").arg(through.join(QStringLiteral(", ")));
    if (m_options.activations != nullptr)
        text +=
            QStringLiteral(" Nodes: outputs for %1, a range for each column.").arg(m_options.input);
    return text;
}

bool CircuitFigure::drawable() const
{
    return std::ranges::all_of(m_circuit.columns,
                               [](const auto& column) { return column.nodes <= kMostNodes; });
}

QString CircuitFigure::nodeName(int column, int node) const
{
    const core::CircuitColumn& one = m_circuit.columns[static_cast<std::size_t>(column)];
    const QString name = QString::fromStdString(one.name);
    if (column == 0)
        return name;
    if (!one.unit)
        return QStringLiteral("neuron %1").arg(node);
    const bool vector =
        model().architecture.units()[static_cast<std::size_t>(*one.unit)].shape.area() == 1;
    return vector ? QStringLiteral("%1 %2").arg(name).arg(node)
                  : QStringLiteral("%1 channel %2").arg(name).arg(node);
}

QString CircuitFigure::describe(int column, int node) const
{
    const core::CircuitColumn& one = m_circuit.columns[static_cast<std::size_t>(column)];
    QString text = nodeName(column, node);
    if (column == 0 || one.largest == 0)
        return text;
    std::vector<core::CircuitEdge> edges;
    std::ranges::copy_if(one.edges, std::back_inserter(edges),
                         [&](const auto& edge) { return edge.to == node; });
    std::ranges::stable_sort(edges, std::greater(),
                             [](const auto& edge) { return std::abs(edge.weight); });
    constexpr std::size_t kNamed = 5;
    QStringList parts;
    for (const core::CircuitEdge& edge : edges)
        if (static_cast<std::size_t>(parts.size()) < kNamed)
            parts << QStringLiteral("%1 %2").arg(edge.from).arg(signedNumber(edge.weight));
    const QString before =
        QString::fromStdString(m_circuit.columns[static_cast<std::size_t>(column - 1)].name);
    text += parts.isEmpty() ? QStringLiteral(", reads nothing")
                            : QStringLiteral(", reads %1: %2").arg(before, parts.join(u", "));
    if (edges.size() > kNamed)
        text += QStringLiteral(" and %1 more").arg(edges.size() - kNamed);
    return text;
}

const core::CircuitEdge& CircuitFigure::edgeAt(MapKey key) const
{
    return m_circuit.columns[static_cast<std::size_t>(-key.group)]
        .edges[static_cast<std::size_t>(key.index)];
}

QString CircuitFigure::describeEdge(MapKey key) const
{
    const int to = -key.group;
    const core::CircuitColumn& column = m_circuit.columns[static_cast<std::size_t>(to)];
    const core::CircuitEdge& edge = edgeAt(key);
    const QString reader = nodeName(to, edge.to);
    const QString read = nodeName(to - 1, edge.from);
    if (column.largest == 0)
        return QStringLiteral("%1 is an output of %2").arg(reader, read);
    const core::Unit& unit =
        model().architecture.units()[static_cast<std::size_t>(column.unit.value_or(0))];
    const core::ParameterSlice* slice =
        model().parameters.find(unit.weightLayer, core::ParameterRole::Weight);
    // A single number, where the layer reads as many as there are nodes.
    const bool weight =
        slice != nullptr && slice->shape.size() == 2 &&
        slice->shape[1] == m_circuit.columns[static_cast<std::size_t>(to - 1)].nodes;
    return QStringLiteral("%1 reads %2: %3 %4, %5 % of the layer's largest")
        .arg(reader, read, weight ? QStringLiteral("weight") : QStringLiteral("norm"),
             signedNumber(edge.weight))
        .arg(std::lround(100 * std::abs(edge.weight) / column.largest));
}

std::optional<core::AblationTarget> CircuitFigure::targetOf(int column, int node) const
{
    if (column <= 0)
        return std::nullopt;
    const auto& unit = m_circuit.columns[static_cast<std::size_t>(column)].unit;
    return unit ? core::AblationTarget(core::ChannelTarget{*unit, node})
                : core::AblationTarget(core::NeuronTarget{node});
}

std::string CircuitFigure::csv() const
{
    CsvWriter writer("from,to,weight,shown");
    for (std::size_t c = 1; c < m_circuit.columns.size(); ++c) {
        const core::CircuitColumn& column = m_circuit.columns[c];
        for (std::size_t i = 0; i < column.edges.size() && column.largest > 0; ++i) {
            const core::CircuitEdge& edge = column.edges[i];
            const std::string from = nodeName(static_cast<int>(c) - 1, edge.from).toStdString();
            const std::string to = nodeName(static_cast<int>(c), edge.to).toStdString();
            writer.line(
                {std::string_view(from), std::string_view(to), edge.weight, m_shown[c][i] ? 1 : 0});
        }
    }
    return std::move(writer).text();
}

QJsonObject CircuitFigure::settings() const
{
    QJsonArray chosen;
    for (std::size_t c = 0; c < m_options.chosen.size() && c < m_circuit.columns.size(); ++c)
        if (m_options.chosen[c])
            chosen.append(nodeName(static_cast<int>(c), *m_options.chosen[c]));
    QJsonArray nodes; // as `chosen`, for who renders it again
    for (const std::optional<int>& node : m_options.chosen)
        nodes.append(node ? QJsonValue(*node) : QJsonValue());
    QJsonObject object{{QStringLiteral("threshold"), m_options.threshold},
                       {QStringLiteral("chosen"), chosen},
                       {QStringLiteral("nodes"), nodes},
                       {QStringLiteral("input"), m_options.input}};
    if (m_options.activations != nullptr)
        object.insert(QStringLiteral("pixels"), packedFloats(m_options.activations->input));
    return object;
}

} // namespace ui
