// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/kernels_figure.h"

#include "ui/figures/cell_plan.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/kernel_slices.h"

#include <algorithm>

namespace ui
{

KernelsFigure::KernelsFigure(core::ModelPointer model, int unit)
    : SceneFigure(std::move(model)), m_unit(unit)
{
}

const core::Unit& KernelsFigure::unit() const
{
    return model().architecture.units()[static_cast<std::size_t>(m_unit)];
}

QString KernelsFigure::title() const
{
    return QStringLiteral("Weights of %1").arg(QString::fromStdString(unit().name));
}

QString KernelsFigure::caption() const
{
    return QStringLiteral("Weights of %1, a block a channel; an empty cell with a tick is a weight "
                          "that was removed. Model: %2.")
        .arg(QString::fromStdString(unit().name), modelText());
}

Scene KernelsFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const SliceLayout layout = sliceLayout(model().architecture, m_unit);
    const double gaps = (layout.slices - 1) * style.gap / 2;

    CellRequest request;
    request.count = unit().shape.channels;
    request.mapRows = layout.rows;
    request.mapColumns = layout.slices * layout.columns;
    request.width = width;
    request.room = room > 0 ? room : 0.6 * width;
    request.gap = 2 * style.gap + gaps; // the gaps inside a block come on top of its values
    request.minWidth =
        std::max(6 * style.gap, widestBiasText(model(), m_unit, style.caption) - gaps);
    request.rowGap = 2 * style.gap;
    request.minScale = style.wholeScale ? 2 : 1;
    request.maxScale = 5 * style.gap;
    request.wholeScale = style.wholeScale;
    request.extraHeight = [&](double) {
        return lineHeight(style.body) + lineHeight(style.caption) + style.gap;
    };
    request.width -= gaps;
    const CellPlan plan = planCells(request);
    for (int channel = 0; channel < request.count; ++channel)
        addChannel(scene,
                   {channel % plan.columns * (plan.cellWidth + request.gap),
                    channel / plan.columns * (plan.cellHeight + request.rowGap)},
                   plan.scale, channel);

    double y = plan.rows(request.count) * (plan.cellHeight + request.rowGap);
    y += addLabelledBar(scene, {0, y}, std::min(width, 24 * style.gap),
                        kernelScale(model(), m_unit), QStringLiteral("weight"));
    scene.setHeight(y);
    return scene;
}

void KernelsFigure::addChannel(Scene& scene, const QPointF& topLeft, double scale,
                               int channel) const
{
    const FigureStyle& style = scene.style();
    const SliceLayout layout = sliceLayout(model().architecture, m_unit);
    const double sliceWidth = scale * layout.columns;
    const double sliceHeight = scale * layout.rows;
    const double pitch = sliceWidth + style.gap / 2;
    const double width = std::max(layout.slices * pitch, 10 * style.gap);
    double y = topLeft.y();
    scene.addText({topLeft.x(), y, width, lineHeight(style.body)}, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("channel %1").arg(channel), style.body, style.text);
    y += lineHeight(style.body) + style.gap / 2;
    std::vector<HeatMap> slices = kernelSlices(model(), m_unit, channel);
    for (int slice = 0; slice < layout.slices; ++slice)
        scene.addMap({Kernel, channel * layout.slices + slice},
                     {topLeft.x() + slice * pitch, y, sliceWidth, sliceHeight},
                     std::make_shared<HeatMap>(std::move(slices[static_cast<std::size_t>(slice)])));
    y += sliceHeight + style.gap / 2;
    scene.addText({topLeft.x(), y, width, lineHeight(style.caption)},
                  Qt::AlignLeft | Qt::AlignVCenter, biasText(model(), m_unit, channel),
                  style.caption, style.secondaryText);
}

std::string KernelsFigure::csv() const
{
    CsvWriter writer("layer,channel,slice,row,column,weight");
    for (int channel = 0; channel < unit().shape.channels; ++channel) {
        int index = 0;
        for (const HeatMap& slice : kernelSlices(model(), m_unit, channel)) {
            for (int i = 0; i < slice.rows * slice.columns; ++i)
                writer.line({std::string_view(unit().name), channel, index, i / slice.columns,
                             i % slice.columns, slice.values[static_cast<std::size_t>(i)]});
            ++index;
        }
    }
    return std::move(writer).text();
}

QJsonObject KernelsFigure::settings() const
{
    return {{QStringLiteral("layer"), QString::fromStdString(unit().name)}};
}

std::unique_ptr<Figure> kernelsFigure(core::ModelPointer model, int unit)
{
    return std::make_unique<KernelsFigure>(std::move(model), unit);
}

} // namespace ui
