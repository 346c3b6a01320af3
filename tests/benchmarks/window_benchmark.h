// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"

#include <ctime>
#include <memory>

namespace benchmark
{

/// Processor time of the calling thread.
inline double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

/// The model in the file; without one, the published network untrained.
inline core::ModelPointer makeModel(const char* file)
{
    if (file)
        return std::make_shared<core::Model>(core::openModel(file));
    core::Model model;
    model.name = "untrained";
    model.architecture =
        core::parseArchitecture("4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    model.parameters = core::initialParameters(model.architecture, 1);
    return std::make_shared<core::Model>(std::move(model));
}

} // namespace benchmark
