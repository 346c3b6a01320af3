// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/maximization_figure.h"

#include "core/inspect/receptive_field.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

/// Marks what the target's objective can't depend on.
std::vector<bool> unseen(const core::Architecture& architecture, const core::Objective& objective)
{
    std::vector<bool> marks;
    if (!objective.position) {
        marks = core::seenPixels(architecture, objective.layer);
        marks.flip();
        return marks;
    }
    const int columns = architecture.outputOf(objective.layer).width;
    const core::PixelWindow window =
        core::receptiveWindow(architecture, objective.layer, *objective.position / columns,
                              *objective.position % columns);
    for (int row = 0; row < architecture.input().height; ++row)
        for (int column = 0; column < architecture.input().width; ++column)
            marks.push_back(!window.contains(row, column));
    return marks;
}

/// "0.12 -> 8.31" in as many digits as the width has room for; at least the end.
QString objectiveText(double start, double end, double width, const QFont& font)
{
    const QString arrow(QChar(u'\u2192'));
    const QString texts[] = {shortNumber(start, 2) + u' ' + arrow + u' ' + shortNumber(end, 2),
                             shortNumber(start, 2) + arrow + shortNumber(end, 2),
                             shortNumber(start, 1) + arrow + shortNumber(end, 1),
                             shortNumber(start, 1) + arrow + shortNumber(end, 0),
                             shortNumber(start, 0) + arrow + shortNumber(end, 0)};
    for (const QString& text : texts)
        if (textWidth(font, text) <= width)
            return text;
    return arrow + shortNumber(end, 0);
}

} // namespace

std::shared_ptr<const core::Maximization>
onlyGroup(const std::shared_ptr<const core::Maximization>& result, const std::string& group)
{
    if (result == nullptr || group.empty())
        return result;
    core::Maximization part;
    part.steps = result->steps;
    part.stopped = result->stopped;
    const std::size_t area =
        result->images.size() / std::max<std::size_t>(1, result->targets.size());
    for (std::size_t i = 0; i < result->targets.size(); ++i) {
        if (result->targets[i].layer != group)
            continue;
        const auto pixels = std::span(result->images).subspan(i * area, area);
        part.targets.push_back(result->targets[i]);
        part.images.insert(part.images.end(), pixels.begin(), pixels.end());
        part.start.push_back(result->start[i]);
        part.end.push_back(result->end[i]);
    }
    return std::make_shared<const core::Maximization>(std::move(part));
}

ColourScale pixelScale(const core::Maximization& result, core::PixelRange range)
{
    constexpr double kGrey = 0.5;
    double reach = kGrey;
    if (range == core::PixelRange::Free)
        for (const float pixel : result.images)
            reach = std::isfinite(pixel) ? std::max(reach, std::abs(pixel - kGrey)) : reach;
    return {ColourMap::Grey, kGrey - reach, kGrey + reach};
}

QString shortName(const core::MaximizerTarget& target)
{
    if (target.layer == "neurons")
        return QStringLiteral("neuron %1").arg(target.index);
    if (target.layer == "logits")
        return QStringLiteral("logit %1").arg(target.index);
    return QStringLiteral("channel %1").arg(target.index);
}

MaximizationFigure::MaximizationFigure(core::ModelPointer model,
                                       std::shared_ptr<const core::Maximization> result,
                                       MaximizationFigureOptions options)
    : SceneFigure(std::move(model)), m_result(std::move(result)), m_options(options),
      m_scale(pixelScale(*m_result, m_options.settings.range))
{
}

QString MaximizationFigure::title() const
{
    return QStringLiteral("Feature visualisation");
}

QString ascentText(const MaximizationFigureOptions& options, int stepsDone)
{
    const bool least = options.settings.direction == core::AscentDirection::Minimize;
    const QString steps =
        stepsDone < options.settings.steps
            ? QStringLiteral("%1 of %2 steps").arg(stepsDone).arg(options.settings.steps)
            : QStringLiteral("%1 steps").arg(stepsDone);
    return QStringLiteral("Images that %1 each unit %2 its activation function, found by gradient "
                          "%3 from seed %4 (%5, learning rate %6)")
        .arg(least ? QStringLiteral("least excite") : QStringLiteral("most excite"),
             options.stage == core::Stage::Pre ? QStringLiteral("before") : QStringLiteral("after"),
             least ? QStringLiteral("descent") : QStringLiteral("ascent"),
             QString::number(options.settings.seed), steps, QString::number(options.settings.lr));
}

