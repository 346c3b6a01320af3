// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/weights_figure.h"

#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scene_table.h"

#include <algorithm>

namespace ui
{

namespace
{

const QString kBarTitle = QStringLiteral("parameter, one range for all");

Scene refusal(double width, const FigureStyle& style, const QString& reason)
{
    Scene scene(style);
    scene.setHeight(
        addParagraph(scene, {0, 0}, width,
                     reason + QStringLiteral(" The circuit shows how its channels are connected."),
                     style.body, style.secondaryText));
    return scene;
}

} // namespace

WeightsFigure::WeightsFigure(core::ModelPointer model, core::ModelPointer opened)
    : SceneFigure(std::move(model)), m_opened(std::move(opened)), m_page(this->model().architecture)
{
}

QString WeightsFigure::title() const
{
    return QStringLiteral("All weights of %1").arg(QString::fromStdString(model().name));
}

std::size_t WeightsFigure::ablatedCount() const
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_page.parameters(); ++i)
        count += value(i) != openedValue(i) ? 1 : 0;
    return count;
}

QString WeightsFigure::caption() const
{
    QString text = modelText() + QStringLiteral(". Every kernel, bias, slope and the linear map");
    if (model().parameters.nonzero() != model().parameters.count())
        text += QStringLiteral("; a tick is a parameter that is exactly zero");
    if (const std::size_t ablated = ablatedCount(); ablated > 0)
        text += QStringLiteral("; a cross is what ablations have changed (%1)")
                    .arg(grouped(static_cast<qlonglong>(ablated)));
    return text + u'.';
}

ColourScale WeightsFigure::scale() const
{
    return signedScale(largestMagnitude(m_opened->parameters.values()));
}

HeatMap WeightsFigure::cells(std::size_t first, int rows, int columns,
                             const ColourScale& scale) const
{
    HeatMap map{rows, columns, {}, scale, {}, {}};
    bool any = false;
    const auto count = static_cast<std::size_t>(rows * columns);
    for (std::size_t i = first; i < first + count; ++i) {
        const bool changed = value(i) != openedValue(i);
        map.values.push_back(value(i));
        map.removed.push_back(value(i) == 0.0F);
        map.crossed.push_back(changed);
        any = any || changed;
    }
    if (!any)
        map.crossed.clear();
    return map;
}

Scene WeightsFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    if (!readable())
        return refusal(width, style,
                       QStringLiteral("The network has too many parameters to show each one: %1.")
                           .arg(grouped(static_cast<qlonglong>(m_page.parameters()))));
    if (room <= 0)
        room = 0.6 * width; // or a wide layer would set the size of all others
    // Beside the last maps if they leave room, else below.
    const double bar = std::min(28 * style.gap, width);
    const double height = labelledBarHeight(style);
    const double used = addPage(scene, width, room);
    double right = 0;
    for (const SceneMap& map : scene.maps()) {
        if (map.area.right() > width + 0.5)
            return refusal(width, style,
                           QStringLiteral("A layer reads more values than fit side by side here."));
        if (map.area.bottom() > used - height)
            right = std::max(right, map.area.right());
    }
    constexpr double kTag = 6; // "bias" behind the last cells, in gaps
    if (right + kTag * style.gap + bar <= width) {
        addLabelledBar(scene, {width - bar, used - height}, bar, scale(), kBarTitle);
        scene.setHeight(used);
        return scene;
    }
    Scene lower(style);
    const double top = addPage(lower, width, room > 0 ? room - height - style.gap : 0) + style.gap;
    addLabelledBar(lower, {0, top}, bar, scale(), kBarTitle);
    lower.setHeight(top + height);
    return lower;
}

double WeightsFigure::addPage(Scene& scene, double width, double room) const
{
    constexpr double kMostGaps = 6; // room for a number
    const ColourScale colours = scale();
    const double cell = m_page.scaleFor(width, room, scene.style(), kMostGaps);
    const bool numbers = numbersFit(cell, scene.style());
    return m_page.add(scene, 0, width, cell, [&](std::size_t first, int rows, int columns) {
        HeatMap map = cells(first, rows, columns, colours);
        map.numbers = numbers;
        return map;
    });
}

/// All numbers of the page or none: one that is missing would look like one that is not there.
bool WeightsFigure::numbersFit(double cell, const FigureStyle& style) const
{
    double widest = 0;
    for (const float one : model().parameters.values())
        widest = std::max(widest, textWidth(style.number, shortNumber(double(one), 2)));
    return widest + 0.6 * textWidth(style.number, QStringLiteral("0")) <= cell;
}

std::string WeightsFigure::csv() const
{
    CsvWriter writer("parameter,place,value,value before ablations");
    for (std::size_t i = 0; i < m_page.parameters(); ++i) {
        const std::string place = m_page.describe(i).toStdString();
        writer.line({static_cast<int>(i), std::string_view(place), value(i), openedValue(i)});
    }
    return std::move(writer).text();
}

QJsonObject WeightsFigure::settings() const
{
    return {{QStringLiteral("range"), scale().high}};
}

} // namespace ui
