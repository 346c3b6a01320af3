// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <vector>

namespace core
{

/// What one output of a layer reads of the input image, in closed form (Araujo, Norris and Sim,
/// "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019). The output at
/// (row, column) reads rows start + stride * row ... + size - 1, before clipping to the image.
struct ReceptiveField {
    int height = 1;
    int width = 1;
    int stride = 1;
    int start = 0; ///< negative where there is padding
};

/// Pixels of the input, clipped to it. Empty where height or width is 0.
struct PixelWindow {
    int top = 0;
    int left = 0;
    int height = 0;
    int width = 0;

    bool contains(int row, int column) const
    {
        return row >= top && row < top + height && column >= left && column < left + width;
    }
    bool operator==(const PixelWindow&) const = default;
};

/// Layers behind a flatten (and those behind global pooling) see what all their inputs see.
ReceptiveField receptiveField(const Architecture& architecture, int layer);

/// The pixels that the layer's output at (row, column) can depend on.
PixelWindow receptiveWindow(const Architecture& architecture, int layer, int row, int column);

/// For each input pixel, [H, W], whether any output of the layer can depend on it.
std::vector<bool> seenPixels(const Architecture& architecture, int layer);

/// For each entry of the layer's map, [H, W], whether it can depend on that input pixel: the way
/// back from receptiveWindow().
std::vector<bool> readersOf(const Architecture& architecture, int layer, int row, int column);

/// For each entry of the layer's map, [H, W], whether the network's logits can depend on it: rows
/// and columns that pooling and strides leave over are not read by anything.
std::vector<bool> readPositions(const Architecture& architecture, int layer);

} // namespace core
