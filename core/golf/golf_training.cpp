// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/golf/golf_training.h"

#include "core/golf/golf_draw.h"
#include "core/model/parameters.h"

#include <utility>

namespace core
{

TrainingOptions commonTraining(const GolfOptions& golf)
{
    TrainingOptions options;
    options.optimizer = OptimizerKind::Adam;
    options.weightDecay = 0;
    options.schedule = ScheduleKind::Cosine;
    options.batch = golf.batch;
    options.lrEnd = golf.lastRate;
    options.labelSmoothing = golf.labelSmoothing;
    options.switches = golf.switches;
    return options;
}

std::optional<std::vector<float>> refit(Backend& backend, std::span<const float> parameters,
                                        const Dataset& training, const Dataset& measured,
                                        const GolfOptions& golf, std::stop_token stop)
{
    TrainingOptions options = commonTraining(golf);
    options.epochs = golf.refit;
    options.lr = golf.swapRate;
    options.seed = drawSeed(golf.seed, GolfDraw::Order);
    options.mask = maskOfZeros(backend.architecture(), parameters);
    options.switches.teacher.clear();
    TrainingState end = train(backend, initialTrainingState(parameters, options),
                              {&training, &measured}, options, {}, std::move(stop));
    if (end.stopped)
        return std::nullopt;
    return measuredParameters(end);
}

} // namespace core
