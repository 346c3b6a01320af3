// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/preflight_report.h"

#include "ui/figures/preflight.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

Json preflightAsJson(const ui::Figure& figure, const ui::ExportOptions& size)
{
    Json list = Json::array();
    for (const ui::PreflightFinding& finding : ui::preflight(figure, size))
        list.push_back({{"what", finding.what.toStdString()},
                        {"passed", finding.passed},
                        {"value", finding.value},
                        {"limit", finding.limit},
                        {"sentence", finding.sentence.toStdString()}});
    return list;
}

std::string preflightText(const Json& figures)
{
    if (figures.empty())
        return {};
    std::string text = "\npreflight\n";
    int clean = 0;
    for (const auto& [name, findings] : figures.items()) {
        bool passed = true;
        for (const Json& finding : findings) {
            if (finding["passed"].get<bool>())
                continue;
            text += fmt::format("  {}: {}\n", name, finding["sentence"].get<std::string>());
            passed = false;
        }
        clean += passed ? 1 : 0;
    }
    return text +
           fmt::format("  {} of {} figures have nothing to be mended\n", clean, figures.size());
}

} // namespace app
