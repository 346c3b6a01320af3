// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/weight_page.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

double gridSize(int maps, int cells, double scale, double gap)
{
    return maps * cells * scale + (maps - 1) * gap / 2;
}

} // namespace

WeightPage::WeightPage(const core::Architecture& architecture, Content content)
{
    const core::Parameters parameters(architecture);
    m_parameters = parameters.values().size();
    for (const core::Unit& unit : architecture.units())
        addUnit(architecture, parameters, unit, content);
}

/// Batch norm's tensors and everything else that is no weight of the unit's own layer comes as
/// lines of cells.
void WeightPage::addUnit(const core::Architecture& architecture, const core::Parameters& parameters,
                         const core::Unit& unit, Content content)
{
    const core::Layer& layer = architecture.layers()[static_cast<std::size_t>(unit.weightLayer)];
    const bool convolution = std::holds_alternative<core::Convolution>(layer);
    if (content == Content::Convolutions && !convolution)
        return;
    Block block;
    block.name = block.title = QString::fromStdString(unit.name);
    const auto& slices = parameters.slices();
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const core::ParameterSlice& slice = slices[i];
        if (slice.layer < unit.weightLayer || slice.layer > unit.postLayer ||
            !core::isTrainable(slice.role))
            continue;
        Tensor tensor{slice, static_cast<int>(i)};
        const auto extent = [&](std::size_t at) { return static_cast<int>(slice.shape[at]); };
        if (slice.role == core::ParameterRole::Weight && slice.shape.size() == 4) {
            tensor.outputsAcross = extent(0) >= extent(1);
            tensor.across = std::max(extent(0), extent(1));
            tensor.down = std::min(extent(0), extent(1));
            block.title += tensor.outputsAcross ? QStringLiteral("  out \u2192")
                                                : QStringLiteral("  in \u2192");
            if (tensor.down > 1)
                block.title += tensor.outputsAcross ? QStringLiteral(" in \u2193")
                                                    : QStringLiteral(" out \u2193");
            tensor.rows = extent(2);
            tensor.columns = extent(3);
        } else if (slice.role == core::ParameterRole::Weight && slice.shape.size() == 2) {
            tensor.rows = extent(0);
            tensor.columns = extent(1);
            block.title += QStringLiteral("  in \u2192 out \u2193");
        } else if (content == Content::Convolutions) {
            continue;
        } else {
            tensor.columns = static_cast<int>(slice.count);
        }
        block.tensors.push_back(std::move(tensor));
    }
    m_blocks.push_back(std::move(block));
}

WeightPage::Measures WeightPage::measure(const FigureStyle& style) const
{
    Measures measures;
    measures.gap = style.gap;
    measures.title = lineHeight(style.caption) + style.gap / 2;
    measures.tag = style.gap / 2 + textWidth(style.caption, QStringLiteral("slope"));
    for (const Block& block : m_blocks)
        measures.titles.push_back(textWidth(style.caption, block.title));
    return measures;
}

double WeightPage::blockWidth(std::size_t block, double scale, const Measures& measures) const
{
    double width = measures.titles[block];
    for (const Tensor& tensor : m_blocks[block].tensors) {
        const bool tagged = tensor.slice.role != core::ParameterRole::Weight;
        width = std::max(width, gridSize(tensor.across, tensor.columns, scale, measures.gap) +
                                    (tagged ? measures.tag : 0));
    }
    return width;
}

double WeightPage::blockHeight(std::size_t block, double scale, const Measures& measures) const
{
    double height = measures.title;
    for (const Tensor& tensor : m_blocks[block].tensors)
        height += gridSize(tensor.down, tensor.rows, scale, measures.gap) + measures.gap / 2;
    return height;
}

/// From left to right in rows, each as high as its highest block.
double WeightPage::arrange(double width, double scale, const Measures& measures,
                           const std::function<void(std::size_t block, QPointF)>& place) const
{
    double x = 0;
    double y = 0;
    double rowHeight = 0;
    for (std::size_t block = 0; block < m_blocks.size(); ++block) {
        const double needed = blockWidth(block, scale, measures);
        if (x > 0 && x + needed > width) {
            y += rowHeight + measures.gap;
            x = rowHeight = 0;
        }
        place(block, {x, y});
        x += needed + 3 * measures.gap;
        rowHeight = std::max(rowHeight, blockHeight(block, scale, measures));
    }
    return y + rowHeight;
}

double WeightPage::scaleFor(double width, double room, const FigureStyle& style, double most) const
{
    const Measures measures = measure(style);
    const double largest = most * style.gap;
    const double step = style.wholeScale ? 1 : style.gap / 16;
    for (double scale = style.wholeScale ? std::floor(largest) : largest; scale > step;
         scale -= step) {
        bool fits = true;
        for (std::size_t block = 0; block < m_blocks.size(); ++block)
            fits = fits && blockWidth(block, scale, measures) <= width;
        const double height = arrange(width, scale, measures, [](std::size_t, QPointF) {});
        if (fits && (room <= 0 || height <= room || scale <= style.gap / 2))
            return scale;
    }
    return step;
}

