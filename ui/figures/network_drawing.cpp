// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/network_drawing.h"

#include "ui/figures/recipe.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <variant>

namespace ui
{

namespace
{

constexpr int kMostPlanes =
    8; ///< of a stack that are drawn; the text below says how many there are
constexpr int kMostSquares = 16; ///< of a vector

/// Something that holds values, and how they came about.
struct Stage {
    QString name;
    core::Shape shape;
    QStringList operation; ///< lines on the arrow that leads here
};

QString times(int a, int b)
{
    return QStringLiteral("%1\u00D7%2").arg(a).arg(b);
}

QString shapeText(const core::Shape& shape)
{
    return shape.area() == 1 ? QString::number(shape.channels)
                             : QStringLiteral("%1 \u00D7 ").arg(shape.channels) +
                                   times(shape.height, shape.width);
}

/// The stages in order; layers that keep the shape join the stage before them.
std::vector<Stage> stagesOf(const core::Architecture& architecture)
{
    std::vector<Stage> stages{{QStringLiteral("input"), architecture.inputShape(), {}}};
    const auto unitName = [&](int layer) {
        for (const core::Unit& unit : architecture.units())
            if (unit.weightLayer == layer)
                return QString::fromStdString(unit.name);
        return QString();
    };
    for (int i = 0; i < static_cast<int>(architecture.layers().size()); ++i) {
        const core::Layer& layer = architecture.layers()[static_cast<std::size_t>(i)];
        if (const auto* convolution = std::get_if<core::Convolution>(&layer))
            stages.push_back({unitName(i),
                              architecture.outputOf(i),
                              {QStringLiteral("conv"),
                               times(convolution->kernelHeight, convolution->kernelWidth)}});
        else if (std::holds_alternative<core::Linear>(layer))
            stages.push_back({unitName(i), architecture.outputOf(i), {QStringLiteral("linear")}});
        else if (const auto* pool = std::get_if<core::Pool>(&layer))
            stages.push_back(
                {QString(),
                 architecture.outputOf(i),
                 {pool->kind == core::PoolKind::Max ? QStringLiteral("max pool")
                                                    : QStringLiteral("mean pool"),
                  pool->global ? QStringLiteral("global") : times(pool->kernel, pool->kernel)}});
        else if (const auto* activation = std::get_if<core::Activation>(&layer))
            stages.back().operation << activationName(activation->kind);
        else if (std::holds_alternative<core::BatchNorm>(layer))
            stages.back().operation << QStringLiteral("batch norm");
    }
    return stages;
}

bool isVector(const Stage& stage)
{
    return stage.shape.area() == 1;
}

/// Sizes of one drawing, derived from the room that there is.
struct Measures {
    double scale = 1;  ///< points a pixel
    double offset = 3; ///< between the planes of a stack
    double square = 8; ///< of a vector
    double arrow = 40;

