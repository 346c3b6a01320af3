// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/visit_line.h"

#include "core/base/error.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace core
{

// There may be hundreds of thousands of them, so the line is printed without building an object.
// The shortest digits that are this float again are printed, so nothing is lost.
std::string visitLine(const PruneVisit& visit)
{
    return fmt::format(
        R"({{"event":"visit","visit":{},"pass":{},"parameter":{},"value":{},"removed":{},)"
        R"("correct":{},"exact":{},"before":{},"nonzero":{}}})",
        visit.visit, visit.pass, visit.parameter,
        std::isfinite(visit.value) ? fmt::format("{}", visit.value) : "null", visit.removed,
        visit.correct, visit.exact, visit.correctBefore, visit.nonzero);
}

PruneVisit visitOf(const JournalLine& line)
{
    try {
        const auto json = nlohmann::json::parse(line.text);
        PruneVisit visit;
        json.at("visit").get_to(visit.visit);
        json.at("pass").get_to(visit.pass);
        json.at("parameter").get_to(visit.parameter);
        const auto& value = json.at("value");
        visit.value =
            value.is_null() ? std::numeric_limits<float>::quiet_NaN() : value.get<float>();
        json.at("removed").get_to(visit.removed);
        json.at("correct").get_to(visit.correct);
        json.at("exact").get_to(visit.exact);
        json.at("before").get_to(visit.correctBefore);
        json.at("nonzero").get_to(visit.nonzero);
        return visit;
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::Input,
                    fmt::format("journal.jsonl: has a broken \"visit\" line ({})", error.what()));
    }
}

} // namespace core
