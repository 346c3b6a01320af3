// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ink.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

constexpr double kRadius = 0.9;   ///< of full ink, at full pressure
constexpr double kSoftEdge = 1.0; ///< over which ink fades
constexpr double kEraserRadius = 2.0;

/// Of the point from the segment, and how far along the segment the nearest place is.
struct Nearest {
    double distance = 0;
    double along = 0; ///< 0 at its start, 1 at its end
};

Nearest nearestOn(const InkPoint& from, const InkPoint& to, double x, double y)
{
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 == 0 ? 0 : std::clamp(((x - from.x) * dx + (y - from.y) * dy) / length2, 0.0, 1.0);
    return {std::hypot(from.x + along * dx - x, from.y + along * dy - y), along};
}

struct Extent {
    int first = 0;
    int last = -1;
    double mean = 0;
};

/// Where the ink is, along one axis.
Extent extentOf(const std::vector<double>& mass)
{
    Extent extent{static_cast<int>(mass.size()), -1, 0};
    double total = 0;
    for (int i = 0; i < static_cast<int>(mass.size()); ++i) {
        const double here = mass[static_cast<std::size_t>(i)];
        if (here <= 0)
            continue;
        extent.first = std::min(extent.first, i);
        extent.last = i;
        extent.mean += here * (i + 0.5);
        total += here;
    }
    if (total > 0)
        extent.mean /= total;
    return extent;
}

int shiftFor(const Extent& extent, int size)
{
    const int wanted = static_cast<int>(std::lround(size / 2.0 - extent.mean));
    return std::clamp(wanted, -extent.first, size - 1 - extent.last);
}

} // namespace

InkSheet::InkSheet(int height, int width)
    : m_height(height), m_width(width),
      m_pixels(static_cast<std::size_t>(height) * static_cast<std::size_t>(width))
{
}

bool InkSheet::empty() const
{
    return std::ranges::all_of(m_pixels, [](float pixel) { return pixel == 0; });
}

void InkSheet::setPixels(std::vector<float> pixels)
{
    if (pixels.size() == m_pixels.size())
        m_pixels = std::move(pixels);
}

void InkSheet::clear()
{
    std::ranges::fill(m_pixels, 0.0F);
}

void InkSheet::stroke(const InkPoint& from, const InkPoint& to, InkTool tool)
{
    for (int row = 0; row < m_height; ++row) {
        for (int column = 0; column < m_width; ++column) {
            const Nearest nearest = nearestOn(from, to, column + 0.5, row + 0.5);
            const double pressure = from.pressure + nearest.along * (to.pressure - from.pressure);
            const double radius =
                tool == InkTool::Eraser ? kEraserRadius : kRadius * (0.4 + 0.6 * pressure);
            const auto ink = static_cast<float>(
                std::clamp((radius + kSoftEdge - nearest.distance) / kSoftEdge, 0.0, 1.0));
            float& pixel = m_pixels[static_cast<std::size_t>(row * m_width + column)];
            pixel = tool == InkTool::Eraser ? std::min(pixel, 1 - ink) : std::max(pixel, ink);
        }
    }
}

std::vector<float> centredByMass(std::span<const float> pixels, int height, int width)
{
    std::vector<double> rows(static_cast<std::size_t>(height));
    std::vector<double> columns(static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        rows[i / columns.size()] += pixels[i];
        columns[i % columns.size()] += pixels[i];
    }
    std::vector<float> moved(pixels.size());
    const Extent vertical = extentOf(rows);
    const Extent horizontal = extentOf(columns);
    if (vertical.last < 0)
        return moved;
    const int down = shiftFor(vertical, height);
    const int right = shiftFor(horizontal, width);
    for (int row = vertical.first; row <= vertical.last; ++row)
        for (int column = horizontal.first; column <= horizontal.last; ++column)
            moved[static_cast<std::size_t>((row + down) * width + column + right)] =
                pixels[static_cast<std::size_t>(row * width + column)];
    return moved;
}

} // namespace ui
