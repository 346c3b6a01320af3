// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/class_heatmap_figure.h"

#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/kernel_slices.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui
{

namespace
{

constexpr int kVectorBlock = 8; ///< neurons of a plain vector that stand together

std::vector<double> overallMeans(const core::ClassStatistics& statistics)
{
    std::vector<double> means(static_cast<std::size_t>(statistics.features()), 0.0);
    const double images = std::accumulate(statistics.count.begin(), statistics.count.end(), 0.0);
    for (int label = 0; label < statistics.classes() && images > 0; ++label)
        for (int feature = 0; feature < statistics.features(); ++feature)
            means[static_cast<std::size_t>(feature)] +=
                statistics.meanOf(label, feature) *
                statistics.count[static_cast<std::size_t>(label)] / images;
    return means;
}

} // namespace

ClassHeatmapFigure::ClassHeatmapFigure(core::ModelPointer model,
                                       std::shared_ptr<const core::ClassStatistics> statistics,
                                       HeatmapMode mode)
    : SceneFigure(std::move(model)), m_statistics(std::move(statistics)), m_mode(mode),
      m_overall(overallMeans(*m_statistics))
{
}

QString ClassHeatmapFigure::title() const
{
    return QStringLiteral("Class heatmap");
}

QString ClassHeatmapFigure::valueName() const
{
    return m_mode == HeatmapMode::Difference ? QStringLiteral("difference from the overall mean")
                                             : QStringLiteral("mean activation");
}

QString ClassHeatmapFigure::caption() const
{
    const QString what = m_mode == HeatmapMode::Difference
                             ? QStringLiteral("Mean activation less the mean over all images")
                             : QStringLiteral("Mean activation");
    QString stage = m_statistics->stage == core::Stage::Pre
                        ? QStringLiteral("before their activation function")
                        : QStringLiteral("after their activation function");
    if (const auto unit = model().architecture.featureUnit()) {
        const auto& units = model().architecture.units();
        const QString named = stageSentence(
            model().architecture, units[static_cast<std::size_t>(*unit)], m_statistics->stage);
        stage = named.isEmpty() ? QStringLiteral("without an activation function") : named;
    }
    return QStringLiteral("%1 of the %2 feature neurons, %3, for each class; computed on %4. "
                          "Model: %5.")
        .arg(what)
        .arg(m_statistics->features())
        .arg(stage, QString::fromStdString(m_statistics->data), modelText());
}

double ClassHeatmapFigure::value(int label, int feature) const
{
    const double mean = m_statistics->meanOf(label, feature);
    return m_mode == HeatmapMode::Difference ? mean - m_overall[static_cast<std::size_t>(feature)]
                                             : mean;
}

ColourScale ClassHeatmapFigure::scale() const
{
    double bound = 0;
    bool negative = m_mode == HeatmapMode::Difference;
    for (int label = 0; label < m_statistics->classes(); ++label)
        for (int feature = 0; feature < m_statistics->features(); ++feature) {
            const double shown = value(label, feature);
            bound = std::isfinite(shown) ? std::max(bound, std::abs(shown)) : bound;
            negative = negative || shown < 0;
        }
    return negative ? signedScale(bound) : magnitudeScale(bound);
}

std::vector<ClassHeatmapFigure::Columns> ClassHeatmapFigure::columnBlocks() const
{
    const int area = m_statistics->shape.area();
    const int size = area > 1 ? area : kVectorBlock;
    std::vector<Columns> blocks;
    for (int first = 0; first < m_statistics->features(); first += size)
        blocks.push_back({first, std::min(size, m_statistics->features() - first)});
    return blocks;
}

/// A vector is folded into a block.
core::Shape ClassHeatmapFigure::mapShape() const
{
    const core::Shape& shape = m_statistics->shape;
    if (shape.area() > 1)
        return shape;
    const int width = blockWidth(shape.channels);
    return {1, shape.channels / width, width};
}

Scene ClassHeatmapFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double bar = labelledBarHeight(style) + 2 * style.gap;
    const double height = (room > 0 ? room : 0.6 * width) - bar;
    double y =
        m_mode == HeatmapMode::Maps ? addMaps(scene, width, height) : addRows(scene, width, height);
    y += 2 * style.gap;
    y += addLabelledBar(scene, {0, y}, std::min(width, 28 * style.gap), scale(), valueName());
    scene.setHeight(y);
    return scene;
}

