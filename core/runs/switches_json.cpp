// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/switches_json.h"

namespace core
{

void putSwitches(nlohmann::json& object, const TrainingSwitches& switches)
{
    nlohmann::json json;
    forEachSwitch(switches, [&json](const char* name, const auto& value, bool means) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_enum_v<Value>) {
            if (value != Value()) // off
                json[name] = wordOf(value, wordsFor(value));
        } else if constexpr (std::is_same_v<Value, std::string>) {
            if (!value.empty())
                json[name] = value;
        } else if (means) {
            json[name] = value;
        }
    });
    if (!json.empty())
        object["switches"] = std::move(json);
}

void takeSwitches(SpecReader& object, TrainingSwitches& switches)
{
    if (!object.has("switches"))
        return;
    SpecReader json = object.object("switches");
    forEachSwitch(switches, [&json](const char* name, auto& value, bool) {
        if (json.has(name))
            json.take(name, value);
    });
    json.requireEmpty();
}

} // namespace core
