// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/backward.h"
#include "core/backend/fused/gradient_kernels.h"
#include "core/backend/fused/kernels.h"
#include "core/backend/fused/plan.h"
#include "core/backend/fused/workers.h"
#include "core/backend/fused/workspace.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace core::fused
{

/// A plan with memory for each thread that works on it.
struct Engine {
    Engine(Plan thePlan, int lanes, int threads) : plan(std::move(thePlan)), turned(plan)
    {
        for (int thread = 0; thread < threads; ++thread)
            workspaces.emplace_back(plan, lanes);
    }
    Engine(const Engine&) = delete; // the turned kernels refer to the plan
    Engine& operator=(const Engine&) = delete;

    Workspace& of(int thread) { return workspaces[static_cast<std::size_t>(thread)]; }

    Plan plan;
    TurnedKernels turned;
    std::vector<Workspace> workspaces;
};

} // namespace core::fused
