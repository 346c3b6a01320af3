// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pruning_figure.h"

#include "ui/figures/chart.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scene_table.h"
#include "ui/words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui
{

namespace
{

constexpr std::array kFateNames = {"not visited", "kept", "removed", "removed for better",
                                   "zero before"};

QString percentText(double share)
{
    return percent(share);
}

/// A count that reads well at the end of a colour bar: 1, 2 or 5 times a power of ten.
double roundUp(double value)
{
    double power = std::pow(10, std::floor(std::log10(std::max(1.0, value))));
    for (const double factor : {1, 2, 5, 10})
        if (factor * power >= value)
            return factor * power;
    return value;
}

} // namespace

PruningFigure::PruningFigure(core::ModelPointer start, std::shared_ptr<const PruneMap> map,
                             PruningFigureOptions options)
    : SceneFigure(std::move(start)), m_map(std::move(map)), m_options(std::move(options)),
      m_page(model().architecture)
{
}

const core::PruneOptions& PruningFigure::pruning() const
{
    return std::get<core::PruneSpec>(m_options.spec.work).options;
}

QString PruningFigure::selectedOn() const
{
    const auto split = core::splitName(pruning().split);
    return QStringLiteral("%1 %2").arg(
        QString::fromStdString(m_options.spec.data),
        QString::fromUtf8(split.data(), static_cast<qsizetype>(split.size())));
}

QString PruningFigure::title() const
{
    return QString::fromStdString(m_options.spec.title);
}

QString PruningFigure::caption() const
{
    const auto removed =
        m_map->count(WeightFate::Removed) + m_map->count(WeightFate::RemovedForBetter);
    QString text = QStringLiteral("After %1 of %2 visits: %3 removed")
                       .arg(grouped(static_cast<qlonglong>(m_map->visits)),
                            grouped(static_cast<qlonglong>(m_options.total)),
                            grouped(static_cast<qlonglong>(removed)));
    if (!m_map->curve.empty()) {
        const PruneMap::Point& now = m_map->curve.back();
        text += QStringLiteral(", %1 non-zero").arg(grouped(now.nonzero));
        if (m_options.images > 0)
            text += QStringLiteral(", %1 right")
                        .arg(percentText(static_cast<double>(now.correct) / m_options.images));
    }
    return text + QStringLiteral(". Selected on %1. Began with %2 of %3 parameters "
                                 "non-zero.")
                      .arg(selectedOn(),
                           grouped(static_cast<qlonglong>(model().parameters.nonzero())),
                           grouped(static_cast<qlonglong>(model().parameters.count())));
}

ColourScale PruningFigure::scale() const
{
    int most = 0;
    for (const PruneMap::Weight& weight : m_map->weights)
        if (weight.fate == WeightFate::Kept)
            most = std::max(most, std::abs(weight.change));
    return signedScale(roundUp(std::max(10, most)));
}

HeatMap PruningFigure::cells(std::size_t first, int rows, int columns,
                             const ColourScale& scale) const
{
    HeatMap map{rows, columns, {}, scale, {}, {}};
    map.decimals = 0;
    const auto count = static_cast<std::size_t>(rows * columns);
    for (std::size_t i = first; i < first + count; ++i) {
        const PruneMap::Weight& weight = m_map->weights[i];
        map.values.push_back(static_cast<float>(weight.change));
        map.removed.push_back(weight.fate == WeightFate::Removed ||
                              weight.fate == WeightFate::RemovedForBetter ||
                              weight.fate == WeightFate::Absent);
        map.raised.push_back(weight.fate == WeightFate::RemovedForBetter);
        map.blank.push_back(weight.fate == WeightFate::NotVisited);
    }
    return map;
}

bool PruningFigure::numbersFit(double cell, const FigureStyle& style) const
{
    int most = 0;
    for (const PruneMap::Weight& weight : m_map->weights)
        if (weight.fate == WeightFate::Kept)
            most = std::min(most, weight.change);
    return textWidth(style.number, shortNumber(most, 0) + u'0') <= cell;
}

Scene PruningFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double chart = std::max(20 * style.gap, room > 0 ? 0.3 * room : 0.3 * width);
    const double forMaps = room > 0 ? std::max(room - chart - 2 * style.gap, 20 * style.gap) : 0;
    const ColourScale colours = scale();
    double y = 0;
    if (m_page.parameters() <= WeightPage::kMost) {
        const double cell = m_page.scaleFor(width, forMaps, style);
        const bool numbers = numbersFit(cell, style);
        y = m_page.add(scene, 0, width, cell, [&](std::size_t first, int rows, int columns) {
            HeatMap map = cells(first, rows, columns, colours);
            map.numbers = numbers;
            return map;
        });
    } else {
        y = addParagraph(scene, {0, 0}, width,
                         QStringLiteral("The network has too many weights to show each one."),
                         style.body, style.secondaryText);
    }
    y += 2 * style.gap;
    const double left = std::max(chart, room - y); // the maps may have left some
    const double legend = std::min(0.42 * width, 32 * style.gap);
    addCurve(scene, {0, y, width - legend - 3 * style.gap, left});
    const double legendHeight = addLegend(scene, {width - legend, y, legend, left});
    scene.setHeight(y + std::max(left, legendHeight));
    return scene;
}