double WeightPage::add(Scene& scene, double top, double width, double scale, const Fill& fill) const
{
    const Measures measures = measure(scene.style());
    return arrange(width, scale, measures, [&](std::size_t block, QPointF at) {
        addBlock(scene, block, at + QPointF(0, top), scale, measures, fill);
    });
}

void WeightPage::addBlock(Scene& scene, std::size_t block, const QPointF& topLeft, double scale,
                          const Measures& measures, const Fill& fill) const
{
    const FigureStyle& style = scene.style();
    scene.addText({topLeft.x(), topLeft.y(), measures.titles[block], lineHeight(style.caption)},
                  Qt::AlignLeft | Qt::AlignVCenter, m_blocks[block].title, style.caption,
                  style.text);
    double y = topLeft.y() + measures.title;
    for (const Tensor& tensor : m_blocks[block].tensors) {
        addTensor(scene, tensor, {topLeft.x(), y}, scale, fill);
        if (tensor.slice.role != core::ParameterRole::Weight) {
            const bool bias = tensor.slice.role == core::ParameterRole::Bias;
            const bool slope = tensor.slice.role == core::ParameterRole::Slope;
            scene.addText(
                {topLeft.x() + tensor.columns * scale + style.gap / 2, y, measures.tag, scale},
                Qt::AlignLeft | Qt::AlignVCenter,
                bias    ? QStringLiteral("bias")
                : slope ? QStringLiteral("slope")
                        : QStringLiteral("norm"),
                style.caption, style.secondaryText);
        }
        y += gridSize(tensor.down, tensor.rows, scale, style.gap) + style.gap / 2;
    }
}

/// Maps come with the input running fastest.
void WeightPage::addTensor(Scene& scene, const Tensor& tensor, const QPointF& topLeft, double scale,
                           const Fill& fill) const
{
    const double gap = scene.style().gap / 2;
    const QSizeF size(tensor.columns * scale, tensor.rows * scale);
    const auto area = static_cast<std::size_t>(tensor.rows * tensor.columns);
    for (int map = 0; map < tensor.across * tensor.down; ++map) {
        const int column = tensor.outputsAcross ? map / tensor.down : map % tensor.across;
        const int row = tensor.outputsAcross ? map % tensor.down : map / tensor.across;
        const QPointF at =
            topLeft + QPointF(column * (size.width() + gap), row * (size.height() + gap));
        const std::size_t first = tensor.slice.offset + static_cast<std::size_t>(map) * area;
        scene.addMap({m_firstGroup + tensor.index, map}, QRectF(at, size),
                     std::make_shared<HeatMap>(fill(first, tensor.rows, tensor.columns)));
    }
}

const WeightPage::Tensor* WeightPage::tensorOf(int index) const
{
    for (const Block& block : m_blocks)
        for (const Tensor& tensor : block.tensors)
            if (tensor.index == index)
                return &tensor;
    return nullptr;
}

ParameterPlace WeightPage::placeOf(const SceneHit& hit) const
{
    const Tensor* tensor = tensorOf(hit.key.group - m_firstGroup);
    if (tensor == nullptr)
        return {};
    const int within =
        hit.key.index * tensor->rows * tensor->columns + hit.row * tensor->columns + hit.column;
    return {tensor->slice.offset + static_cast<std::size_t>(within), tensor->index, hit.row,
            hit.column};
}

SceneHit WeightPage::hitOf(std::size_t parameter) const
{
    for (const Block& block : m_blocks)
        for (const Tensor& tensor : block.tensors) {
            const core::ParameterSlice& slice = tensor.slice;
            if (parameter < slice.offset || parameter >= slice.offset + slice.count)
                continue;
            const int within = static_cast<int>(parameter - slice.offset);
            const int area = tensor.rows * tensor.columns;
            return {{m_firstGroup + tensor.index, within / area},
                    within % area / tensor.columns,
                    within % tensor.columns};
        }
    return {{-1, -1}};
}

QString WeightPage::describe(std::size_t parameter) const
{
    for (const Block& block : m_blocks)
        for (const Tensor& tensor : block.tensors) {
            const core::ParameterSlice& slice = tensor.slice;
            if (parameter < slice.offset || parameter >= slice.offset + slice.count)
                continue;
            QString text = block.name + u' ' + QString::fromStdString(slice.name);
            std::size_t rest = parameter - slice.offset;
            QStringList indices;
            for (auto extent = slice.shape.rbegin(); extent != slice.shape.rend(); ++extent) {
                indices.prepend(QString::number(rest % static_cast<std::size_t>(*extent)));
                rest /= static_cast<std::size_t>(*extent);
            }
            return text + u'[' + indices.join(QStringLiteral(", ")) + u']';
        }
    return QStringLiteral("parameter %1").arg(parameter);
}

} // namespace ui
