// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/progress.h"
#include "core/search/analysis/unit_cube.h"
#include "ui/figures/chart.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/sweep_figures.h"
#include "ui/figures/value_axis.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

constexpr int kCells = 48; ///< along each side

} // namespace

SweepContour contourOf(SweepDataPointer data, const std::string& across, const std::string& up)
{
    SweepContour contour;
    const auto dimension = [&](const std::string& name) {
        return core::Dimension{name, *data->space.find(name)};
    };
    contour.across = dimension(across);
    contour.up = dimension(up);
    contour.landscape =
        core::landscape(contour.across, contour.up, data->history(), kCells, kCells);
    contour.data = std::move(data);
    return contour;
}

QString SweepContourFigure::explanation() const
{
    const int outside = resultsOutside(data(), usualResults(data()));
    return QStringLiteral("Between its %1 trials the plane is interpolated (by the inverse cube of "
                          "the distance), whatever the other parameters were%2.")
        .arg(m_contour.landscape.samples)
        .arg(outside > 0 ? QStringLiteral("; %1 of the colours").arg(outsideText(outside))
                         : QString());
}

QJsonObject SweepContourFigure::settings() const
{
    return {{QStringLiteral("across"), QString::fromStdString(m_contour.across.name)},
            {QStringLiteral("up"), QString::fromStdString(m_contour.up.name)}};
}

ColourScale SweepContourFigure::scale() const
{
    const auto [low, high] = usualResults(data());
    const double above = std::max(high, low + 1e-9); // of a single trial
    return {ColourMap::Magnitude, data().factor() * low, data().factor() * above};
}

void SweepContourFigure::addLevels(Scene& scene, const QRectF& plot) const
{
    const FigureStyle& style = scene.style();
    const ColourScale colours = scale();
    const double step = tickStep(colours.high - colours.low, 8);
    for (double level = std::ceil(colours.low / step) * step; level <= colours.high; level += step)
        for (const auto& [from, to] :
             core::levelLines(m_contour.landscape, level / data().factor())) {
            const auto place = [&](const std::pair<double, double>& at) {
                return QPointF(plot.left() + at.first * plot.width(),
                               plot.bottom() - at.second * plot.height());
            };
            scene.addCurve({place(from), place(to)},
                           readableOn(colours.colour(level)) == Qt::white ? QColor(0xE6E6E6)
                                                                          : QColor(0x4D4D4D),
                           0.6 * style.line);
        }
}

Scene SweepContourFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double bar = labelledBarHeight(style) + style.gap;
    const double height = std::max(room > 0 ? room : 0.75 * width, 28 * style.gap);
    scene.setHeight(height);
    const QRectF plot = QRectF(0, 0, width, height - bar).marginsRemoved(plotMargins(style));
    const ValueAxis across(m_contour.across.distribution);
    const ValueAxis up(m_contour.up.distribution);
    addPlotAxes(scene, plot, across, up, QString::fromStdString(m_contour.across.name),
                QString::fromStdString(m_contour.up.name));
    auto map = std::make_shared<HeatMap>();
    map->rows = map->columns = kCells;
    map->scale = scale();
    map->numbers = false;
    const std::vector<float>& results = m_contour.landscape.results;
    for (int row = kCells - 1; row >= 0 && !results.empty(); --row) // maps begin at the top
        for (int column = 0; column < kCells; ++column)
            map->values.push_back(static_cast<float>(data().factor()) *
                                  results[static_cast<std::size_t>(row * kCells + column)]);
    if (!results.empty())
        scene.addMap({kPart, 0}, plot, map);
    addLevels(scene, plot);
    for (const core::Trial& trial : data().trials) {
        const auto first = trial.parameters.find(m_contour.across.name);
        const auto second = trial.parameters.find(m_contour.up.name);
        if (!core::trialResult(trial) || first == trial.parameters.end() ||
            second == trial.parameters.end())
            continue;
        const QPointF at(plot.left() + across.share(first->second.internal) * plot.width(),
                         plot.bottom() - up.share(second->second.internal) * plot.height());
        const double reach = 0.3 * style.gap;
        scene.addBox({at.x() - reach, at.y() - reach, 2 * reach, 2 * reach}, Qt::white, Qt::black);
        scene.addPoint({kTrial, trial.number}, at, kTrialReach);
    }
    addLabelledBar(scene, {plot.left(), height - bar + style.gap},
                   std::min(plot.width(), 40 * style.gap), scale(), data().valueTitle());
    return scene;
}

QString SweepContourFigure::describe(const SceneHit& hit) const
{
    if (hit.key != MapKey{kPart, 0})
        return SweepFigure::describe(hit);
    const auto text = [](const core::Dimension& dimension, double position) {
        const double value = core::valueAtPosition(dimension.distribution, position);
        return QStringLiteral("%1 %2").arg(
            QString::fromStdString(dimension.name),
            std::holds_alternative<core::FloatRange>(dimension.distribution)
                ? QString::number(value, 'g', 3)
                : QString::fromStdString(
                      core::toText(core::externalValue(dimension.distribution, value))));
    };
    return QStringLiteral("about %1 (interpolated)\n%2\n%3")
        .arg(data().valueText(static_cast<double>(hit.value) / data().factor()),
             text(m_contour.across, (hit.column + 0.5) / kCells),
             text(m_contour.up, 1 - (hit.row + 0.5) / kCells));
}

} // namespace ui
