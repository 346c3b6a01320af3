// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pair_heatmap.h"

#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

const std::string& ownerName(const core::Model& model)
{
    return model.architecture.units()[static_cast<std::size_t>(featureOwner(model.architecture))]
        .name;
}

HeatMapPointer block(const core::ClassStatistics& statistics, std::optional<int> channel)
{
    if (!channel || *channel >= statistics.shape.channels)
        return nullptr;
    const int area = statistics.shape.area();
    HeatMap map{statistics.classes(), area, {}, {}, {}, {}};
    for (int label = 0; label < statistics.classes(); ++label)
        for (int i = 0; i < area; ++i)
            map.values.push_back(static_cast<float>(statistics.meanOf(label, *channel * area + i)));
    return std::make_shared<HeatMap>(std::move(map));
}

bool hasNegative(const core::ClassStatistics& statistics)
{
    return std::ranges::any_of(statistics.mean, [](double mean) { return mean < 0; });
}

QString panelName(PairGroup group)
{
    return group == kCurrentMap     ? QStringLiteral("current")
           : group == kReferenceMap ? QStringLiteral("reference")
                                    : QStringLiteral("current \u2212 reference");
}

std::vector<PairGroup> panelsOf(PairMode mode)
{
    switch (mode) {
    case PairMode::SideBySide:
        return {kCurrentMap, kReferenceMap};
    case PairMode::Difference:
        return {kDifferenceMap};
    case PairMode::Reference:
        return {kReferenceMap};
    default:
        return {kCurrentMap};
    }
}

} // namespace

PairHeatmapFigure::PairHeatmapFigure(ModelPair pair, PairMode mode,
                                     std::shared_ptr<const PairStatistics> statistics)
    : PairFigure(std::move(pair), mode), m_statistics(std::move(statistics))
{
    const core::ClassStatistics& current = m_statistics->current;
    const core::ClassStatistics& other = m_statistics->reference;
    m_matches = ownerName(model()) == ownerName(reference())
                    ? channelMatches(this->pair(), ownerName(model()))
                    : equalMatches(current.shape.channels, other.shape.channels);
    for (const ChannelMatch& match : m_matches) {
        PairCell cell{
            match.text(), {}, block(current, match.current), block(other, match.reference)};
        if (match.correlation)
            cell.note = QStringLiteral("r %1").arg(*match.correlation, 0, 'f', 2);
        m_blocks.push_back(std::move(cell));
    }
    m_scale = commonScale(m_blocks, hasNegative(current) || hasNegative(other));
    setScale(m_blocks, m_scale);
}

QString PairHeatmapFigure::title() const
{
    return QStringLiteral("Class heatmaps compared");
}

QString PairHeatmapFigure::caption() const
{
    const core::ClassStatistics& statistics = m_statistics->current;
    QString stage;
    if (const auto unit = model().architecture.featureUnit())
        stage = stageSentence(model().architecture,
                              model().architecture.units()[static_cast<std::size_t>(*unit)],
                              statistics.stage);
    return QStringLiteral("Mean activation of the feature neurons%1 for each class, computed on "
                          "%2: %3. Channels are %4. %5")
        .arg(stage.isEmpty() ? QString() : u' ' + stage, QString::fromStdString(statistics.data),
             modeText(), matchingText(), modelsText());
}

int PairHeatmapFigure::blockColumns() const
{
    return std::max(m_statistics->current.shape.area(), m_statistics->reference.shape.area());
}

ColourScale PairHeatmapFigure::scaleOf(PairGroup group) const
{
    return group == kDifferenceMap ? differenceScale(m_blocks) : m_scale;
}

Scene PairHeatmapFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const auto panels = panelsOf(mode());
    const double label = textWidth(style.body, QStringLiteral("0")) + style.gap;
    const double header = lineHeight(style.caption) + style.gap / 2;
    const auto inner = [&](std::size_t blocks) {
        return width - label - (static_cast<double>(blocks) - 1) * style.gap;
    };
    std::size_t perLine = m_blocks.size();
    const double narrowest = style.wholeScale ? 8 : 4;
    const auto cellFor = [&](std::size_t blocks) {
        return inner(blocks) /
               static_cast<double>(blocks * static_cast<std::size_t>(blockColumns()));
    };
    while (perLine > 1 && cellFor(perLine) < narrowest)
        --perLine;
    double cell = std::min(cellFor(perLine), 6 * style.gap);
    if (style.wholeScale)
        cell = std::max(1.0, std::floor(cell));
    const std::size_t lines = (m_blocks.size() + perLine - 1) / perLine;
    const double bar = labelledBarHeight(style) + 2 * style.gap;
    const auto panelCount = static_cast<double>(lines * panels.size());
    double row = ((room > 0 ? room : 0.7 * width) - bar) / panelCount - 2 * header;
    row = std::clamp(row / classes(), 1.5 * style.gap, 3.5 * style.gap);
    if (style.wholeScale)
        row = std::floor(row);

    double y = 0;
    for (std::size_t line = 0; line < lines; ++line)
        for (const PairGroup group : panels) {
            const std::size_t first = line * perLine;
            const std::size_t last = std::min(first + perLine, m_blocks.size());
            scene.addText({0, y, width, lineHeight(style.caption)},
                          Qt::AlignLeft | Qt::AlignVCenter, panelName(group), style.caption,
                          style.text);
            y += header;
            const double height = row * classes();
            addPanel(scene, {first, last, {label, y + header, 0, height}, cell}, group);
            y += header + height + style.gap;
        }
    y += style.gap;
    const PairGroup shown = panels.front();
    y += addLabelledBar(scene, {0, y}, std::min(width, 28 * style.gap), scaleOf(shown),
                        shown == kDifferenceMap
                            ? QStringLiteral("mean activation, current \u2212 reference")
                            : QStringLiteral("mean activation, both models"));
    scene.setHeight(y);
    return scene;
}