double ClassHeatmapFigure::addRows(Scene& scene, double width, double room) const
{
    const FigureStyle& style = scene.style();
    const std::vector<Columns> blocks = columnBlocks();
    const double label = textWidth(style.body, QStringLiteral("0")) + style.gap;
    const double count = textWidth(style.number, QStringLiteral("images")) + 1.5 * style.gap;
    const double inner = width - label - count;
    const double header = lineHeight(style.caption) + style.gap / 4;
    const double footer = lineHeight(style.number);

    // As many blocks a line as keep a cell wide enough to point at.
    const auto cellFor = [&](int perLine) {
        const int columns = perLine * blocks.front().count;
        return (inner - (perLine - 1) * style.gap) / columns;
    };
    int perLine = static_cast<int>(blocks.size());
    const double narrowest = style.wholeScale ? 10 : 6;
    while (perLine > 1 && cellFor(perLine) < narrowest)
        --perLine;
    double cell = std::min(cellFor(perLine), 7 * style.gap);
    if (style.wholeScale)
        cell = std::max(1.0, std::floor(cell));
    const int lines = (static_cast<int>(blocks.size()) + perLine - 1) / perLine;
    const int classes = m_statistics->classes();
    double rowHeight = ((room - lines * (header + footer + style.gap)) / lines) / classes;
    rowHeight =
        std::clamp(rowHeight, std::max(cell, 1.5 * style.gap), std::max(cell, 4 * style.gap));
    if (style.wholeScale)
        rowHeight = std::floor(rowHeight);

    double y = 0;
    for (int first = 0; first < static_cast<int>(blocks.size()); first += perLine) {
        const int last = std::min(first + perLine, static_cast<int>(blocks.size()));
        double x = label;
        const double height = rowHeight * classes;
        for (int index = first; index < last; ++index) {
            const double blockWidth = cell * blocks[static_cast<std::size_t>(index)].count;
            addBlock(scene, index, {x, y + header, blockWidth, height});
            x += blockWidth + style.gap;
        }
        addClassLabels(scene, {0, y + header, label - style.gap, height},
                       {x, y + header, count - style.gap, height});
        y += header + height + footer + style.gap;
    }
    return y - style.gap;
}

void ClassHeatmapFigure::addBlock(Scene& scene, int index, const QRectF& area) const
{
    const FigureStyle& style = scene.style();
    const Columns columns = columnBlocks()[static_cast<std::size_t>(index)];
    const int classes = m_statistics->classes();
    HeatMap map{classes, columns.count, {}, scale(), {}, {}};
    for (int label = 0; label < classes; ++label)
        for (int i = 0; i < columns.count; ++i)
            map.values.push_back(static_cast<float>(value(label, columns.first + i)));
    scene.addMap({Block, index}, area, std::make_shared<HeatMap>(std::move(map)));

    const double line = lineHeight(style.caption);
    const QString title = m_statistics->shape.area() > 1
                              ? QStringLiteral("channel %1").arg(index)
                              : QStringLiteral("%1\u2013%2")
                                    .arg(columns.first)
                                    .arg(columns.first + columns.count - 1);
    scene.addLabel({area.left(), area.top() - line - style.gap / 4, area.width(), line},
                   Qt::AlignLeft | Qt::AlignVCenter, title, style.caption, style.secondaryText);
    if (m_statistics->shape.area() == 1)
        return;
    const double cell = area.width() / columns.count;
    const double widest =
        textWidth(style.number, QString::number(m_statistics->features() - 1)) + style.gap / 4;
    const int every = std::max(1, static_cast<int>(std::ceil(widest / cell)));
    for (int i = 0; i < columns.count; i += every)
        scene.addText({area.left() + i * cell - style.gap, area.bottom() + style.gap / 4,
                       cell + 2 * style.gap, lineHeight(style.number)},
                      Qt::AlignCenter, QString::number(columns.first + i), style.number,
                      style.secondaryText);
}

void ClassHeatmapFigure::addClassLabels(Scene& scene, const QRectF& left, const QRectF& right) const
{
    const FigureStyle& style = scene.style();
    const int classes = m_statistics->classes();
    const double row = left.height() / classes;
    const double line = lineHeight(style.caption);
    scene.addText({right.left(), right.top() - line - style.gap / 4, right.width(), line},
                  Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("images"), style.caption,
                  style.secondaryText);
    for (int label = 0; label < classes; ++label) {
        const double y = left.top() + label * row;
        scene.addText({left.left(), y, left.width(), row}, Qt::AlignRight | Qt::AlignVCenter,
                      QString::number(label), style.body, style.text);
        scene.addText({right.left(), y, right.width(), row}, Qt::AlignRight | Qt::AlignVCenter,
                      grouped(m_statistics->count[static_cast<std::size_t>(label)]), style.number,
                      style.secondaryText);
    }
}

