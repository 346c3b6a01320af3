// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace ui
{

/// A point on the canvas in pixels; (0, 0) is the upper left corner of the upper left pixel.
struct InkPoint {
    double x = 0;
    double y = 0;
    double pressure = 1; ///< 0..1; widens the stroke
};

enum class InkTool { Pen, Eraser };

/// Grey pixels that a soft pen draws on: MNIST's strokes are about three pixels wide and
/// fade over one.
class InkSheet
{
public:
    InkSheet(int height, int width);

    int height() const { return m_height; }
    int width() const { return m_width; }
    const std::vector<float>& pixels() const { return m_pixels; } ///< [H, W] in 0..1
    bool empty() const;

    void setPixels(std::vector<float> pixels);
    void clear();
    void stroke(const InkPoint& from, const InkPoint& to, InkTool tool);

private:
    int m_height;
    int m_width;
    std::vector<float> m_pixels;
};

/// The image moved by whole pixels so that its centre of mass is as near as can be to the middle,
/// as MNIST's digits were. Ink that would leave the sheet stops the move at the edge.
std::vector<float> centredByMass(std::span<const float> pixels, int height, int width);

} // namespace ui
