// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_spec.h"

#include "core/base/error.h"
#include "core/runs/spec_words.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <span>

namespace core
{

namespace
{

using Json = nlohmann::json;

constexpr int kVersion = 1;

/// An object whose keys are taken one by one; what is left in the end should not be there.
class Reader
{
public:
    Reader(Json object, std::string where) : m_object(std::move(object)), m_where(std::move(where))
    {
        if (!m_object.is_object())
            refuse(m_where, m_object, "an object");
    }

    Json take(const char* key)
    {
        const auto found = m_object.find(key);
        if (found == m_object.end())
            throw Error(ErrorKind::Input, fmt::format("a run's spec: {} is absent", pathOf(key)));
        Json value = std::move(*found);
        m_object.erase(found);
        return value;
    }

    std::string text(const char* key)
    {
        const Json value = take(key);
        if (!value.is_string())
            refuse(pathOf(key), value, "a text");
        return value.get<std::string>();
    }

    double number(const char* key)
    {
        const Json value = take(key);
        if (!value.is_number())
            refuse(pathOf(key), value, "a number");
        return value.get<double>();
    }

    int integer(const char* key)
    {
        const Json value = take(key);
        if (!value.is_number_integer() || value.get<std::int64_t>() != value.get<int>())
            refuse(pathOf(key), value, "a whole number");
        return value.get<int>();
    }

    std::uint64_t seed(const char* key)
    {
        const Json value = take(key);
        if (!value.is_number_unsigned())
            refuse(pathOf(key), value, "a whole number from 0");
        return value.get<std::uint64_t>();
    }

    bool boolean(const char* key)
    {
        const Json value = take(key);
        if (!value.is_boolean())
            refuse(pathOf(key), value, "true or false");
        return value.get<bool>();
    }

    template<typename Enum, std::size_t N>
    Enum word(const char* key, const Word<Enum> (&words)[N])
    {
        const Json value = take(key);
        std::string all;
        for (const Word<Enum>& word : words) {
            if (value == word.text)
                return word.value;
            all += (all.empty() ? "" : ", ") + std::string(word.text);
        }
        refuse(pathOf(key), value, "one of " + all);
    }

    Reader object(const char* key) { return {take(key), pathOf(key)}; }

    void requireEmpty() const
    {
        if (!m_object.empty())
            throw Error(ErrorKind::Input,
                        fmt::format("a run's spec: {} is not known to this version",
                                    pathOf(m_object.begin().key())));
    }

private:
    std::string pathOf(const std::string& key) const
    {
        return m_where.empty() ? key : m_where + "." + key;
    }

    [[noreturn]] static void refuse(const std::string& path, const Json& found,
                                    const std::string& expected)
    {
        const std::string text = found.dump(-1, ' ', false, Json::error_handler_t::replace);
        throw Error(ErrorKind::Input,
                    fmt::format("a run's spec: {} is {}, expected {}", path.empty() ? "it" : path,
                                text.substr(0, 60), expected));
    }

