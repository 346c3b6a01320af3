// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/kernel_strip.h"

#include <algorithm>
#include <cmath>

namespace ui
{

QRectF KernelStrip::area(int slice, const QPointF& topLeft) const
{
    return {topLeft.x() + slice % perRow * (sliceWidth + gap),
            topLeft.y() + slice / perRow * (sliceHeight + gap), sliceWidth, sliceHeight};
}

double narrowestStrip(const SliceLayout& layout, const FigureStyle& style)
{
    return layout.slices * layout.columns * 0.75 * style.gap + (layout.slices - 1) * style.gap / 2;
}

KernelStrip kernelStrip(const SliceLayout& layout, double width, const FigureStyle& style)
{
    KernelStrip strip;
    strip.gap = style.gap / 2;
    const double inOneRow = (width - (layout.slices - 1) * strip.gap) / layout.slices;
    // Beside large maps the kernels grow too, until their numbers can be read.
    const double most = std::clamp(0.35 * width / layout.columns, 1.5 * style.gap, 4.5 * style.gap);
    double scale = std::clamp(inOneRow / layout.columns, 0.75 * style.gap, most);
    scale = std::min(scale, width / layout.columns);
    if (style.wholeScale)
        scale = std::max(1.0, std::floor(scale));
    strip.sliceWidth = scale * layout.columns;
    strip.sliceHeight = scale * layout.rows;
    strip.perRow =
        std::clamp(static_cast<int>((width + strip.gap + 0.01) / (strip.sliceWidth + strip.gap)), 1,
                   std::max(1, layout.slices));
    const int rows = (layout.slices + strip.perRow - 1) / strip.perRow;
    strip.perRow = (layout.slices + rows - 1) / rows; // 2 + 2 rather than 3 + 1
    strip.height = rows * strip.sliceHeight + (rows - 1) * strip.gap;
    return strip;
}

} // namespace ui
