// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/image_parametrization.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace core
{

namespace
{

/// How often the k-th basis vector of n goes up and down.
int frequencyOf(int k)
{
    return (k + 1) / 2;
}

/// [n, n]: constant, cosine and sine of each frequency, each of length 1.
std::vector<double> realFourierBasis(int n)
{
    std::vector<double> basis(static_cast<std::size_t>(n * n));
    for (int k = 0; k < n; ++k) {
        double square = 0;
        for (int i = 0; i < n; ++i) {
            const double angle = 2.0 * std::numbers::pi * frequencyOf(k) * i / n;
            const double value = k % 2 == 1 || k == 0 ? std::cos(angle) : std::sin(angle);
            basis[static_cast<std::size_t>(k * n + i)] = value;
            square += value * value;
        }
        for (int i = 0; i < n; ++i)
            basis[static_cast<std::size_t>(k * n + i)] /= std::sqrt(square);
    }
    return basis;
}

enum class Transposed { No, Yes };

/// out = basis x (or basis' x) along the rows of x, [n, m].
std::vector<double> alongRows(const std::vector<double>& basis, Transposed transposed,
                              const std::vector<double>& x, int n, int m)
{
    std::vector<double> out(x.size());
    for (int k = 0; k < n; ++k)
        for (int i = 0; i < n; ++i) {
            const int entry = transposed == Transposed::Yes ? i * n + k : k * n + i;
            const double factor = basis[static_cast<std::size_t>(entry)];
            for (int j = 0; j < m; ++j)
                out[static_cast<std::size_t>(k * m + j)] +=
                    factor * x[static_cast<std::size_t>(i * m + j)];
        }
    return out;
}

std::vector<double> transpose(const std::vector<double>& x, int n, int m)
{
    std::vector<double> out(x.size());
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < m; ++j)
            out[static_cast<std::size_t>(j * n + i)] = x[static_cast<std::size_t>(i * m + j)];
    return out;
}

} // namespace

FourierBasis::FourierBasis(int height, int width)
    : m_height(height), m_width(width), m_rows(realFourierBasis(height)),
      m_columns(realFourierBasis(width))
{
    const double lowest = 1.0 / std::max(height, width);
    for (int i = 0; i < height; ++i)
        for (int j = 0; j < width; ++j) {
            const double vertical = static_cast<double>(frequencyOf(i)) / height;
            const double horizontal = static_cast<double>(frequencyOf(j)) / width;
            m_weight.push_back(lowest / std::max(std::hypot(vertical, horizontal), lowest));
        }
}

std::vector<float> FourierBasis::toPixels(std::span<const float> spectrum) const
{
    std::vector<double> x(spectrum.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = spectrum[i] * m_weight[i];
    x = alongRows(m_rows, Transposed::Yes, x, m_height, m_width);
    x = transpose(x, m_height, m_width);
    x = alongRows(m_columns, Transposed::Yes, x, m_width, m_height);
    x = transpose(x, m_width, m_height);
    return {x.begin(), x.end()};
}

std::vector<float> FourierBasis::toSpectrum(std::span<const float> gradient) const
{
    std::vector<double> x(gradient.begin(), gradient.end());
    x = alongRows(m_rows, Transposed::No, x, m_height, m_width);
    x = transpose(x, m_height, m_width);
    x = alongRows(m_columns, Transposed::No, x, m_width, m_height);
    x = transpose(x, m_width, m_height);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] *= m_weight[i];
    return {x.begin(), x.end()};
}

std::vector<float> blurred(std::span<const float> image, int height, int width, double deviation)
{
    const int radius = static_cast<int>(std::ceil(3 * deviation));
    std::vector<double> kernel;
    double sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        kernel.push_back(std::exp(-0.5 * i * i / (deviation * deviation)));
        sum += kernel.back();
    }
    for (double& weight : kernel)
        weight /= sum;

    const auto pass = [&](std::span<const float> in, int dy, int dx) {
        std::vector<float> out(in.size());
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                double value = 0;
                for (int i = -radius; i <= radius; ++i) {
                    const int row = y + i * dy;
                    const int column = x + i * dx;
                    if (row >= 0 && row < height && column >= 0 && column < width)
                        value += kernel[static_cast<std::size_t>(i + radius)] *
                                 in[static_cast<std::size_t>(row * width + column)];
                }
                out[static_cast<std::size_t>(y * width + x)] = static_cast<float>(value);
            }
        return out;
    };
    return pass(pass(image, 1, 0), 0, 1);
}

std::vector<float> rolled(std::span<const float> image, int height, int width, int down, int right)
{
    const auto wrap = [](int i, int n) { return ((i % n) + n) % n; };
    std::vector<float> out(image.size());
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            out[static_cast<std::size_t>(wrap(y + down, height) * width + wrap(x + right, width))] =
                image[static_cast<std::size_t>(y * width + x)];
    return out;
}

void addTotalVariationGradient(std::span<float> gradient, std::span<const float> image, int height,
                               int width, double weight)
{
    const auto add = [&](int a, int b) {
        const float difference =
            image[static_cast<std::size_t>(a)] - image[static_cast<std::size_t>(b)];
        const auto push =
            static_cast<float>(weight * (difference > 0 ? 1.0 : (difference < 0 ? -1.0 : 0.0)));
        gradient[static_cast<std::size_t>(a)] += push;
        gradient[static_cast<std::size_t>(b)] -= push;
    };
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            if (y + 1 < height)
                add(y * width + x, (y + 1) * width + x);
            if (x + 1 < width)
                add(y * width + x, y * width + x + 1);
        }
}

} // namespace core
