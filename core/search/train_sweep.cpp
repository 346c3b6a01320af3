// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/train_sweep.h"

#include "core/base/error.h"
#include "core/runs/run_data.h"
#include "core/search/search_json.h"
#include "core/search/storage/database.h"
#include "core/search/train_objective.h"

#include <array>
#include <fmt/format.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* kPlanKey = "caddie:plan";
constexpr std::array kSamplers = {"tpe", "random", "grid"};
constexpr std::array kPruners = {"none", "median", "percentile", "halving", "hyperband"};

template<typename Kind, std::size_t N>
Kind wordOf(const Json& json, const char* key, const std::array<const char*, N>& words, Kind other)
{
    const std::string word = json.value(key, std::string());
    for (std::size_t i = 0; i < N; ++i)
        if (word == words[i])
            return static_cast<Kind>(i);
    return other;
}

template<typename Kind, std::size_t N>
const char* word(const std::array<const char*, N>& words, Kind kind)
{
    return words[static_cast<std::size_t>(kind)];
}

/// A study's name as part of a file's.
std::string fileStem(std::string name)
{
    for (char& c : name)
        if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ')
            c = '_';
    return name;
}

void makeFolder(const fs::path& folder)
{
    std::error_code failure;
    if (!folder.empty())
        fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorKind::Output, fmt::format("{}: {}", folder.string(), failure.message()));
}

} // namespace

std::string toJson(const SweepPlan& plan)
{
    return Json({{"sampler", word(kSamplers, plan.sampler.kind)},
                 {"seed", plan.sampler.seed},
                 {"startup", plan.sampler.tpe.startup},
                 {"multivariate", plan.sampler.tpe.multivariate},
                 {"constantLiar", plan.sampler.tpe.constantLiar},
                 {"gridSteps", plan.sampler.gridSteps},
                 {"pruner", word(kPruners, plan.pruner.kind)},
                 {"percentile", plan.pruner.percentile.percentile},
                 {"trials", plan.trials}})
        .dump();
}

SweepPlan sweepPlanFromJson(const std::string& text)
{
    SweepPlan plan;
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return plan;
    try {
        plan.sampler.kind = wordOf(json, "sampler", kSamplers, plan.sampler.kind);
        plan.sampler.seed = json.value("seed", plan.sampler.seed);
        plan.sampler.tpe.startup = json.value("startup", plan.sampler.tpe.startup);
        plan.sampler.tpe.multivariate = json.value("multivariate", false);
        plan.sampler.tpe.constantLiar = json.value("constantLiar", false);
        plan.sampler.gridSteps = json.value("gridSteps", plan.sampler.gridSteps);
        plan.pruner.kind = wordOf(json, "pruner", kPruners, plan.pruner.kind);
        plan.pruner.percentile.percentile =
            json.value("percentile", plan.pruner.percentile.percentile);
        plan.trials = json.value("trials", plan.trials);
    } catch (const Json::exception&) { // a value of another kind: somebody else's
        return {};
    }
    return plan;
}

std::optional<SweepPlan> storedSweepPlan(Study& study)
{
    const auto text = study.userAttribute(kPlanKey);
    return text ? std::optional(sweepPlanFromJson(*text)) : std::nullopt;
}

fs::path networksFolder(const std::string& url)
{
    const std::string file = databaseFile(url);
    return file.empty() ? fs::path() : fs::path(file).replace_extension("models");
}

SweepResult runTrainSweep(Study& study, TrainSweep sweep, const RunData& data,
                          const SweepObserver& observer, std::stop_token stop)
{
    if (study.direction() == Direction::Minimize)
        throw Error(
            ErrorKind::Usage,
            fmt::format("study {} minimises, and an accuracy is to be maximised", study.name()));
    TrainStudy& work = sweep.work;
    requireTrainSpace(work.space);
    work.spec.data = data.training->name;
    work.spec.dataHash = dataHashOf(work.spec, data);
    storeTrainStudy(study, work);
    study.setUserAttribute(kPlanKey, toJson(sweep.plan));
    makeFolder(sweep.models);
    const auto& base = std::get<TrainSpec>(work.spec.work);
    const auto objective = trainObjective({.base = base,
                                           .backend = sweep.backend,
                                           .models = sweep.models,
                                           .study = fileStem(study.name())},
                                          data);
    PrunerOptions pruning = sweep.plan.pruner;
    if (!work.space.find("epochs"))
        pruning.hyperband.maxSteps = base.options.epochs;
    const auto sampler = makeSampler(sweep.plan.sampler);
    const auto pruner = makePruner(pruning);
    sweep.options.trials = sweep.plan.trials;
    return runSweep(study, work.space, *sampler, *pruner, objective, sweep.options, observer,
                    std::move(stop));
}

} // namespace core