void PairHeatmapFigure::addPanel(Scene& scene, const Line& line, PairGroup group) const
{
    const FigureStyle& style = scene.style();
    const double row = line.area.height() / classes();
    for (int label = 0; label < classes(); ++label)
        scene.addText({0, line.area.top() + label * row, line.area.left() - style.gap, row},
                      Qt::AlignRight | Qt::AlignVCenter, QString::number(label), style.body,
                      style.text);
    const double width = line.cell * blockColumns();
    double x = line.area.left();
    for (std::size_t index = line.first; index < line.last; ++index) {
        addBlock(scene, {x, line.area.top(), width, line.area.height()}, index, group, line.cell);
        x += width + style.gap;
    }
}

void PairHeatmapFigure::addBlock(Scene& scene, const QRectF& area, std::size_t index,
                                 PairGroup group, double cell) const
{
    const FigureStyle& style = scene.style();
    const PairCell& block = m_blocks[index];
    const double line = lineHeight(style.caption);
    const QRectF header(area.left(), area.top() - line - style.gap / 4, area.width(), line);
    const QString full =
        block.note.isEmpty() ? block.title : block.title + QStringLiteral("   ") + block.note;
    const auto fits = [&](const QString& text) {
        return textWidth(style.caption, text) <= area.width() + style.gap / 2;
    };
    const QString text = fits(full)          ? full
                         : fits(block.title) ? block.title
                                             : m_matches[index].brief();
    scene.addText(header, Qt::AlignLeft | Qt::AlignVCenter, text, style.caption,
                  style.secondaryText);
    HeatMapPointer map = group == kCurrentMap ? block.first : block.second;
    if (group == kDifferenceMap) {
        const bool comparable =
            block.first && block.second && block.first->columns == block.second->columns;
        map = comparable ? differenceMap(*block.first, *block.second, scaleOf(group)) : nullptr;
    }
    if (map) {
        scene.addMap({group, static_cast<int>(index)},
                     {area.left(), area.top(), cell * map->columns, area.height()}, map);
        return;
    }
    scene.addBox(area, {}, style.hairline);
    if (textWidth(style.caption, QStringLiteral("no partner")) < area.width())
        scene.addText(area, Qt::AlignCenter, QStringLiteral("no partner"), style.caption,
                      style.secondaryText);
}

QString PairHeatmapFigure::hoverText(const SceneHit& hit) const
{
    const auto index = static_cast<std::size_t>(hit.key.index);
    const PairCell& block = m_blocks[index];
    const int columns = std::max(1, m_statistics->current.shape.width);
    const QString place =
        blockColumns() > 1
            ? QStringLiteral(" (%1, %2)").arg(hit.column / columns).arg(hit.column % columns)
            : QString();
    return QStringLiteral("class %1, channel %2%3: mean %4")
        .arg(hit.row)
        .arg(block.title, place, valuesText(block, hit, CellValue::Number));
}

Selection PairHeatmapFigure::chosen(const SceneHit& hit, Selection selection) const
{
    selection.unit = featureOwner(model().architecture);
    selection.channel = m_matches[static_cast<std::size_t>(hit.key.index)].current;
    selection.position.reset();
    if (selection.channel && model().architecture.featureUnit() && hit.key.group != kReferenceMap)
        selection.position = hit.column;
    selection.label = hit.row;
    return selection;
}

std::vector<PairMark> PairHeatmapFigure::marksOf(const Selection& selection) const
{
    std::vector<PairMark> marks;
    if (selection.unit != featureOwner(model().architecture) || !selection.channel)
        return marks;
    const auto found = std::ranges::find(m_matches, selection.channel, &ChannelMatch::current);
    if (found == m_matches.end())
        return marks;
    std::optional<QRect> neuron;
    if (selection.label && selection.position)
        neuron = QRect(*selection.position, *selection.label, 1, 1);
    addMarks(marks, static_cast<std::size_t>(found - m_matches.begin()), neuron);
    return marks;
}

std::string PairHeatmapFigure::csv() const
{
    CsvWriter writer("class,channel,feature,current,reference");
    for (const PairCell& block : m_blocks) {
        const std::string name = block.title.toStdString();
        for (int label = 0; label < classes(); ++label)
            for (int i = 0; i < blockColumns(); ++i) {
                const auto value = [&](const HeatMapPointer& map) -> CsvWriter::Field {
                    if (!map || i >= map->columns)
                        return std::string_view();
                    return map->at(label, i);
                };
                writer.line(
                    {label, std::string_view(name), i, value(block.first), value(block.second)});
            }
    }
    return std::move(writer).text();
}

QJsonObject PairHeatmapFigure::settings() const
{
    return {{QStringLiteral("stage"), stageText(m_statistics->current.stage)},
            {QStringLiteral("data"), QString::fromStdString(m_statistics->current.data)}};
}

} // namespace ui