QString MaximizationFigure::caption() const
{
    return QStringLiteral("%1. Under each image: its objective at the start and now. Model: %2.")
        .arg(ascentText(m_options, m_result->steps), modelText());
}

std::vector<MaximizationFigure::Block> MaximizationFigure::blocks() const
{
    const core::Shape features = model().architecture.featureShape();
    std::vector<Block> blocks;
    std::string layer;
    int channel = -1;
    for (int i = 0; i < static_cast<int>(m_result->targets.size()); ++i) {
        const core::MaximizerTarget& target = m_result->targets[static_cast<std::size_t>(i)];
        const bool grid = target.layer == "neurons" && features.area() > 1;
        const int block = grid ? target.objective.channel : -1;
        if (blocks.empty() || target.layer != layer || block != channel) {
            const QString name = QString::fromStdString(target.layer);
            blocks.push_back({grid ? QStringLiteral("%1, channel %2").arg(name).arg(block) : name,
                              grid ? features.width : 0,
                              {}});
        }
        layer = target.layer;
        channel = block;
        blocks.back().targets.push_back(i);
    }
    for (Block& block : blocks)
        if (block.columns == 0) // ten logits in two rows of five; a layer's channels in one
            block.columns = block.targets.size() == 10 ? 5 : static_cast<int>(block.targets.size());
    return blocks;
}

MaximizationFigure::Measures MaximizationFigure::measures(double scale,
                                                          const FigureStyle& style) const
{
    const core::InputSpec& input = model().architecture.input();
    Measures sizes;
    sizes.imageWidth = scale * input.width;
    sizes.imageHeight = scale * input.height;
    sizes.cellHeight =
        sizes.imageHeight + style.gap / 4 + lineHeight(style.caption) + lineHeight(style.number);
    sizes.header = lineHeight(style.body) + style.gap / 2;
    return sizes;
}

/// Places blocks from left to right, wrapping like words. Draws into `scene` unless it is null;
/// returns the height.
double MaximizationFigure::flow(double scale, double width, const FigureStyle& style,
                                Scene* scene) const
{
    const Measures sizes = measures(scale, style);
    const double pitch = sizes.imageWidth + style.gap;
    const int most = std::max(1, static_cast<int>((width + style.gap + 0.01) / pitch));
    double x = 0;
    double y = 0;
    double tallest = 0; // of the line; its first block is, so that no taller one leaves a hole
    for (const Block& block : blocks()) {
        const int columns = std::min(block.columns, most);
        const int rows = (static_cast<int>(block.targets.size()) + columns - 1) / columns;
        const double blockWidth = columns * pitch - style.gap;
        const double height = sizes.header + rows * sizes.cellHeight + (rows - 1) * style.gap;
        if (x > 0 && (x + blockWidth > width + 0.01 || height > tallest)) {
            x = 0;
            y += tallest + 2 * style.gap;
            tallest = 0;
        }
        if (scene != nullptr)
            addBlock(*scene, block, columns, {x, y}, sizes);
        x += blockWidth + 2 * style.gap;
        tallest = std::max(tallest, height);
    }
    return y + tallest;
}

Scene MaximizationFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double bar = labelledBarHeight(style) + 2 * style.gap;
    const double height = (room > 0 ? room : 1.3 * width) - bar;
    const double step = style.wholeScale ? 1 : 0.05;
    const double least = style.wholeScale ? 2 : 0.8;
    double scale = style.wholeScale ? 8 : 4;
    while (scale > least && flow(scale, width, style, nullptr) > height)
        scale -= step;
    double y = flow(scale, width, style, &scene) + 2 * style.gap;
    y += addLabelledBar(scene, {0, y}, std::min(width, 20 * style.gap), m_scale,
                        QStringLiteral("pixel: 0 paper, 1 ink"));
    scene.setHeight(y);
    return scene;
}