    Json m_object;
    std::string m_where;
};

std::string maskAsText(std::span<const std::uint8_t> mask)
{
    std::string text;
    for (const std::uint8_t kept : mask)
        text += kept ? '1' : '0';
    return text;
}

std::vector<std::uint8_t> maskFromText(const std::string& text)
{
    std::vector<std::uint8_t> mask;
    for (const char c : text) {
        if (c != '0' && c != '1')
            throw Error(ErrorKind::Input, "a run's spec: train.mask has other characters than 0 "
                                          "and 1");
        mask.push_back(c == '1' ? 1 : 0);
    }
    return mask;
}

Json asJson(const TrainSpec& spec)
{
    const TrainingOptions& options = spec.options;
    return {{"architecture", spec.architecture},
            {"epochs", options.epochs},
            {"batch", options.batch},
            {"optimizer", wordOf(options.optimizer, kOptimizers)},
            {"lr", options.lr},
            {"schedule", wordOf(options.schedule, kSchedules)},
            {"lr_step", options.lrStep},
            {"lr_gamma", options.lrGamma},
            {"lr_end", options.lrEnd},
            {"momentum", options.momentum},
            {"weight_decay", options.weightDecay},
            {"label_smoothing", options.labelSmoothing},
            {"keep", wordOf(options.keep, kKept)},
            {"validation", options.validation},
            {"seed", options.seed},
            {"mask", maskAsText(options.mask)}};
}

TrainSpec trainSpecFrom(Reader json)
{
    TrainSpec spec;
    TrainingOptions& options = spec.options;
    spec.architecture = json.text("architecture");
    options.epochs = json.integer("epochs");
    options.batch = json.integer("batch");
    options.optimizer = json.word("optimizer", kOptimizers);
    options.lr = json.number("lr");
    options.schedule = json.word("schedule", kSchedules);
    options.lrStep = json.integer("lr_step");
    options.lrGamma = json.number("lr_gamma");
    options.lrEnd = json.number("lr_end");
    options.momentum = json.number("momentum");
    options.weightDecay = json.number("weight_decay");
    options.labelSmoothing = json.number("label_smoothing");
    options.keep = json.word("keep", kKept);
    options.validation = json.boolean("validation");
    options.seed = json.seed("seed");
    options.mask = maskFromText(json.text("mask"));
    json.requireEmpty();
    return spec;
}

Json asJson(const PruneSpec& spec)
{
    const PruneOptions& options = spec.options;
    return {{"method", wordOf(options.method, kMethods)},
            {"order", wordOf(options.order, kOrders)},
            {"passes", options.passes},
            {"biases", options.biases},
            {"slopes", options.slopes},
            {"threshold", options.threshold},
            {"split", wordOf(options.split, kSplits)},
            {"seed", options.seed},
            {"evaluation", wordOf(spec.evaluation, kEvaluations)}};
}

PruneSpec pruneSpecFrom(Reader json)
{
    PruneSpec spec;
    PruneOptions& options = spec.options;
    options.method = json.word("method", kMethods);
    options.order = json.word("order", kOrders);
    options.passes = json.integer("passes");
    options.biases = json.boolean("biases");
    options.slopes = json.boolean("slopes");
    options.threshold = json.number("threshold");
    options.split = json.word("split", kSplits);
    options.seed = json.seed("seed");
    spec.evaluation = json.word("evaluation", kEvaluations);
    json.requireEmpty();
    return spec;
}

Json parse(const std::string& text)
{
    try {
        return Json::parse(text);
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::Input, fmt::format("a run's spec: is no JSON ({})", error.what()));
    }
}

} // namespace

RunKind kindOf(const RunSpec& spec)
{
    return std::holds_alternative<TrainSpec>(spec.work) ? RunKind::Train : RunKind::Prune;
}

std::string toJson(const RunSpec& spec)
{
    Json json = {{"version", kVersion},
                 {"title", spec.title},
                 {"data", spec.data},
                 {"data_sha256", spec.dataHash},
                 {"backend", wordOf(spec.backend, kBackends)},
                 {"threads", spec.threads},
                 {"out", spec.out.string()}};
    if (const auto* train = std::get_if<TrainSpec>(&spec.work))
        json["train"] = asJson(*train);
    else
        json["prune"] = asJson(std::get<PruneSpec>(spec.work));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

RunSpec runSpecFromJson(const std::string& text)
{
    const Json parsed = parse(text);
    const bool trains = parsed.is_object() && parsed.contains("train");
    Reader json(parsed, "");
    const int version = json.integer("version");
    if (version != kVersion)
        throw Error(ErrorKind::Input,
                    fmt::format("a run's spec: its version is {}, expected {}", version, kVersion));
    RunSpec spec;
    spec.title = json.text("title");
    spec.data = json.text("data");
    spec.dataHash = json.text("data_sha256");
    spec.backend = json.word("backend", kBackends);
    spec.threads = json.integer("threads");
    spec.out = json.text("out");
    if (trains)
        spec.work = trainSpecFrom(json.object("train"));
    else
        spec.work = pruneSpecFrom(json.object("prune"));
    json.requireEmpty();
    return spec;
}

} // namespace core
