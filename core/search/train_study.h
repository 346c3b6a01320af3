// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"
#include "core/search/study.h"

namespace core
{

/// What all trials of a study of trainings have in common. It is kept with the study, so that every
/// worker tries the same thing and an interrupted one needs no options to go on.
struct TrainStudy {
    SearchSpace space;
    RunSpec spec; ///< the training that the trials vary, its data and their hash
};

/// Absent where the study was begun by another program.
std::optional<TrainStudy> storedTrainStudy(Study& study);

/// Keeps it with the study. Throws Error(Usage) where the study has another training or other data;
/// its space may change, within what earlier trials allow.
void storeTrainStudy(Study& study, const TrainStudy& work);

} // namespace core
