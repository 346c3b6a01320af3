// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"

#include <memory>

namespace core::fused
{

/// Expects fusedCovers(architecture). `threads` is how many one call may use.
std::unique_ptr<Backend> makeFusedBackend(const Architecture& architecture, int threads);

} // namespace core::fused
