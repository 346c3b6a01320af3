// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/receptive_field.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/recipe.h"
#include "ui/figures/value_sign.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

const core::Unit& unitAt(const core::Model& model, int unit)
{
    return model.architecture.units()[static_cast<std::size_t>(unit)];
}

HeatMapPointer outputMap(const core::Model& model, int unit, core::Stage stage,
                         const core::NetworkActivations& activations, std::optional<int> channel)
{
    if (!channel)
        return nullptr;
    const core::Unit& what = unitAt(model, unit);
    const auto area = static_cast<std::size_t>(what.shape.area());
    const std::span<const float> values =
        std::span(activations.of(what, stage).values)
            .subspan(static_cast<std::size_t>(*channel) * area, area);
    std::vector<bool> unread = core::readPositions(model.architecture, what.postLayer);
    unread.flip();
    return std::make_shared<HeatMap>(HeatMap{what.shape.height,
                                             what.shape.width,
                                             {values.begin(), values.end()},
                                             {},
                                             std::move(unread),
                                             {}});
}

} // namespace

PairChannelsFigure::PairChannelsFigure(ModelPair pair, PairMode mode, int unit, core::Stage stage,
                                       PairActivations activations)
    : PairFigure(std::move(pair), mode), m_unit(unit), m_stage(stage),
      m_activations(std::move(activations)),
      m_matches(channelMatches(this->pair(), unitAt(model(), unit).name))
{
    fillCells();
}

void PairChannelsFigure::fillCells()
{
    const std::optional<int> other = referenceUnit(m_unit);
    for (const ChannelMatch& match : m_matches) {
        PairCell cell;
        cell.title = match.text();
        if (match.correlation)
            cell.note = QStringLiteral("r %1").arg(*match.correlation, 0, 'f', 3);
        cell.first = outputMap(model(), m_unit, m_stage, *m_activations.current, match.current);
        if (other)
            cell.second =
                outputMap(reference(), *other, m_stage, *m_activations.reference, match.reference);
        m_cells.push_back(std::move(cell));
    }
    const bool positive =
        neverNegative(model().architecture, unitAt(model(), m_unit), m_stage) && other &&
        neverNegative(reference().architecture, unitAt(reference(), *other), m_stage);
    m_scale = commonScale(m_cells, !positive);
    setScale(m_cells, m_scale);
}

QString PairChannelsFigure::title() const
{
    return QStringLiteral("Channels of %1 compared")
        .arg(QString::fromStdString(unitAt(model(), m_unit).name));
}

QString PairChannelsFigure::caption() const
{
    const core::Unit& unit = unitAt(model(), m_unit);
    const QString stage = stageSentence(model().architecture, unit, m_stage);
    const bool correlated = std::ranges::any_of(
        m_matches, [](const ChannelMatch& match) { return match.correlation.has_value(); });
    return QStringLiteral("Outputs of %1%2 for %3: %4. %5%6")
        .arg(QString::fromStdString(unit.name), stage.isEmpty() ? QString() : u' ' + stage,
             m_activations.input, modeText(),
             correlated ? QStringLiteral("Channels are %1. ").arg(matchingText()) : QString(),
             modelsText());
}

Scene PairChannelsFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const core::InputSpec& input = model().architecture.input();
    double scale = std::clamp(0.16 * width / input.width, 2.0, 1.5 * style.gap);
    if (style.wholeScale)
        scale = std::floor(scale);
    const double left = scale * input.width;
    scene.addText({0, 0, left, lineHeight(style.body)}, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("input"), style.body, style.text);
    double y = lineHeight(style.body) + style.gap / 2;
    scene.addMap(
        {kInput, 0}, {0, y, left, scale * input.height},
        std::make_shared<HeatMap>(HeatMap{
            input.height, input.width, m_activations.current->input, greyScale(), {}, {}, false}));
    y += scale * input.height + 2 * style.gap;
    const bool difference = mode() == PairMode::Difference;
    y += addLabelledBar(scene, {0, y}, left, difference ? differenceScale(m_cells) : m_scale,
                        difference ? QStringLiteral("current \u2212 reference")
                                   : QStringLiteral("activation, both"));
    const double indent = left + 3 * style.gap;
    const double height = addPairGrid(scene, {indent, 0}, width - indent,
                                      room > 0 ? room : 0.75 * width, m_cells, mode());
    scene.setHeight(std::max(y, height) + style.line);
    return scene;
}

QString PairChannelsFigure::hoverText(const SceneHit& hit) const
{
    if (hit.key.group == kInput)
        return QStringLiteral("input (%1, %2) = %3")
            .arg(hit.row)
            .arg(hit.column)
            .arg(shortNumber(hit.value));
    const auto index = static_cast<std::size_t>(hit.key.index);
    const ChannelMatch& match = m_matches[index];
    QString text = QStringLiteral("%1 %2 (%3, %4): %5")
                       .arg(QString::fromStdString(unitAt(model(), m_unit).name), match.text())
                       .arg(hit.row)
                       .arg(hit.column)
                       .arg(valuesText(m_cells[index], hit, CellValue::Number));
    if (match.correlation)
        text += QStringLiteral("; r %1").arg(*match.correlation, 0, 'f', 3);
    return text;
}

Selection PairChannelsFigure::chosen(const SceneHit& hit, Selection selection) const
{
    selection.unit = m_unit;
    selection.channel.reset();
    selection.position.reset();
    if (hit.key.group == kInput)
        return selection;
    selection.channel = m_matches[static_cast<std::size_t>(hit.key.index)].current;
    if (selection.channel && hit.key.group != kReferenceMap)
        selection.position = hit.row * unitAt(model(), m_unit).shape.width + hit.column;
    return selection;
}

std::vector<PairMark> PairChannelsFigure::marksOf(const Selection& selection) const
{
    if (selection.unit != m_unit || !selection.channel)
        return {};
    const auto found = std::ranges::find(m_matches, selection.channel, &ChannelMatch::current);
    if (found == m_matches.end())
        return {};
    std::vector<PairMark> marks;
    addMarks(marks, static_cast<std::size_t>(found - m_matches.begin()));
    return marks;
}

std::string PairChannelsFigure::csv() const
{
    CsvWriter writer("unit,current_channel,reference_channel,correlation,row,column,current,"
                     "reference");
    const std::string& unit = unitAt(model(), m_unit).name;
    const auto text = [](const auto& value) {
        return value ? QString::number(*value).toStdString() : std::string();
    };
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const ChannelMatch& match = m_matches[i];
        const std::string current = text(match.current);
        const std::string other = text(match.reference);
        const std::string correlation = text(match.correlation);
        forEachPlace(m_cells[i], [&](int row, int column, const CsvWriter::Field& ours,
                                     const CsvWriter::Field& theirs) {
            writer.line({std::string_view(unit), std::string_view(current), std::string_view(other),
                         std::string_view(correlation), row, column, ours, theirs});
        });
    }
    return std::move(writer).text();
}

QJsonObject PairChannelsFigure::settings() const
{
    return {{QStringLiteral("layer"), QString::fromStdString(unitAt(model(), m_unit).name)},
            {QStringLiteral("stage"), stageText(m_stage)},
            {QStringLiteral("input"), m_activations.input},
            {QStringLiteral("pixels"), packedFloats(m_activations.current->input)},
            {QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