double PruningFigure::addLegend(Scene& scene, const QRectF& area) const
{
    const FigureStyle& style = scene.style();
    double y = area.top();
    const double line = lineHeight(style.caption) + style.gap / 4;
    const double size = lineHeight(style.caption) * 0.9;
    const auto entry = [&](const QString& text, auto draw) {
        draw(QRectF(area.left(), y + (line - size) / 2, size, size));
        scene.addText({area.left() + size + style.gap, y, area.width() - size, line},
                      Qt::AlignLeft | Qt::AlignVCenter, text, style.caption, style.text);
        y += line;
    };
    const auto counted = [&](const char* text, WeightFate fate) {
        return QStringLiteral("%1: %2").arg(QString::fromUtf8(text),
                                            grouped(static_cast<qlonglong>(m_map->count(fate))));
    };
    scene.addText({area.left(), y, area.width(), line}, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("Selected on %1").arg(selectedOn()), style.caption,
                  pruning().split == core::Split::Test ? style.warning : style.text);
    y += line;
    entry(counted("not visited", WeightFate::NotVisited), [&](const QRectF& cell) {
        const double dot = std::max(style.line, 0.2 * cell.width());
        QRectF place(0, 0, dot, dot);
        place.moveCenter(cell.center());
        scene.addBox(place, style.secondaryText);
    });
    entry(counted("removed", WeightFate::Removed), [&](const QRectF& cell) {
        const double reach = 0.25 * cell.width();
        scene.addLine(
            {cell.center() + QPointF(-reach, reach), cell.center() + QPointF(reach, -reach)},
            style.secondaryText, style.line);
    });
    entry(counted("removed, more answers right", WeightFate::RemovedForBetter),
          [&](const QRectF& cell) { scene.addPolygon(raisedSign(cell), style.accent, {}); });
    entry(counted("kept", WeightFate::Kept), [&](const QRectF& cell) {
        scene.addBox(cell.adjusted(1, 1, -1, -1), QColor(scale().colour(0.7 * scale().low)),
                     style.hairline);
    });
    y += style.gap / 2;
    y += addLabelledBar(scene, {area.left(), y}, area.width(), scale(),
                        QStringLiteral("kept: change in right answers without it"));
    const bool bounds = std::ranges::any_of(m_map->weights, [](const PruneMap::Weight& weight) {
        return weight.fate == WeightFate::Kept && !weight.exact;
    });
    if (bounds)
        y += style.gap / 2 +
             addParagraph(scene, {area.left(), y + style.gap / 2}, area.width(),
                          QStringLiteral("At least as bad as shown: a try ends once the threshold "
                                         "can't be met."),
                          style.caption, style.secondaryText);
    return y - area.top();
}

void PruningFigure::addCurve(Scene& scene, const QRectF& area) const
{
    const FigureStyle& style = scene.style();
    const bool shares = m_options.images > 0 || m_map->curve.empty();
    const double images = m_options.images > 0 ? m_options.images : 1;
    Chart chart;
    chart.xTitle = QStringLiteral("non-zero parameters");
    chart.yTitle = shares ? QStringLiteral("accuracy on %1, %").arg(selectedOn())
                          : QStringLiteral("right answers on %1").arg(selectedOn());
    chart.xFalls = true;
    const double unit = shares ? 100 / images : 1;
    ChartSeries series{{}, style.text, {}, true};
    for (const PruneMap::Point& point : m_map->curve)
        series.points.append({static_cast<double>(point.nonzero), unit * point.correct});
    chart.series.push_back(series);
    if (shares)
        chart.rules.push_back({100 * pruning().threshold,
                               QStringLiteral("threshold %1").arg(percentText(pruning().threshold)),
                               style.warning});
    if (m_map->curve.empty()) {
        chart.xHigh = static_cast<double>(model().parameters.nonzero());
        chart.yLow = shares ? 100 * pruning().threshold - 0.2 : 0;
        chart.yHigh = shares ? 100 * pruning().threshold + 1 : 1;
    } else {
        chart.fitTo(10);
        // The whole way down is known beforehand, so that the axis stays while the curve grows.
        chart.xHigh = std::max(chart.xHigh, static_cast<double>(m_map->curve.front().nonzero));
        chart.xLow = std::min(chart.xLow, 0.6 * chart.xHigh);
    }
    addChart(scene, area, chart);
}

std::string PruningFigure::csv() const
{
    CsvWriter writer("parameter,place,value,fate,visit,change in right answers,exact");
    for (std::size_t i = 0; i < m_map->weights.size(); ++i) {
        const PruneMap::Weight& weight = m_map->weights[i];
        const std::string place = m_page.describe(i).toStdString();
        const bool tried = weight.visit > 0;
        writer.line({static_cast<int>(i), std::string_view(place), weight.value,
                     std::string_view(kFateNames[static_cast<std::size_t>(weight.fate)]),
                     static_cast<int>(weight.visit), tried ? weight.change : 0,
                     tried && weight.exact ? 1 : 0});
    }
    return std::move(writer).text();
}

QJsonObject PruningFigure::settings() const
{
    return {{QStringLiteral("run"), QString::fromStdString(m_options.run)},
            {QStringLiteral("spec"), QString::fromStdString(m_options.spec.title)},
            {QStringLiteral("data"), QString::fromStdString(m_options.spec.data)},
            {QStringLiteral("images"), m_options.images},
            {QStringLiteral("total"), static_cast<qint64>(m_options.total)},
            {QStringLiteral("visits"), static_cast<qint64>(m_map->visits)}};
}

} // namespace ui
