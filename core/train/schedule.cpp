// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/schedule.h"

#include <cmath>
#include <numbers>

namespace core
{

double learningRate(const TrainingOptions& options, int epoch, std::uint64_t batch,
                    std::uint64_t batchesAnEpoch)
{
    const auto epochsBefore = static_cast<std::uint64_t>(epoch - 1);
    switch (options.schedule) {
    case ScheduleKind::Constant:
        break;
    case ScheduleKind::Step:
        return options.lr * std::pow(options.lrGamma, (epoch - 1) / options.lrStep);
    case ScheduleKind::Cosine: {
        const auto step = static_cast<double>(epochsBefore * batchesAnEpoch + batch);
        const auto steps =
            static_cast<double>(static_cast<std::uint64_t>(options.epochs) * batchesAnEpoch);
        return options.lrEnd +
               (options.lr - options.lrEnd) * (1 + std::cos(std::numbers::pi * step / steps)) / 2;
    }
    }
    return options.lr;
}

} // namespace core
