// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/base/progress.h"
#include "core/inspect/receptive_field.h"
#include "core/model/model.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// What is looked for in a data set: the highest value of a channel's map, or one neuron's value.
struct ExampleSubject {
    int layer = 0; ///< index into Architecture::layers(); its output is meant
    int channel = 0;
    std::optional<int> position; ///< row * width + column; absent: the highest of the map
};

struct Example {
    int image = 0; ///< index into the data set
    int label = 0;
    float value = 0;
    int row = 0; ///< where in the channel's map: the first of the highest in reading order
    int column = 0;
    PixelWindow window; ///< the pixels that this place of the map can depend on
};

/// Five numbers of one class's values. Quartiles are interpolated linearly between the values (what
/// numpy and R call the default, type 7; Hyndman and Fan 1996).
struct Quartiles {
    int count = 0; ///< all others are 0 where it is
    double minimum = 0;
    double lower = 0;
    double median = 0;
    double upper = 0;
    double maximum = 0;
    double mean = 0;
};
Quartiles quartilesOf(std::span<const float> values); ///< in any order; NaN is not allowed

/// How the values spread over the images of each class.
struct ValueDistribution {
    double low = 0; ///< lowest and highest value of all; the bins between them are equally wide
    double high = 0;
    int bins = 0;
    std::vector<int> histogram;      ///< [classes][bins]; the last bin includes `high`
    std::vector<Quartiles> perClass; ///< [classes]
    Quartiles overall;

    int classes() const { return static_cast<int>(perClass.size()); }
    int countOf(int label, int bin) const
    {
        return histogram[static_cast<std::size_t>(label * bins + bin)];
    }
};
/// `labels` gives each value's class; both of the same length. Values that are not finite, as those
/// of broken networks, are left out.
ValueDistribution distributionOf(std::span<const float> values,
                                 std::span<const std::uint8_t> labels, int classes, int bins);

struct TopExamplesOptions {
    int count = 9; ///< of the strongest, and of the weakest
    int bins = 40;
};

struct TopExamples {
    std::string data;               ///< Dataset::description()
    int images = 0;                 ///< seen; fewer than the data has if stopped
    std::vector<Example> strongest; ///< the strongest first; of equal ones the first image
    std::vector<Example> weakest;   ///< those whose (highest) value is the lowest, lowest first
    ValueDistribution distribution;
    bool stopped = false;
};

/// One pass over the data. Blocks. Throws Error(Usage) for a layer, channel or position that the
/// network doesn't have; a stop returns what the images seen have. Images whose value is not finite
/// are left out.
TopExamples topExamples(Backend& backend, const Model& model, const Dataset& data,
                        const ExampleSubject& subject, const TopExamplesOptions& options = {},
                        const ProgressObserver& observer = {}, std::stop_token stop = {});

} // namespace core
