// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/kernel_slices.h"
#include "ui/figures/style.h"

#include <QRectF>

namespace ui
{

/// The slices of one kernel in a row, wrapped where they must be.
struct KernelStrip {
    int perRow = 1;
    double sliceWidth = 0;
    double sliceHeight = 0;
    double gap = 0;
    double height = 0;

    QRectF area(int slice, const QPointF& topLeft) const;
};

/// Width that all slices take side by side at the smallest scale.
double narrowestStrip(const SliceLayout& layout, const FigureStyle& style);

KernelStrip kernelStrip(const SliceLayout& layout, double width, const FigureStyle& style);

} // namespace ui
