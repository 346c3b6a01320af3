// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handbook/measurements.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace core
{

namespace
{

using Json = nlohmann::json;

/// No number is null in JSON.
std::vector<double> numbersOf(const Json& json)
{
    std::vector<double> numbers;
    for (const Json& entry : json)
        numbers.push_back(entry.is_null() ? std::nan("") : entry.get<double>());
    return numbers;
}

/// "98.12 ± 0.05"; one seed has no spread.
std::string spreadOf(const std::vector<double>& shares)
{
    double sum = 0;
    for (const double share : shares)
        sum += share;
    const double mean = sum / static_cast<double>(shares.size());
    if (std::isnan(mean))
        return "–";
    if (shares.size() == 1)
        return fmt::format("{:.2f}", 100 * mean);
    double squares = 0;
    for (const double share : shares)
        squares += (share - mean) * (share - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(shares.size() - 1));
    return fmt::format("{:.2f} ± {:.2f}", 100 * mean, 100 * deviation);
}

std::string lineOf(const Technique& technique, const Measurements& measurements)
{
    std::string line = fmt::format("| {} |", technique.label);
    const auto found = measurements.accuracies.find(technique.id);
    const bool measured = found != measurements.accuracies.end() && !found->second.empty();
    for (std::size_t i = 0; i < std::size(kLadderCounts); ++i) {
        std::vector<double> shares;
        if (measured)
            for (const auto& [seed, accuracies] : found->second)
                shares.push_back(accuracies.at(i));
        line += fmt::format(" {} |", measured ? spreadOf(shares) : "not measured");
    }
    return line + fmt::format(" {} |\n", measured ? found->second.size() : 0);
}

/// The name in "<!-- table NAME -->"; empty for any other line.
std::string tableNamed(const std::string& line)
{
    constexpr std::string_view kBegin = "<!-- table ";
    constexpr std::string_view kEnd = " -->";
    if (!line.starts_with(kBegin) || !line.ends_with(kEnd))
        return {};
    return line.substr(kBegin.size(), line.size() - kBegin.size() - kEnd.size());
}

constexpr const char* kTableEnd = "<!-- end -->";

} // namespace

Measurements readMeasurements(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return {};
    std::ifstream stream(file);
    try {
        const Json json = Json::parse(stream);
        Measurements measurements;
        json.at("program").get_to(measurements.program);
        json.at("backend").get_to(measurements.backend);
        json.at("data").get_to(measurements.data);
        json.at("data_sha256").get_to(measurements.dataHash);
        if (json.at("counts") != Json(kLadderCounts))
            throw Error(ErrorKind::Input,
                        fmt::format("{}: its counts are {}, expected {}", file.string(),
                                    json.at("counts").dump(), Json(kLadderCounts).dump()));
        for (const auto& [id, seeds] : json.at("techniques").items())
            for (const auto& [seed, accuracies] : seeds.items())
                if (accuracies.size() == std::size(kLadderCounts))
                    measurements.accuracies[id][std::stoull(seed)] = numbersOf(accuracies);
        return measurements;
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::Input, fmt::format("{}: is not what 'caddie handbook' records ({})",
                                                  file.string(), error.what()));
    }
}

void writeMeasurements(const Measurements& measurements, const std::filesystem::path& file)
{
    Json techniques = Json::object();
    for (const auto& [id, seeds] : measurements.accuracies)
        for (const auto& [seed, accuracies] : seeds)
            techniques[id][std::to_string(seed)] = accuracies;
    const Json json = {{"program", measurements.program}, {"backend", measurements.backend},
                       {"data", measurements.data},       {"data_sha256", measurements.dataHash},
                       {"counts", kLadderCounts},         {"techniques", std::move(techniques)}};
    writeFileAtomically(file, json.dump(1) + "\n");
}

std::string tableText(const std::string& table, const Measurements& measurements)
{
    std::string text = "|  |";
    std::string rule = "|---|";
    for (const int count : kLadderCounts) {
        text += fmt::format(" {} non-zero |", count);
        rule += "---|";
    }
    text += " seeds |\n" + rule + "---|\n";
    for (const Technique& technique : techniques())
        if (technique.table == table)
            text += lineOf(technique, measurements);
    return text;
}

std::string withTables(const std::string& page, const Measurements& measurements)
{
    std::istringstream lines(page);
    std::string result;
    std::string line;
    std::string table;
    const std::vector<std::string> known = techniqueTables();
    while (std::getline(lines, line)) {
        if (!table.empty() && line != kTableEnd)
            continue;
        if (line == kTableEnd)
            table.clear();
        result += line + '\n';
        if (const std::string name = tableNamed(line); !name.empty()) {
            if (std::ranges::find(known, name) == known.end())
                throw Error(ErrorKind::Input, fmt::format("has a table \"{}\", expected one of {}",
                                                          name, fmt::join(known, ", ")));
            table = name;
            result += '\n' + tableText(table, measurements) + '\n';
        }
    }
    if (!table.empty())
        throw Error(ErrorKind::Input,
                    fmt::format("the table \"{}\" has no line \"{}\" behind it", table, kTableEnd));
    return result;
}

} // namespace core
