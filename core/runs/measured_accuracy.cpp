// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/measured_accuracy.h"

namespace core
{

MeasuredAccuracy measureAccuracy(Backend& backend, std::span<const float> parameters,
                                 const Dataset& data)
{
    const Evaluation evaluation = backend.evaluate(parameters, data);
    return measuredAccuracy(data, evaluation.correct, evaluation.images);
}

MeasuredAccuracy measuredAccuracy(const Dataset& data, int correct, int images)
{
    return {data.description(), std::string(splitName(data.split)), correct, images};
}

} // namespace core
