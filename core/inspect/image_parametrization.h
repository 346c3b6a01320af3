// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace core
{

/// An orthonormal real Fourier basis for images of one size, so that a spectrum can be optimised
/// instead of pixels (Olah, Mordvintsev and Schubert 2017). Each coefficient is weighted by
/// 1 / frequency, as in natural images: an equal step in all of them favours smooth pictures.
class FourierBasis
{
public:
    FourierBasis(int height, int width);

    /// [H, W] coefficients to [H, W] pixels around 0.
    std::vector<float> toPixels(std::span<const float> spectrum) const;
    /// The transpose of toPixels: a gradient by pixels to one by coefficients.
    std::vector<float> toSpectrum(std::span<const float> gradient) const;

private:
    int m_height;
    int m_width;
    std::vector<double> m_rows;    ///< [H, H] basis vectors as rows
    std::vector<double> m_columns; ///< [W, W]
    std::vector<double> m_weight;  ///< [H, W]
};

/// Gaussian smoothing with the given deviation in pixels; what lies outside counts as nothing.
std::vector<float> blurred(std::span<const float> image, int height, int width, double deviation);

/// Moves the image down and right, round the edges.
std::vector<float> rolled(std::span<const float> image, int height, int width, int down, int right);

/// Adds weight * d(sum of |differences of neighbours|)/d(pixel) to `gradient`.
void addTotalVariationGradient(std::span<float> gradient, std::span<const float> image, int height,
                               int width, double weight);

} // namespace core
