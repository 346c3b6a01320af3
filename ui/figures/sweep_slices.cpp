// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analysis/progress.h"
#include "ui/figures/sweep_figures.h"
#include "ui/figures/value_axis.h"

#include <algorithm>
#include <cmath>

namespace ui
{

QString SweepSlicesFigure::explanation() const
{
    const int outside = resultsOutside(data(), withAir(usualResults(data())));
    return QStringLiteral("Results of the complete trials over each parameter; the others vary as "
                          "well%1.")
        .arg(outside > 0 ? "; " + outsideText(outside) : QString());
}

std::vector<MapKey> SweepSlicesFigure::keysOf(int trial) const
{
    std::vector<MapKey> keys;
    for (std::size_t i = 0; i < data().space.dimensions.size() && i < kPanels; ++i)
        keys.push_back({kAgain, trial * kPanels + static_cast<int>(i)});
    return keys;
}

void SweepSlicesFigure::addPanel(Scene& scene, const QRectF& plot, std::size_t dimension,
                                 bool first) const
{
    const auto& [name, distribution] = data().space.dimensions[dimension];
    const auto [low, high] = withAir(usualResults(data()));
    const ValueAxis across(distribution);
    const ValueAxis up(low, high, data().factor());
    addPlotAxes(scene, plot, across, up, QString::fromStdString(name),
                first ? data().valueTitle() : QString());
    for (const core::Trial& trial : data().trials) {
        const auto value = core::trialResult(trial);
        const auto found = trial.parameters.find(name);
        if (!value || found == trial.parameters.end())
            continue;
        const QPointF at(plot.left() + across.share(found->second.internal) * plot.width(),
                         plot.bottom() - up.share(*value) * plot.height());
        if (!plot.adjusted(-1, -1, 1, 1).contains(at))
            continue;
        addTrialMark(scene, trial.state, at);
        scene.addPoint({kAgain, trial.number * kPanels + static_cast<int>(dimension)}, at,
                       kTrialReach);
    }
}

Scene SweepSlicesFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const auto count =
        static_cast<int>(std::min<std::size_t>(data().space.dimensions.size(), kPanels));
    const QMarginsF margins = plotMargins(style);
    const double least = 22 * style.gap;
    const int columns =
        std::clamp(static_cast<int>(width / (least + margins.left() + margins.right())), 1,
                   std::max(1, count));
    const int rows = std::max(1, (count + columns - 1) / columns);
    const double panelWidth = width / columns;
    const double panelHeight = std::max((room > 0 ? room : 0.5 * width) / rows, 16 * style.gap);
    for (int i = 0; i < count; ++i)
        addPanel(
            scene,
            QRectF(i % columns * panelWidth, i / columns * panelHeight, panelWidth, panelHeight)
                .marginsRemoved(margins),
            static_cast<std::size_t>(i), i % columns == 0);
    scene.setHeight(rows * panelHeight);
    return scene;
}

} // namespace ui
