// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"

/// The one symbol that the LibTorch module offers; core/backend/select.cpp looks it up by name.
/// The caller owns the result.
extern "C" core::Backend* caddieMakeTorchBackend(const core::Architecture* architecture,
                                                 int threads);
