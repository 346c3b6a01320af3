// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sample_digits.h"

#include "core/base/random.h"
#include "core/data/digit_strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace core
{

// Only + - * / and square roots below, which IEEE 754 fixes to the last bit, no sines or
// logarithms: so the same seed gives the same bytes with every C++ library.

namespace
{

constexpr int kSide = 28;
constexpr int kBox = 20; ///< MNIST's digits fill 20 x 20 of the 28 x 28

constexpr double kMassCentre = 14.5; ///< measured on MNIST: the middle of pixel 14

struct Pen {
    double radius = 1; ///< pixels
    double rim = 1;    ///< pixels over which ink fades out
};

struct Bounds {
    double left = std::numeric_limits<double>::max();
    double top = std::numeric_limits<double>::max();
    double right = std::numeric_limits<double>::lowest();
    double bottom = std::numeric_limits<double>::lowest();
};

/// Ink, 0..1.
struct Canvas {
    std::array<std::array<double, kSide>, kSide> rows{};

    double& at(int row, int column)
    {
        return rows.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column));
    }
    double at(int row, int column) const
    {
        return rows.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column));
    }
};

/// Bell-shaped with variance 1, within +-3: a sum of uniform numbers, so no logarithm.
double bell(Random& random)
{
    double sum = 0;
    for (int i = 0; i < 3; ++i)
        sum += random.uniform(-1.0, 1.0);
    return sum;
}

const DigitShape& chooseShape(std::span<const DigitShape> shapes, Random& random)
{
    double total = 0;
    for (const auto& shape : shapes)
        total += shape.share;
    double left = random.uniform() * total;
    for (const auto& shape : shapes) {
        left -= shape.share;
        if (left < 0)
            return shape;
    }
    return shapes.back();
}

/// Moves every point a little; the two copies of a corner together.
void jitter(std::vector<Stroke>& strokes, Random& random)
{
    for (auto& stroke : strokes) {
        StrokePoint moved;
        StrokePoint original = {-1, -1};
        for (auto& point : stroke) {
            const bool corner = point.x == original.x && point.y == original.y;
            original = point;
            if (!corner)
                moved = {point.x + 0.036 * bell(random), point.y + 0.036 * bell(random)};
            point = moved;
        }
    }
}

/// How one hand differs from another.
struct Hand {
    double aspect = 1;
    double slant = 0;
    double tilt = 0;  ///< tangent of half the angle
    double upper = 0; ///< moves the middle up or down, so that loops differ in size
    double bend = 0;  ///< bows vertical lines

    StrokePoint operator()(const StrokePoint& point) const
    {
        const double y = point.y + upper * point.y * (1 - point.y) - 0.5;
        const double x =
            aspect * (point.x - 0.5 + bend * (4 * point.y * (1 - point.y) - 0.5)) - slant * y;
        const double cosine = (1 - tilt * tilt) / (1 + tilt * tilt);
        const double sine = 2 * tilt / (1 + tilt * tilt);
        return {cosine * x - sine * y, sine * x + cosine * y};
    }
};

Hand chooseHand(Random& random)
{
    Hand hand;
    hand.aspect = 0.90 + 0.15 * bell(random);
    hand.slant = 0.18 + 0.21 * bell(random);
    hand.tilt = 0.055 * bell(random);
    hand.upper = 0.14 * bell(random);
    hand.bend = 0.02 * bell(random);
    return hand;
}

std::vector<Stroke> drawnBy(const Hand& hand, const DigitShape& shape, Random& random)
{
    auto strokes = shape.strokes;
    jitter(strokes, random);
    for (auto& stroke : strokes) {
        stroke = smoothed(stroke);
        std::ranges::transform(stroke, stroke.begin(), hand);
    }
    return strokes;
}

Bounds boundsOf(const std::vector<Stroke>& strokes)
{
    Bounds bounds;
    for (const auto& stroke : strokes) {
        for (const auto& point : stroke) {
            bounds.left = std::min(bounds.left, point.x);
            bounds.right = std::max(bounds.right, point.x);
            bounds.top = std::min(bounds.top, point.y);
            bounds.bottom = std::max(bounds.bottom, point.y);
        }
    }
    return bounds;
}

