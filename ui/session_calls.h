// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/formats/model_file.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace ui
{

/// The core functions behind a session, so that a test can give small fakes. Called on workers.
struct SessionCalls {
    std::function<core::Model(const std::filesystem::path&, const core::OpenOptions&)> openModel;
    std::function<std::unique_ptr<core::Backend>(const core::Architecture&)> makeBackend;
};

/// The real ones.
SessionCalls coreCalls(int threads);

} // namespace ui