    int planes(const Stage& stage) const { return std::min(stage.shape.channels, kMostPlanes); }
    double width(const Stage& stage) const
    {
        return isVector(stage) ? square : stage.shape.width * scale + (planes(stage) - 1) * offset;
    }
    double height(const Stage& stage) const
    {
        return isVector(stage) ? square * std::min(stage.shape.channels, kMostSquares)
                               : stage.shape.height * scale + (planes(stage) - 1) * offset;
    }
};

constexpr double kLeastScale = 0.25;

/// The stages from `first` on that stand in one row; any but the first row begins with an arrow.
struct Row {
    std::size_t first = 0;
    std::size_t count = 0;
};

std::vector<Row> inRows(std::size_t stages, std::size_t rows)
{
    std::vector<Row> result;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t first = i * stages / rows;
        result.push_back({first, (i + 1) * stages / rows - first});
    }
    return result;
}

double arrowFor(const std::vector<Stage>& stages, const FigureStyle& style)
{
    double widest = 0;
    for (const Stage& stage : stages)
        for (const QString& line : stage.operation)
            widest = std::max(widest, textWidth(style.caption, line));
    return widest + 2 * style.gap;
}

/// Of one row. Scale 0 or less where not even the arrows have room.
Measures measure(std::span<const Stage> stages, bool begins, double arrow, double width,
                 const FigureStyle& style)
{
    Measures sizes;
    sizes.offset = 0.4 * style.gap;
    sizes.square = style.gap;
    sizes.arrow = arrow;
    double fixed = sizes.arrow * static_cast<double>(stages.size() - (begins ? 1 : 0));
    double pixels = 0;
    for (const Stage& stage : stages) {
        fixed += isVector(stage) ? sizes.square : (sizes.planes(stage) - 1) * sizes.offset;
        pixels += isVector(stage) ? 0 : stage.shape.width;
    }
    // Room for the texts of the last stages, which are wider than what they name.
    fixed += 4 * style.gap;
    sizes.scale = pixels > 0 ? std::min((width - fixed) / pixels, 0.7 * style.gap)
                             : 0.7 * style.gap * (width < fixed ? -1 : 1);
    return sizes;
}

/// Of all rows together: the smallest scale.
Measures measure(const std::vector<Stage>& stages, const std::vector<Row>& rows, double width,
                 const FigureStyle& style)
{
    const double arrow = arrowFor(stages, style);
    std::optional<Measures> smallest;
    for (const Row& row : rows) {
        const Measures sizes = measure(std::span(stages).subspan(row.first, row.count),
                                       row.first == 0, arrow, width, style);
        if (!smallest || sizes.scale < smallest->scale)
            smallest = sizes;
    }
    return *smallest;
}

void addStack(Scene& scene, const QPointF& topLeft, const Stage& stage, const Measures& sizes)
{
    const FigureStyle& style = scene.style();
    const double width = stage.shape.width * sizes.scale;
    const double height = stage.shape.height * sizes.scale;
    for (int plane = sizes.planes(stage) - 1; plane >= 0; --plane) {
        const double shift = plane * sizes.offset;
        const double lift = (sizes.planes(stage) - 1 - plane) * sizes.offset;
        scene.addBox({topLeft.x() + shift, topLeft.y() + lift, width, height}, style.background,
                     style.secondaryText);
    }
}

void addSquares(Scene& scene, const QPointF& topLeft, const Stage& stage, const Measures& sizes)
{
    const FigureStyle& style = scene.style();
    const int count = std::min(stage.shape.channels, kMostSquares);
    for (int i = 0; i < count; ++i)
        scene.addBox({topLeft.x(), topLeft.y() + i * sizes.square, sizes.square, sizes.square},
                     style.background, style.secondaryText);
}

void addArrow(Scene& scene, const QPointF& from, double length, const QStringList& lines)
{
    const FigureStyle& style = scene.style();
    const double head = style.gap / 2;
    const QPointF tip = from + QPointF(length, 0);
    scene.addLine({from, tip - QPointF(head, 0)}, style.secondaryText, style.line);
    scene.addPolygon({{tip, tip + QPointF(-head, -head / 2), tip + QPointF(-head, head / 2)}},
                     style.secondaryText, {});
    const double line = lineHeight(style.caption);
    double y = from.y() - style.gap / 2 - line;
    for (auto text = lines.begin(); text != lines.end(); ++text) {
        // The first two lines stand above the arrow, what follows below it.
        const auto place = text - lines.begin();
        const bool above = place < 2;
        const auto ups = std::min<qsizetype>(2, lines.size());
        y = above ? from.y() - style.gap / 4 - line * static_cast<double>(ups - place)
                  : from.y() + style.gap / 4 + line * static_cast<double>(place - 2);
        scene.addText({from.x() - style.gap, y, length + 2 * style.gap, line}, Qt::AlignCenter,
                      *text, style.caption, style.secondaryText);
    }
}

double addRow(Scene& scene, const QPointF& topLeft, std::span<const Stage> stages, bool begins,
              const Measures& sizes)
{
    const FigureStyle& style = scene.style();
    double tallest = 0;
    for (const Stage& stage : stages)
        tallest = std::max(tallest, sizes.height(stage));
    const double line = lineHeight(style.caption);
    tallest = std::max(tallest, begins ? 0 : 4 * line); // of the words on an arrow
    const double middle = topLeft.y() + tallest / 2;
    double x = topLeft.x();
    for (const Stage& stage : stages) {
        if (&stage != &stages.front() || !begins) {
            addArrow(scene, {x + style.gap / 2, middle}, sizes.arrow - style.gap, stage.operation);
            x += sizes.arrow;
        }
        const double stageWidth = sizes.width(stage);
        const QPointF corner(x, middle - sizes.height(stage) / 2);
        if (isVector(stage))
            addSquares(scene, corner, stage, sizes);
        else
            addStack(scene, corner, stage, sizes);
        const double below = topLeft.y() + tallest + style.gap;
        const double reach = std::max(stageWidth, sizes.arrow + stageWidth - style.gap);
        QRectF box(x + stageWidth / 2 - reach / 2, below, reach, line);
        const double words = std::max(textWidth(style.caption, shapeText(stage.shape)),
                                      textWidth(style.caption, stage.name));
        if (x + stageWidth / 2 < topLeft.x() + words / 2) // at the left edge
            box.moveLeft(topLeft.x() - (reach - words) / 2);
        scene.addText(box, Qt::AlignCenter, shapeText(stage.shape), style.caption, style.text);
        scene.addText(box.translated(0, line), Qt::AlignCenter, stage.name, style.caption,
                      style.secondaryText);
        x += stageWidth;
    }
    return tallest + style.gap + 2 * line;
}

} // namespace

double addNetworkDrawing(Scene& scene, const QPointF& topLeft, double width,
                         const core::Architecture& architecture)
{
    const FigureStyle& style = scene.style();
    const std::vector<Stage> stages = stagesOf(architecture);
    std::vector<Row> rows = inRows(stages.size(), 1);
    Measures sizes = measure(stages, rows, width, style);
    while (sizes.scale < kLeastScale && rows.size() < stages.size()) {
        rows = inRows(stages.size(), rows.size() + 1);
        sizes = measure(stages, rows, width, style);
    }
    sizes.scale = std::max(sizes.scale, kLeastScale);
    double y = topLeft.y();
    for (const Row& row : rows) {
        y += row.first == 0 ? 0 : 1.5 * style.gap;
        y += addRow(scene, {topLeft.x(), y}, std::span(stages).subspan(row.first, row.count),
                    row.first == 0, sizes);
    }
    return y - topLeft.y();
}

} // namespace ui
