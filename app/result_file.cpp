// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/result_file.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"

#include <filesystem>
#include <fmt/format.h>
#include <string_view>

namespace app
{

void checkResultFile(const CommonOptions& options)
{
    if (!options.out.empty() && std::filesystem::path(options.out).extension() != ".json")
        throw core::Error(core::ErrorKind::Usage,
                          fmt::format("{}: this command writes a .json file", options.out));
}

void writeResultFile(const CommonOptions& options, const Json& object)
{
    if (options.out.empty())
        return;
    const std::string text = object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    core::writeFileAtomically(options.out, std::string_view(text));
}

} // namespace app
