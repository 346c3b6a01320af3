// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/golf_json.h"

#include "core/golf/golf_fields.h"
#include "core/runs/switches_json.h"

namespace core
{

void putGolfOptions(nlohmann::json& object, const GolfOptions& options)
{
    forEachGolfOption(options, [&object](const char* name, const auto& value) {
        if constexpr (std::is_enum_v<std::remove_cvref_t<decltype(value)>>)
            object[name] = wordOf(value, wordsFor(value));
        else
            object[name] = value;
    });
    putSwitches(object, options.switches);
}

} // namespace core