/// Scales so that the ink just fills the 20 x 20 box one way, the box in the middle of the image.
void fit(std::vector<Stroke>& strokes, const Pen& pen)
{
    const Bounds bounds = boundsOf(strokes);
    const double extent = std::max(bounds.right - bounds.left, bounds.bottom - bounds.top);
    const double scale = (kBox - 2 * pen.radius) / extent;
    const double middleX = (bounds.left + bounds.right) / 2;
    const double middleY = (bounds.top + bounds.bottom) / 2;
    for (auto& stroke : strokes)
        for (auto& point : stroke)
            point = {kSide / 2.0 + scale * (point.x - middleX),
                     kSide / 2.0 + scale * (point.y - middleY)};
}

double distanceToSegment(double x, double y, const StrokePoint& a, const StrokePoint& b)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double along =
        length > 0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    const double restX = x - a.x - along * dx;
    const double restY = y - a.y - along * dy;
    return std::sqrt(restX * restX + restY * restY);
}

void ink(Canvas& canvas, const StrokePoint& a, const StrokePoint& b, const Pen& pen)
{
    const double reach = pen.radius + pen.rim;
    const int top = std::max(0, static_cast<int>(std::min(a.y, b.y) - reach));
    const int bottom = std::min(kSide - 1, static_cast<int>(std::max(a.y, b.y) + reach));
    const int left = std::max(0, static_cast<int>(std::min(a.x, b.x) - reach));
    const int right = std::min(kSide - 1, static_cast<int>(std::max(a.x, b.x) + reach));
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            const double distance = distanceToSegment(column + 0.5, row + 0.5, a, b);
            const double covered = std::clamp((pen.radius - distance) / pen.rim + 0.5, 0.0, 1.0);
            double& pixel = canvas.at(row, column);
            pixel = std::max(pixel, covered);
        }
    }
}

Canvas rendered(const std::vector<Stroke>& strokes, const Pen& pen)
{
    Canvas canvas;
    for (const auto& stroke : strokes)
        for (std::size_t i = 0; i + 1 < stroke.size(); ++i)
            ink(canvas, stroke[i], stroke[i + 1], pen);
    return canvas;
}

/// By whole pixels, as in MNIST, so that nothing blurs.
void appendCentred(const Canvas& canvas, std::vector<std::uint8_t>& pixels)
{
    double mass = 0;
    double rows = 0;
    double columns = 0;
    for (int row = 0; row < kSide; ++row) {
        for (int column = 0; column < kSide; ++column) {
            const double value = canvas.at(row, column);
            mass += value;
            rows += value * (row + 0.5);
            columns += value * (column + 0.5);
        }
    }
    const int down = static_cast<int>(std::floor(kMassCentre - rows / mass + 0.5));
    const int across = static_cast<int>(std::floor(kMassCentre - columns / mass + 0.5));
    for (int row = 0; row < kSide; ++row) {
        for (int column = 0; column < kSide; ++column) {
            const int fromRow = row - down;
            const int fromColumn = column - across;
            const bool inside =
                fromRow >= 0 && fromRow < kSide && fromColumn >= 0 && fromColumn < kSide;
            const double value = inside ? canvas.at(fromRow, fromColumn) : 0.0;
            pixels.push_back(static_cast<std::uint8_t>(std::floor(value * 255 + 0.5)));
        }
    }
}

} // namespace

Dataset sampleDigits(int count, std::uint64_t seed, Split split)
{
    Dataset dataset;
    dataset.name = "sample digits (built-in)";
    dataset.split = split;
    dataset.synthetic = true;
    dataset.height = kSide;
    dataset.width = kSide;
    const std::uint64_t ownSeed = derivedSeed(seed, static_cast<std::uint64_t>(split));
    for (int i = 0; i < count; ++i) {
        Random random(derivedSeed(ownSeed, static_cast<std::uint64_t>(i)));
        const int digit = i % 10;
        const Hand hand = chooseHand(random);
        const Pen pen = {1.32 + 0.29 * bell(random), 1.2};
        auto strokes = drawnBy(hand, chooseShape(digitShapes(digit), random), random);
        fit(strokes, pen);
        appendCentred(rendered(strokes, pen), dataset.pixels);
        dataset.labels.push_back(static_cast<std::uint8_t>(digit));
    }
    return dataset;
}

} // namespace core
