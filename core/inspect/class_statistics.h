// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <string>
#include <vector>

namespace core
{

/// Mean and scatter of each feature neuron over the images of each class.
struct ClassStatistics {
    std::string data;              ///< Dataset::description() of what it was computed on
    Stage stage = Stage::Post;     ///< before or after the features' activation function
    Shape shape;                   ///< of the features: [4, 3, 3] in the published network
    std::vector<int> count;        ///< [classes] images seen
    std::vector<double> mean;      ///< [classes][features], row-major
    std::vector<double> deviation; ///< [classes][features], of the images themselves (divided by n)

    int classes() const { return static_cast<int>(count.size()); }
    int features() const { return shape.count(); }
    double meanOf(int label, int feature) const
    {
        return mean[static_cast<std::size_t>(label * features() + feature)];
    }
    double deviationOf(int label, int feature) const
    {
        return deviation[static_cast<std::size_t>(label * features() + feature)];
    }
};

std::string toJson(const ClassStatistics& statistics);
ClassStatistics classStatisticsFromJson(const std::string& text); ///< throws Error(Input)

} // namespace core
