// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/channels_figure.h"

#include "core/inspect/receptive_field.h"
#include "ui/figures/cell_plan.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/csv.h"
#include "ui/figures/kernel_slices.h"
#include "ui/figures/kernel_strip.h"
#include "ui/figures/recipe.h"
#include "ui/figures/value_sign.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

/// More slices than this a channel are a texture, not kernels that a person reads.
constexpr int kMostSlices = 16;

std::vector<bool> inverted(std::vector<bool> marks)
{
    marks.flip();
    return marks;
}

} // namespace

ChannelsFigure::ChannelsFigure(core::ModelPointer model,
                               std::shared_ptr<const core::NetworkActivations> activations,
                               ChannelsOptions options)
    : SceneFigure(std::move(model)), m_activations(std::move(activations)),
      m_options(std::move(options))
{
}

const core::Unit& ChannelsFigure::unit() const
{
    return model().architecture.units()[static_cast<std::size_t>(m_options.unit)];
}

std::span<const float> ChannelsFigure::output(int channel) const
{
    const auto area = static_cast<std::size_t>(unit().shape.area());
    return std::span(m_activations->of(unit(), m_options.stage).values)
        .subspan(static_cast<std::size_t>(channel) * area, area);
}

double ChannelsFigure::range() const
{
    if (m_options.range == ColourRange::Locked)
        return m_options.lockedRange;
    if (m_options.range != ColourRange::Model)
        return largestMagnitude(m_activations->of(unit(), m_options.stage).values);
    double largest = 0;
    for (const core::Unit& other : model().architecture.units())
        largest =
            std::max(largest, largestMagnitude(m_activations->of(other, m_options.stage).values));
    return largest;
}

ColourScale ChannelsFigure::scaleOf(int channel) const
{
    const double bound =
        m_options.range == ColourRange::Unit ? largestMagnitude(output(channel)) : range();
    return neverNegative(model().architecture, unit(), m_options.stage) ? magnitudeScale(bound)
                                                                        : signedScale(bound);
}

QString ChannelsFigure::title() const
{
    return QStringLiteral("Channels of %1").arg(QString::fromStdString(unit().name));
}

QString ChannelsFigure::caption() const
{
    const QString stage = stageSentence(model().architecture, unit(), m_options.stage);
    return QStringLiteral("Outputs of %1%2 for %3. Model: %4.")
        .arg(QString::fromStdString(unit().name), stage.isEmpty() ? QString() : u' ' + stage,
             m_options.input.isEmpty() ? QStringLiteral("the input") : m_options.input,
             modelText());
}

bool ChannelsFigure::drawsKernels() const
{
    return m_options.kernels &&
           sliceLayout(model().architecture, m_options.unit).slices <= kMostSlices;
}

HeatMapPointer ChannelsFigure::inputMap() const
{
    const core::InputSpec& input = model().architecture.input();
    return std::make_shared<HeatMap>(
        HeatMap{input.height,
                input.width,
                m_activations->input,
                greyScale(),
                inverted(core::seenPixels(model().architecture, unit().postLayer)),
                {},
                false});
}

HeatMapPointer ChannelsFigure::outputMap(int channel) const
{
    const std::span<const float> values = output(channel);
    return std::make_shared<HeatMap>(
        HeatMap{unit().shape.height,
                unit().shape.width,
                {values.begin(), values.end()},
                scaleOf(channel),
                inverted(core::readPositions(model().architecture, unit().postLayer)),
                {}});
}

Scene ChannelsFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double pixels = model().architecture.input().width;
    double inputScale = std::clamp(0.2 * width / pixels, 2.0, 1.5 * style.gap);
    if (style.wholeScale)
        inputScale = std::floor(inputScale);
    const double left = inputScale * pixels;
    const double leftHeight = addLeftColumn(scene, left);

    const double indent = left + 3 * style.gap;
    const SliceLayout layout = sliceLayout(model().architecture, m_options.unit);
    CellRequest request;
    request.count = unit().shape.channels;
    request.mapRows = unit().shape.height;
    request.mapColumns = unit().shape.width;
    request.width = width - indent;
    request.room = room > 0 ? room : 0.75 * width;
    request.minWidth = std::clamp(drawsKernels() ? narrowestStrip(layout, style) : 0.0,
                                  7 * style.gap, 16 * style.gap);
    if (drawsKernels() && !style.wholeScale) // on paper nobody can point at what is cut short
        request.minWidth = std::max(
            request.minWidth, widestBiasText(model(), m_options.unit, style.caption) + style.line);
    request.gap = 2 * style.gap;
    request.rowGap = 2.5 * style.gap;
    request.minScale = style.wholeScale ? 1 : 0.3;
    request.maxScale = std::max(1.0, std::min(7 * style.gap, 64 * style.gap / request.mapColumns));
    request.wholeScale = style.wholeScale;
    request.extraHeight = [&](double cell) {
        return lineHeight(style.body) + style.gap / 2 + stripHeight(cell, style);
    };
    const CellPlan plan = planCells(request);
    for (int channel = 0; channel < request.count; ++channel) {
        const int row = channel / plan.columns;
        const int column = channel % plan.columns;
        addChannel(scene,
                   {indent + column * (plan.cellWidth + request.gap),
                    row * (plan.cellHeight + request.rowGap), plan.cellWidth, plan.cellHeight},
                   plan.scale, channel);
    }
    const int rows = plan.rows(request.count);
    const double grid = rows * plan.cellHeight + (rows - 1) * request.rowGap;
    scene.setHeight(std::max(leftHeight, grid) + style.line);
    return scene;
}

