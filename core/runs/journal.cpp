// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/journal.h"

#include "core/base/error.h"
#include "core/runs/run_file.h"

#include <chrono>
#include <cmath>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

using Json = nlohmann::ordered_json; // "event" comes first

constexpr std::string_view kStart = R"({"event":")";

std::string print(const Json& line)
{
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What `read` takes out of the line's object, with one sentence for all that JSON can be wrong.
template<typename Read>
auto reading(const JournalLine& line, Read read)
{
    try {
        return read(Json::parse(line.text));
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::Input, fmt::format("journal.jsonl: has a broken \"{}\" line ({})",
                                                  line.event, error.what()));
    }
}

/// A diverged training has losses that JSON has no numbers for.
Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

double numberOf(const Json& json)
{
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

std::string now()
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

/// Only looks at the beginning: a pruning has many lines, of which most are never asked for.
std::string eventOf(std::string_view line)
{
    if (!line.starts_with(kStart) || line.back() != '}')
        return {};
    const auto end = line.find('"', kStart.size());
    return end == std::string_view::npos
               ? std::string()
               : std::string(line.substr(kStart.size(), end - kStart.size()));
}

} // namespace

std::filesystem::path journalFile(const std::filesystem::path& folder)
{
    return folder / "journal.jsonl";
}

std::vector<JournalLine> readJournal(const std::filesystem::path& folder)
{
    const std::filesystem::path file = journalFile(folder);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return {};
    const std::string content = readRunFile(file);
    std::string_view rest = content;
    std::vector<JournalLine> lines;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        JournalLine line;
        line.text = rest.substr(0, end);
        if (!line.text.empty())
            line.event = eventOf(line.text);
        if (line.event.empty())
            throw Error(ErrorKind::Input,
                        fmt::format("{}: line {} is none of Caddie's, expected an object that "
                                    "begins with \"event\"",
                                    file.string(), lines.size() + 1));
        lines.push_back(std::move(line));
        rest.remove_prefix(end + 1);
    }
    return lines;
}

std::string startedLine(bool resumed, std::string_view backend, int threads, int images)
{
    return print({{"event", resumed ? "resumed" : "started"},
                  {"backend", backend},
                  {"threads", threads},
                  {"images", images},
                  {"time", now()}});
}

int imagesOf(const JournalLine& line)
{
    return reading(line, [](const Json& json) { return json.at("images").get<int>(); });
}

std::string backendOf(const JournalLine& line)
{
    return reading(line, [](const Json& json) { return json.at("backend").get<std::string>(); });
}

std::string epochLine(const EpochResult& result)
{
    return print({{"event", "epoch"},
                  {"epoch", result.epoch},
                  {"lr", result.lr},
                  {"train_loss", number(result.trainLoss)},
                  {"train_correct", result.trainCorrect},
                  {"train_images", result.trainImages},
                  {"validation_loss", number(result.validationLoss)},
                  {"validation_correct", result.validationCorrect},
                  {"validation_images", result.validationImages},
                  {"test_loss", number(result.testLoss)},
                  {"test_correct", result.testCorrect},
                  {"test_images", result.testImages},
                  {"seconds", result.seconds}});
}

EpochResult epochOf(const JournalLine& line)
{
    return reading(line, [](const Json& json) {
        EpochResult result;
        json.at("epoch").get_to(result.epoch);
        json.at("lr").get_to(result.lr);
        result.trainLoss = numberOf(json.at("train_loss"));
        json.at("train_correct").get_to(result.trainCorrect);
        json.at("train_images").get_to(result.trainImages);
        result.validationLoss = numberOf(json.at("validation_loss"));
        json.at("validation_correct").get_to(result.validationCorrect);
        json.at("validation_images").get_to(result.validationImages);
        result.testLoss = numberOf(json.at("test_loss"));
        json.at("test_correct").get_to(result.testCorrect);
        json.at("test_images").get_to(result.testImages);
        json.at("seconds").get_to(result.seconds);
        return result;
    });
}

std::string messageLine(std::string_view event, std::string_view message)
{
    return print({{"event", event}, {"message", message}, {"time", now()}});
}

std::string messageOf(const JournalLine& line)
{
    return reading(line, [](const Json& json) { return json.at("message").get<std::string>(); });
}

std::string endLine(const RunEnding& ending)
{
    return print({{"event", ending.stopped ? "stopped" : "finished"},
                  {"parameters", ending.parameters},
                  {"nonzero", ending.nonzero},
                  {"data", ending.accuracy.data},
                  {"split", ending.accuracy.split},
                  {"correct", ending.accuracy.correct},
                  {"images", ending.accuracy.images},
                  {"time", now()}});
}

RunEnding endingOf(const JournalLine& line)
{
    return reading(line, [&line](const Json& json) {
        RunEnding ending;
        ending.stopped = line.event == "stopped";
        json.at("parameters").get_to(ending.parameters);
        json.at("nonzero").get_to(ending.nonzero);
        json.at("data").get_to(ending.accuracy.data);
        json.at("split").get_to(ending.accuracy.split);
        json.at("correct").get_to(ending.accuracy.correct);
        json.at("images").get_to(ending.accuracy.images);
        return ending;
    });
}

} // namespace core
