// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/preset_option.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace app
{

namespace
{

std::string namesOf(core::RunKind kind)
{
    std::string names;
    for (const core::RunPreset& preset : core::runPresets())
        if (core::kindOf(preset.spec) == kind)
            names += (names.empty() ? "" : "|") + preset.id;
    return names;
}

} // namespace

void addPresetOption(CLI::App& command, std::string& preset, core::RunKind kind)
{
    command.add_option("--preset", preset, "Begin with these options: " + namesOf(kind))
        ->type_name("ID");
}

core::RunSpec presetSpec(const std::string& preset, core::RunKind kind)
{
    const core::RunPreset* found = core::findRunPreset(preset);
    if (!found || core::kindOf(found->spec) != kind)
        throw core::Error(core::ErrorKind::Usage,
                          fmt::format("--preset {}: expected one of {}", preset, namesOf(kind)));
    return found->spec;
}

} // namespace app
