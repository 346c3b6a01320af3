// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_switches.h"

#include "core/train/require.h"

#include <cmath>

namespace core
{

namespace
{

/// In (low, high]; not a number is nowhere.
bool isIn(double value, double low, double high)
{
    return value > low && value <= high;
}

} // namespace

void requireSensible(const TrainingSwitches& switches)
{
    if (switches.augment != Augmentation::None)
        require(isIn(switches.augmentStrength, 0, 10),
                fmt::format("augmentation strength {}", switches.augmentStrength),
                "above 0, up to 10");
    if (switches.sample == Sampling::Loss)
        require(switches.samplePressure >= 1 && std::isfinite(switches.samplePressure),
                fmt::format("sampling pressure {}", switches.samplePressure), "1 or more");
    if (!switches.teacher.empty()) {
        require(isIn(switches.temperature, 0, 1000),
                fmt::format("temperature {}", switches.temperature), "above 0, up to 1000");
        require(switches.teacherWeight >= 0 && switches.teacherWeight <= 1,
                fmt::format("teacher's weight {}", switches.teacherWeight), "0 to 1");
    }
    if (switches.average == Averaging::Ema)
        require(switches.averageDecay >= 0 && switches.averageDecay < 1,
                fmt::format("average's decay {}", switches.averageDecay), "at least 0 and below 1");
    if (switches.average == Averaging::Swa)
        require(isIn(switches.averageShare, 0, 1),
                fmt::format("averaged share of the epochs {}", switches.averageShare),
                "above 0, up to 1");
    if (switches.sparse == SparseMethod::None) {
        require(switches.nonzero == 0, "a number of non-zero parameters", "a sparse method, too");
        return;
    }
    require(switches.nonzero >= 1, fmt::format("{} non-zero parameters", switches.nonzero),
            "1 or more");
    require(isIn(switches.moveShare, 0, 1), fmt::format("moved share {}", switches.moveShare),
            "above 0, up to 1");
    require(switches.moveInterval >= 1,
            fmt::format("{} steps between moves", switches.moveInterval), "1 or more");
}

} // namespace core
