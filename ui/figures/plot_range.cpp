// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plot_range.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

/// Wide enough to tell its ends apart, and small enough to compute with.
bool isSane(double low, double high)
{
    const double size = std::max({std::abs(low), std::abs(high), 1e-12});
    return std::isfinite(low) && std::isfinite(high) && high - low > 1e-9 * size && size < 1e12;
}

bool isSane(const PlotRange& range)
{
    return isSane(range.left, range.right) && isSane(range.low, range.high);
}

} // namespace

PlotRange PlotRange::zoomed(double factor, double across, double up) const
{
    const double x = left + across * (right - left);
    const double y = low + up * (high - low);
    const PlotRange range = {x + (left - x) / factor, x + (right - x) / factor,
                             y + (low - y) / factor, y + (high - y) / factor};
    return isSane(range) ? range : *this;
}

PlotRange PlotRange::moved(double across, double up) const
{
    const double x = across * (right - left);
    const double y = up * (high - low);
    const PlotRange range = {left + x, right + x, low + y, high + y};
    return isSane(range) ? range : *this;
}

bool PlotRange::holds(double x, double y) const
{
    return x >= left && x <= right && y >= low && y <= high;
}

QJsonObject toJson(const PlotRange& range)
{
    return {{QStringLiteral("left"), range.left},
            {QStringLiteral("right"), range.right},
            {QStringLiteral("low"), range.low},
            {QStringLiteral("high"), range.high}};
}

std::optional<PlotRange> plotRangeFromJson(const QJsonObject& json)
{
    const auto number = [&](const char* key) { return json.value(QLatin1String(key)).toDouble(); };
    const PlotRange range{number("left"), number("right"), number("low"), number("high")};
    return isSane(range) ? std::optional(range) : std::nullopt;
}

} // namespace ui
