// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "app/output.h"
#include "core/train/trainer.h"

#include <string>

namespace app
{

/// Which epoch a training keeps.
enum class Selected { Last, BestTest, BestValidation };

struct TrainArguments {
    CommonOptions common;
    std::string architecture = "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";
    core::TrainingOptions training;
    Selected select = Selected::Last;
};

void addTrainOptions(CLI::App& command, TrainArguments& arguments);

std::string selectedOn(Selected select); ///< as Provenance says it

/// Everything that makes the run again.
Json recipeOf(const TrainArguments& arguments, const core::Dataset& training,
              const std::string& backend, const core::TrainingState& run, int keptEpoch);

} // namespace app
