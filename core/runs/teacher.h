// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"
#include "core/train/training_switches.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace core
{

/// The copy of the teacher in a run's folder.
inline constexpr const char* kTeacherFile = "teacher.safetensors";

/// Opens the model that the switches name, if they do, and lets them name it without its folder and
/// with its hash, as a recipe may say it. Throws Error(Usage) where it does not fit the student.
std::optional<Model> openTeacher(TrainingSwitches& switches, const Architecture& student);

/// What the teacher in a run's folder answers to each image, [N, classes], by a backend of its own.
/// Measured once for all runs beside it: the answers lie in `.teachers` there, under the hashes of
/// teacher and images. A folder that can't be written is no error. Nothing if stopped.
std::optional<std::vector<float>> teacherLogits(const std::filesystem::path& run,
                                                const Dataset& images,
                                                const BackendOptions& backend,
                                                const std::stop_token& stop = {});

} // namespace core
