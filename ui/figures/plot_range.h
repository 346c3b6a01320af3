// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <optional>

namespace ui
{

/// What of a plane over two linear axes is visible.
struct PlotRange {
    double left = 0;
    double right = 1;
    double low = 0;
    double high = 1;
    bool operator==(const PlotRange&) const = default;

    /// By a factor around a place, given as shares of the ranges from the left and the bottom.
    PlotRange zoomed(double factor, double across, double up) const;
    PlotRange moved(double across, double up) const; ///< by shares
    bool holds(double x, double y) const;
};

QJsonObject toJson(const PlotRange& range);
std::optional<PlotRange> plotRangeFromJson(const QJsonObject& json); ///< absent: makes no sense

} // namespace ui
