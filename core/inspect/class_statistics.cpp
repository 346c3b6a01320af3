// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/class_statistics.h"

#include "core/base/error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace core
{

std::string toJson(const ClassStatistics& statistics)
{
    const Shape& shape = statistics.shape;
    const nlohmann::json json = {{"data", statistics.data},
                                 {"stage", statistics.stage == Stage::Pre ? "pre" : "post"},
                                 {"shape", {shape.channels, shape.height, shape.width}},
                                 {"count", statistics.count},
                                 {"mean", statistics.mean},
                                 {"std", statistics.deviation}};
    return json.dump();
}

ClassStatistics classStatisticsFromJson(const std::string& text)
{
    ClassStatistics statistics;
    std::vector<int> shape;
    try {
        const auto json = nlohmann::json::parse(text);
        statistics.data = json.at("data").get<std::string>();
        statistics.stage = json.at("stage").get<std::string>() == "pre" ? Stage::Pre : Stage::Post;
        shape = json.at("shape").get<std::vector<int>>();
        statistics.count = json.at("count").get<std::vector<int>>();
        statistics.mean = json.at("mean").get<std::vector<double>>();
        statistics.deviation = json.at("std").get<std::vector<double>>();
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::Input,
                    fmt::format("class statistics are not what Caddie writes ({})", error.what()));
    }
    if (shape.size() == 3)
        statistics.shape = {shape[0], shape[1], shape[2]};
    const auto cells = static_cast<std::int64_t>(statistics.classes()) * statistics.shape.channels *
                       statistics.shape.height * statistics.shape.width;
    if (shape.size() != 3 || cells <= 0 ||
        static_cast<std::size_t>(cells) != statistics.mean.size() ||
        statistics.mean.size() != statistics.deviation.size())
        throw Error(ErrorKind::Input,
                    fmt::format("class statistics of {} means and {} deviations, expected {} each",
                                statistics.mean.size(), statistics.deviation.size(), cells));
    return statistics;
}

} // namespace core
