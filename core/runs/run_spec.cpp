// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_spec.h"

#include "core/base/error.h"
#include "core/golf/golf_fields.h"
#include "core/runs/golf_json.h"
#include "core/runs/spec_reader.h"
#include "core/runs/spec_words.h"
#include "core/runs/switches_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <span>

namespace core
{

namespace
{

using Json = nlohmann::json;

constexpr int kVersion = 1;

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
    Json json = {{"architecture", spec.architecture},
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
    putSwitches(json, options.switches);
    return json;
}

TrainSpec trainSpecFrom(SpecReader json)
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
    takeSwitches(json, options.switches);
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

PruneSpec pruneSpecFrom(SpecReader json)
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

Json asJson(const GolfSpec& spec)
{
    Json json = {{"architecture", spec.architecture}, {"select", wordOf(spec.select, kSplits)}};
    putGolfOptions(json, spec.options);
    return json;
}

GolfSpec golfSpecFrom(SpecReader json)
{
    GolfSpec spec;
    spec.architecture = json.text("architecture");
    spec.select = json.word("select", kSplits);
    forEachGolfOption(spec.options,
                      [&json](const char* name, auto& value) { json.take(name, value); });
    takeSwitches(json, spec.options.switches);
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
    constexpr RunKind kinds[] = {RunKind::Train, RunKind::Prune, RunKind::Golf};
    return kinds[spec.work.index()];
}

std::string_view kindName(RunKind kind)
{
    constexpr std::string_view names[] = {"train", "prune", "golf"};
    return names[static_cast<std::size_t>(kind)];
}

std::optional<Split> splitThatSelects(const RunSpec& spec)
{
    if (const auto* prune = std::get_if<PruneSpec>(&spec.work))
        return prune->options.split;
    if (const auto* golf = std::get_if<GolfSpec>(&spec.work))
        return golf->select;
    return std::nullopt;
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
    else if (const auto* prune = std::get_if<PruneSpec>(&spec.work))
        json["prune"] = asJson(*prune);
    else
        json["golf"] = asJson(std::get<GolfSpec>(spec.work));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

RunSpec runSpecFromJson(const std::string& text)
{
    const Json parsed = parse(text);
    const auto has = [&parsed](const char* key) {
        return parsed.is_object() && parsed.contains(key);
    };
    SpecReader json(parsed, "");
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
    if (has("train"))
        spec.work = trainSpecFrom(json.object("train"));
    else if (has("golf"))
        spec.work = golfSpecFrom(json.object("golf"));
    else
        spec.work = pruneSpecFrom(json.object("prune"));
    json.requireEmpty();
    return spec;
}

} // namespace core