double ClassHeatmapFigure::addMaps(Scene& scene, double width, double room) const
{
    const FigureStyle& style = scene.style();
    const core::Shape shape = mapShape();
    const int classes = m_statistics->classes();
    const double label = m_statistics->shape.area() > 1
                             ? textWidth(style.caption, QStringLiteral("channel 00")) + style.gap
                             : 0;
    const double header = lineHeight(style.body) + style.gap / 2;
    const double footer = lineHeight(style.number) + style.gap / 2;
    const double across = (width - label - (classes - 1) * style.gap) / (classes * shape.width);
    const double down = (room - header - footer - (shape.channels - 1) * style.gap) /
                        (shape.channels * shape.height);
    double cell =
        std::clamp(std::min(across, down), std::min(across, style.gap / 2), 6 * style.gap);
    if (style.wholeScale)
        cell = std::max(1.0, std::floor(cell));
    const double mapWidth = cell * shape.width;
    const double mapHeight = cell * shape.height;
    const double bottom = header + shape.channels * (mapHeight + style.gap) - style.gap;

    for (int digit = 0; digit < classes; ++digit) {
        const double x = label + digit * (mapWidth + style.gap);
        scene.addText({x, 0, mapWidth, lineHeight(style.body)}, Qt::AlignCenter,
                      QString::number(digit), style.body, style.text);
        scene.addText({x - style.gap, bottom + style.gap / 2, mapWidth + 2 * style.gap,
                       lineHeight(style.number)},
                      Qt::AlignCenter,
                      grouped(m_statistics->count[static_cast<std::size_t>(digit)]), style.number,
                      style.secondaryText);
        for (int channel = 0; channel < shape.channels; ++channel) {
            HeatMap map{shape.height, shape.width, {}, scale(), {}, {}};
            for (int i = 0; i < shape.area(); ++i) {
                const int feature = channel * shape.area() + i;
                map.values.push_back(static_cast<float>(value(digit, feature)));
            }
            scene.addMap({Map, channel * classes + digit},
                         {x, header + channel * (mapHeight + style.gap), mapWidth, mapHeight},
                         std::make_shared<HeatMap>(std::move(map)));
        }
    }
    if (m_statistics->shape.area() > 1)
        for (int channel = 0; channel < shape.channels; ++channel)
            scene.addText(
                {0, header + channel * (mapHeight + style.gap), label - style.gap, mapHeight},
                Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("channel %1").arg(channel),
                style.caption, style.secondaryText);
    scene.addText({0, bottom + style.gap / 2, label - style.gap, lineHeight(style.number)},
                  Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("images"), style.caption,
                  style.secondaryText);
    return bottom + footer;
}

FeatureCell ClassHeatmapFigure::cellAt(const SceneHit& hit) const
{
    FeatureCell cell;
    if (m_mode == HeatmapMode::Maps) {
        const core::Shape shape = mapShape();
        cell.label = hit.key.index % m_statistics->classes();
        cell.feature = hit.key.index / m_statistics->classes() * shape.area() +
                       hit.row * shape.width + hit.column;
    } else {
        cell.label = hit.row;
        cell.feature = columnBlocks()[static_cast<std::size_t>(hit.key.index)].first + hit.column;
    }
    return cell;
}

SceneHit ClassHeatmapFigure::hitOf(const FeatureCell& cell) const
{
    SceneHit hit;
    hit.value = static_cast<float>(value(cell.label, cell.feature));
    if (m_mode == HeatmapMode::Maps) {
        const core::Shape shape = mapShape();
        const int within = cell.feature % shape.area();
        hit.key = {Map, cell.feature / shape.area() * m_statistics->classes() + cell.label};
        hit.row = within / shape.width;
        hit.column = within % shape.width;
        return hit;
    }
    const int size = columnBlocks().front().count;
    hit.key = {Block, cell.feature / size};
    hit.row = cell.label;
    hit.column = cell.feature % size;
    return hit;
}

std::string ClassHeatmapFigure::csv() const
{
    CsvWriter writer("class,feature,channel,row,column,count,mean,std,difference");
    const core::Shape& shape = m_statistics->shape;
    for (int label = 0; label < m_statistics->classes(); ++label)
        for (int feature = 0; feature < m_statistics->features(); ++feature) {
            const int within = feature % shape.area();
            const double mean = m_statistics->meanOf(label, feature);
            writer.line({label, feature, feature / shape.area(), within / shape.width,
                         within % shape.width, m_statistics->count[static_cast<std::size_t>(label)],
                         mean, m_statistics->deviationOf(label, feature),
                         mean - m_overall[static_cast<std::size_t>(feature)]});
        }
    return std::move(writer).text();
}

bool ClassHeatmapFigure::isStored() const
{
    const auto& stored = model().classStatistics;
    return stored && stored->data == m_statistics->data && stored->stage == m_statistics->stage &&
           stored->mean == m_statistics->mean && stored->deviation == m_statistics->deviation;
}

QJsonObject ClassHeatmapFigure::settings() const
{
    static constexpr const char* kModes[] = {"rows", "maps", "difference"};
    return {{QStringLiteral("mode"), QLatin1String(kModes[static_cast<std::size_t>(m_mode)])},
            {QStringLiteral("stored"), isStored()},
            {QStringLiteral("stage"), stageText(m_statistics->stage)},
            {QStringLiteral("data"), QString::fromStdString(m_statistics->data)}};
}

std::unique_ptr<Figure> classHeatmapFigure(core::ModelPointer model,
                                           std::shared_ptr<const core::ClassStatistics> statistics,
                                           HeatmapMode mode)
{
    return std::make_unique<ClassHeatmapFigure>(std::move(model), std::move(statistics), mode);
}

} // namespace ui