double ChannelsFigure::addLeftColumn(Scene& scene, double width) const
{
    const FigureStyle& style = scene.style();
    const core::InputSpec& input = model().architecture.input();
    double y = 0;
    scene.addText({0, y, width, lineHeight(style.body)}, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("input"), style.body, style.text);
    y += lineHeight(style.body) + style.gap / 2;
    const double height = width * input.height / input.width;
    scene.addMap({Input, 0}, {0, y, width, height}, inputMap());
    y += height + 2 * style.gap;
    if (m_options.range != ColourRange::Unit)
        y += addLabelledBar(scene, {0, y}, width, scaleOf(0),
                            m_options.range == ColourRange::Locked
                                ? QStringLiteral("activation, locked range")
                                : QStringLiteral("activation")) +
             2 * style.gap;
    if (drawsKernels())
        y += addLabelledBar(scene, {0, y}, width, kernelScale(model(), m_options.unit),
                            QStringLiteral("weight"));
    return y;
}

double ChannelsFigure::stripHeight(double width, const FigureStyle& style) const
{
    if (!drawsKernels())
        return 0;
    return style.gap +
           kernelStrip(sliceLayout(model().architecture, m_options.unit), width, style).height +
           style.gap / 2 + lineHeight(style.caption);
}

void ChannelsFigure::addChannel(Scene& scene, const QRectF& cell, double scale, int channel) const
{
    const FigureStyle& style = scene.style();
    const QRectF header(cell.left(), cell.top(), cell.width(), lineHeight(style.body));
    const bool logits = unit().shape.area() == 1;
    scene.addText(header, Qt::AlignLeft | Qt::AlignVCenter,
                  logits ? QString::number(channel) : QStringLiteral("channel %1").arg(channel),
                  style.body, style.text);
    if (m_options.range == ColourRange::Unit) {
        const ColourScale range = scaleOf(channel);
        const QString sign = range.low < 0 ? QStringLiteral("\u00B1") : QStringLiteral("0\u2013");
        scene.addText(header, Qt::AlignRight | Qt::AlignVCenter, sign + shortNumber(range.high, 2),
                      style.number, style.secondaryText);
    }
    const double top = header.bottom() + style.gap / 2;
    const QRectF area(cell.left(), top, scale * unit().shape.width, scale * unit().shape.height);
    scene.addMap({Output, channel}, area, outputMap(channel));
    if (drawsKernels())
        addKernels(scene, {cell.left(), area.bottom() + style.gap}, cell.width(), channel);
}

void ChannelsFigure::addKernels(Scene& scene, const QPointF& topLeft, double width,
                                int channel) const
{
    const FigureStyle& style = scene.style();
    const SliceLayout layout = sliceLayout(model().architecture, m_options.unit);
    const KernelStrip strip = kernelStrip(layout, width, style);
    std::vector<HeatMap> slices = kernelSlices(model(), m_options.unit, channel);
    for (int slice = 0; slice < layout.slices; ++slice)
        scene.addMap({Kernel, channel * layout.slices + slice}, strip.area(slice, topLeft),
                     std::make_shared<HeatMap>(std::move(slices[static_cast<std::size_t>(slice)])));
    const double y = topLeft.y() + strip.height + style.gap / 2;
    scene.addLabel({topLeft.x(), y, width, lineHeight(style.caption)},
                   Qt::AlignLeft | Qt::AlignVCenter, biasText(model(), m_options.unit, channel),
                   style.caption, style.secondaryText);
}

std::string ChannelsFigure::csv() const
{
    CsvWriter writer("layer,stage,channel,row,column,value");
    const QByteArray stage = stageText(m_options.stage).toUtf8();
    const int columns = unit().shape.width;
    for (int channel = 0; channel < unit().shape.channels; ++channel) {
        const std::span<const float> values = output(channel);
        for (int i = 0; i < unit().shape.area(); ++i)
            writer.line({std::string_view(unit().name), stage.constData(), channel, i / columns,
                         i % columns, values[static_cast<std::size_t>(i)]});
    }
    return std::move(writer).text();
}

QJsonObject ChannelsFigure::settings() const
{
    static constexpr const char* kRanges[] = {"unit", "layer", "model", "locked"};
    QJsonObject object{{QStringLiteral("layer"), QString::fromStdString(unit().name)},
                       {QStringLiteral("stage"), stageText(m_options.stage)},
                       {QStringLiteral("input"), m_options.input},
                       {QStringLiteral("pixels"), packedFloats(m_activations->input)},
                       {QStringLiteral("kernels"), m_options.kernels},
                       {QStringLiteral("range"),
                        QLatin1String(kRanges[static_cast<std::size_t>(m_options.range)])}};
    if (m_options.range != ColourRange::Unit)
        object.insert(QStringLiteral("bound"), range());
    return object;
}

std::unique_ptr<Figure> channelsFigure(core::ModelPointer model,
                                       std::shared_ptr<const core::NetworkActivations> activations,
                                       const ChannelsOptions& options)
{
    return std::make_unique<ChannelsFigure>(std::move(model), std::move(activations), options);
}

} // namespace ui
