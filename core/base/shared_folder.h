// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace core
{

/// Where the program's own data called `name` ("models", "handbook") lies: beside the installed
/// program, or in the source tree that it was built in. Always relative to the program, so that it
/// may be installed anywhere.
std::optional<std::filesystem::path> sharedFolder(std::string_view name);

} // namespace core
