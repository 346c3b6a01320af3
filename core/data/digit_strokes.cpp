// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/digit_strokes.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <string_view>
#include <system_error>

namespace core
{

namespace
{

struct ShapeText {
    int digit;
    double share;
    std::string_view strokes; ///< "x,y x,y | x,y x,y" in hundredths
};

// clang-format off
constexpr ShapeText kShapes[] = {
    {0, 3, "55,2 30,8 12,34 8,66 24,94 50,98 76,80 84,48 76,16 52,2"},
    {0, 2, "62,6 36,4 14,24 8,58 22,90 50,98 78,82 90,50 78,18 44,10"},
    {0, 1, "46,0 28,20 24,55 32,90 50,100 66,84 72,50 64,14 46,0"},
    {1, 8, "50,0 50,50 50,100"},
    {1, 1, "32,20 52,0 52,0 50,50 50,100"},
    {1, 0.4, "30,20 52,0 52,0 50,50 50,100 | 22,100 80,100"},
    {2, 3, "12,24 28,5 56,2 72,20 62,50 36,78 8,97 8,97 45,95 92,97"},
    {2, 3, "14,20 34,3 62,5 72,25 60,55 36,85 14,97 5,88 16,76 38,80 62,94 95,90"},
    {2, 1, "20,12 50,0 74,18 64,46 40,70 14,95 14,95 40,88 66,96 92,90"},
    {3, 3, "14,12 40,0 68,8 70,28 38,46 38,46 68,52 80,72 64,94 34,100 8,90"},
    {3, 2, "18,6 46,0 72,10 68,32 46,46 36,50 50,48 76,58 80,80 56,98 14,96"},
    {3, 1, "16,4 45,2 74,2 74,2 42,40 42,40 70,50 78,74 58,96 32,100 8,90"},
    {4, 3, "20,4 16,28 14,50 14,50 42,52 84,46 | 78,2 72,50 66,100"},
    {4, 3, "18,6 12,34 24,50 52,48 74,34 | 80,0 74,40 64,100"},
    {4, 1, "60,0 34,32 6,60 6,60 45,60 92,57 | 64,2 62,50 58,100"},
    {5, 3, "30,6 24,24 20,44 20,44 46,38 70,52 70,80 44,99 8,94 | 30,6 58,5 90,1"},
    {5, 2, "88,3 60,3 36,5 36,5 30,24 24,42 42,42 64,54 66,78 46,96 18,98 6,86"},
    {5, 1, "34,4 26,26 32,44 60,54 70,74 52,96 14,96 | 34,4 62,4 86,0"},
    {6, 3, "62,0 36,22 16,54 14,82 36,100 66,90 74,68 54,54 30,64 18,84"},
    {6, 2, "42,0 24,30 14,66 24,92 48,100 72,86 70,64 46,58 20,76"},
    {6, 1, "82,8 54,4 24,30 12,68 30,98 62,94 76,70 58,52 32,60 16,76"},
    {7, 4, "10,10 46,10 84,4 84,4 66,46 46,100"},
    {7, 2, "8,24 14,10 44,10 80,6 76,30 56,62 44,100"},
    {7, 1, "10,8 46,8 84,3 84,3 64,46 42,100 | 30,54 82,48"},
    {8, 3, "72,12 48,0 24,12 30,34 54,52 70,76 56,97 28,97 18,78 40,54 66,34 76,14 62,4"},
    {8, 2, "50,46 26,32 28,8 54,0 76,14 70,36 48,48 24,66 22,90 46,100 70,88 68,64 48,46"},
    {8, 1, "84,4 52,0 22,14 30,36 56,54 64,80 46,100 24,90 30,66 58,38 86,6"},
    {9, 3, "74,14 50,2 22,16 18,40 42,50 66,34 76,10 76,10 70,50 60,100"},
    {9, 2, "70,20 52,2 26,12 18,36 36,48 60,38 70,18 74,38 66,70 52,100"},
    {9, 1, "74,22 54,2 26,12 20,38 42,50 66,38 76,16 78,46 70,82 46,99 20,92"},
};
// clang-format on

int readNumber(std::string_view& text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    assert(error == std::errc());
    static_cast<void>(error);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::vector<Stroke> readStrokes(std::string_view text)
{
    std::vector<Stroke> strokes(1);
    while (!text.empty()) {
        const int x = readNumber(text);
        text.remove_prefix(1); // the comma
        const int y = readNumber(text);
        strokes.back().push_back({x / 100.0, y / 100.0});
        if (text.starts_with(" | "))
            strokes.emplace_back();
        text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
    }
    return strokes;
}

std::array<std::vector<DigitShape>, 10> readShapes()
{
    std::array<std::vector<DigitShape>, 10> shapes;
    for (const auto& [digit, share, strokes] : kShapes)
        shapes.at(static_cast<std::size_t>(digit)).push_back({share, readStrokes(strokes)});
    return shapes;
}

StrokePoint between(const StrokePoint& before, const StrokePoint& from, const StrokePoint& to,
                    const StrokePoint& after, double t)
{
    const auto blend = [t](double a, double b, double c, double d) {
        return 0.5 * (2 * b + t * ((c - a) + t * ((2 * a - 5 * b + 4 * c - d) +
                                                  t * (3 * b - a - 3 * c + d))));
    };
    return {blend(before.x, from.x, to.x, after.x), blend(before.y, from.y, to.y, after.y)};
}

bool same(const StrokePoint& a, const StrokePoint& b)
{
    return a.x == b.x && a.y == b.y;
}

} // namespace

std::span<const DigitShape> digitShapes(int digit)
{
    static const auto shapes = readShapes();
    assert(digit >= 0 && digit < 10);
    return shapes[static_cast<std::size_t>(digit)];
}

Stroke smoothed(const Stroke& stroke)
{
    constexpr int kSteps = 8;
    Stroke fine = {stroke.front()};
    for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
        const auto& from = stroke[i];
        const auto& to = stroke[i + 1];
        if (same(from, to))
            continue;
        const auto& before = i > 0 ? stroke[i - 1] : from;
        const auto& after = i + 2 < stroke.size() ? stroke[i + 2] : to;
        for (int step = 1; step <= kSteps; ++step)
            fine.push_back(between(before, from, to, after, static_cast<double>(step) / kSteps));
    }
    return fine;
}

} // namespace core