void MaximizationFigure::addBlock(Scene& scene, const Block& block, int columns,
                                  const QPointF& topLeft, const Measures& sizes) const
{
    const FigureStyle& style = scene.style();
    const double pitch = sizes.imageWidth + style.gap;
    scene.addLabel({topLeft.x(), topLeft.y(), columns * pitch - style.gap, lineHeight(style.body)},
                   Qt::AlignLeft | Qt::AlignVCenter, block.title, style.body, style.text);
    for (int i = 0; i < static_cast<int>(block.targets.size()); ++i)
        addTarget(scene, block.targets[static_cast<std::size_t>(i)],
                  {topLeft.x() + i % columns * pitch,
                   topLeft.y() + sizes.header + i / columns * (sizes.cellHeight + style.gap)},
                  sizes);
}

void MaximizationFigure::addTarget(Scene& scene, int target, const QPointF& topLeft,
                                   const Measures& sizes) const
{
    const FigureStyle& style = scene.style();
    const auto index = static_cast<std::size_t>(target);
    scene.addMap(
        {Target, target}, {topLeft.x(), topLeft.y(), sizes.imageWidth, sizes.imageHeight},
        maximizationImage(model().architecture, *m_result, target, m_scale, m_options.mask));

    const double width = sizes.imageWidth + style.gap / 2;
    double y = topLeft.y() + sizes.imageHeight + style.gap / 4;
    const QString name = shortName(m_result->targets[index]);
    const bool fits = textWidth(style.caption, name) <= width;
    scene.addText({topLeft.x(), y, width, lineHeight(style.caption)},
                  Qt::AlignLeft | Qt::AlignVCenter,
                  fits ? name : QString::number(m_result->targets[index].index), style.caption,
                  style.secondaryText);
    y += lineHeight(style.caption);
    scene.addText({topLeft.x(), y, width, lineHeight(style.number)},
                  Qt::AlignLeft | Qt::AlignVCenter,
                  objectiveText(m_result->start[index], m_result->end[index], width, style.number),
                  style.number, style.text);
}

HeatMapPointer maximizationImage(const core::Architecture& architecture,
                                 const core::Maximization& result, int target,
                                 const ColourScale& scale, bool mask)
{
    const core::InputSpec& input = architecture.input();
    const auto area = static_cast<std::size_t>(input.height * input.width);
    const auto index = static_cast<std::size_t>(target);
    const std::span<const float> pixels = std::span(result.images).subspan(index * area, area);
    HeatMap map{input.height, input.width, {pixels.begin(), pixels.end()}, scale, {}, {}, false};
    if (mask) {
        // What the unit can't see holds noise from the start image, which says nothing.
        map.hatched = unseen(architecture, result.targets[index].objective);
        map.removed = map.hatched;
        map.ticks = false;
    }
    return std::make_shared<HeatMap>(std::move(map));
}

std::string MaximizationFigure::csv() const
{
    CsvWriter writer("target,layer,index,start,end,row,column,pixel");
    const int columns = model().architecture.input().width;
    const int area = columns * model().architecture.input().height;
    for (std::size_t i = 0; i < m_result->targets.size(); ++i) {
        const core::MaximizerTarget& target = m_result->targets[i];
        for (int pixel = 0; pixel < area; ++pixel)
            writer.line({std::string_view(target.name), std::string_view(target.layer),
                         target.index, m_result->start[i], m_result->end[i], pixel / columns,
                         pixel % columns,
                         m_result->images[i * static_cast<std::size_t>(area) +
                                          static_cast<std::size_t>(pixel)]});
    }
    return std::move(writer).text();
}

QJsonObject MaximizationFigure::settings() const
{
    QJsonObject object{{QStringLiteral("settings"), toRecipe(m_options.settings)},
                       {QStringLiteral("stage"), stageText(m_options.stage)},
                       {QStringLiteral("mask"), m_options.mask},
                       {QStringLiteral("stepsDone"), m_result->steps}};
    QStringList groups;
    for (const core::MaximizerTarget& target : m_result->targets)
        if (const QString layer = QString::fromStdString(target.layer); !groups.contains(layer))
            groups << layer;
    object.insert(QStringLiteral("targets"), groups.join(u','));
    return object;
}

std::unique_ptr<Figure> maximizationFigure(core::ModelPointer model,
                                           std::shared_ptr<const core::Maximization> result,
                                           const MaximizationFigureOptions& options)
{
    return std::make_unique<MaximizationFigure>(std::move(model), std::move(result), options);
}

} // namespace ui
