// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/golf_line.h"

#include "core/base/error.h"

#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

GolfPhase phaseOf(const std::string& name)
{
    for (const GolfPhase phase : {GolfPhase::Start, GolfPhase::Heat, GolfPhase::Dense,
                                  GolfPhase::Prune, GolfPhase::Grow, GolfPhase::Shrink})
        if (name == phaseName(phase))
            return phase;
    throw Error(ErrorKind::Input,
                fmt::format("journal.jsonl: has a step of the phase \"{}\", expected start, heat, "
                            "dense, prune, grow or shrink",
                            name));
}

} // namespace

std::string golfLine(const GolfStep& step)
{
    const nlohmann::ordered_json line = {{"event", "step"},
                                         {"step", step.step},
                                         {"phase", phaseName(step.phase)},
                                         {"round", step.round},
                                         {"nonzero", step.nonzero},
                                         {"train_loss", step.trainLoss},
                                         {"train_correct", step.trainCorrect},
                                         {"correct", step.correct},
                                         {"accepted", step.accepted},
                                         {"best_nonzero", step.bestNonzero},
                                         {"best_correct", step.bestCorrect},
                                         {"epochs", step.epochs}};
    return line.dump();
}

GolfStep golfStepOf(const JournalLine& line)
{
    try {
        const auto json = nlohmann::json::parse(line.text);
        GolfStep step;
        json.at("step").get_to(step.step);
        step.phase = phaseOf(json.at("phase").get<std::string>());
        json.at("round").get_to(step.round);
        json.at("nonzero").get_to(step.nonzero);
        const auto& loss = json.at("train_loss");
        step.trainLoss =
            loss.is_null() ? std::numeric_limits<double>::quiet_NaN() : loss.get<double>();
        json.at("train_correct").get_to(step.trainCorrect);
        json.at("correct").get_to(step.correct);
        json.at("accepted").get_to(step.accepted);
        json.at("best_nonzero").get_to(step.bestNonzero);
        json.at("best_correct").get_to(step.bestCorrect);
        json.at("epochs").get_to(step.epochs);
        return step;
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::Input,
                    fmt::format("journal.jsonl: has a broken \"step\" line ({})", error.what()));
    }
}

} // namespace core
