// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/parameters_figure.h"

#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

ParametersFigure::ParametersFigure(core::ModelPointer model, std::vector<float> parameters,
                                   QString when, WeightPage::Content content)
    : SceneFigure(std::move(model)), m_parameters(std::move(parameters)), m_when(std::move(when)),
      m_content(content), m_page(this->model().architecture, content)
{
    m_parameters.resize(m_page.parameters());
}

QString ParametersFigure::title() const
{
    return QStringLiteral("Kernels %1").arg(m_when);
}

QString ParametersFigure::caption() const
{
    const auto nonzero = std::ranges::count_if(m_parameters, [](float v) { return v != 0.0F; });
    return QStringLiteral("Weights of the convolutions %1, a map for each pair of output and "
                          "input channel. %2 of %3 values are not zero.")
        .arg(m_when, grouped(nonzero), grouped(static_cast<qlonglong>(m_parameters.size())));
}

ColourScale ParametersFigure::scale() const
{
    constexpr double kStep = 0.5;
    return signedScale(std::max(1.0, std::ceil(largestMagnitude(m_parameters) / kStep)) * kStep);
}

Scene ParametersFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    if (m_page.parameters() > WeightPage::kMost)
        return scene;
    const double bar = std::min(14 * style.gap, 0.2 * width);
    const double inner = width - bar - 2 * style.gap;
    const ColourScale colours = scale();
    const double height = m_page.add(scene, 0, inner, m_page.scaleFor(inner, room, style),
                                     [&](std::size_t first, int rows, int columns) {
                                         HeatMap map{rows, columns, {}, colours, {}, {}};
                                         for (int i = 0; i < rows * columns; ++i) {
                                             const float value =
                                                 m_parameters[first + static_cast<std::size_t>(i)];
                                             map.values.push_back(value);
                                             map.removed.push_back(value == 0.0F);
                                         }
                                         map.numbers = false; // they would flicker
                                         return map;
                                     });
    addLabelledBar(scene, {width - bar, 0}, bar, colours, QStringLiteral("weight"));
    scene.setHeight(std::max(height, labelledBarHeight(style)));
    return scene;
}

std::string ParametersFigure::csv() const
{
    CsvWriter writer("parameter,place,value");
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const std::string place = m_page.describe(i).toStdString();
        writer.line({static_cast<int>(i), std::string_view(place), m_parameters[i]});
    }
    return std::move(writer).text();
}

QJsonObject ParametersFigure::settings() const
{
    return {{QStringLiteral("when"), m_when},
            {QStringLiteral("content"), m_content == WeightPage::Content::All
                                            ? QStringLiteral("all")
                                            : QStringLiteral("convolutions")},
            {QStringLiteral("values"), packedFloats(m_parameters)}};
}

QJsonObject ParametersFigure::recipe() const
{
    core::Model moment = model();
    const std::span<float> values = moment.parameters.values();
    std::copy_n(m_parameters.begin(), std::min(values.size(), m_parameters.size()), values.begin());
    QJsonObject object = SceneFigure::recipe();
    object.insert(QStringLiteral("model"), modelRecipe(moment));
    return object;
}

} // namespace ui
