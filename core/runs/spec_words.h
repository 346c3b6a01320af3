// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"

#include <cstddef>
#include <string>

namespace core
{

// What the choices of a spec are called in JSON, in recipes and on the command line.

template<typename Enum>
struct Word {
    const char* text;
    Enum value;
};

inline constexpr Word<OptimizerKind> kOptimizers[] = {
    {"adamw", OptimizerKind::AdamW}, {"adam", OptimizerKind::Adam}, {"sgd", OptimizerKind::Sgd}};
inline constexpr Word<ScheduleKind> kSchedules[] = {{"constant", ScheduleKind::Constant},
                                                    {"step", ScheduleKind::Step},
                                                    {"cosine", ScheduleKind::Cosine}};
inline constexpr Word<KeptEpoch> kKept[] = {{"last", KeptEpoch::Last},
                                            {"best-test", KeptEpoch::BestTest},
                                            {"best-validation", KeptEpoch::BestValidation}};
inline constexpr Word<PruneMethod> kMethods[] = {{"brute-force", PruneMethod::BruteForce},
                                                 {"best-first", PruneMethod::BestFirst}};
inline constexpr Word<PruneOrder> kOrders[] = {{"published", PruneOrder::Published},
                                               {"random", PruneOrder::Random},
                                               {"magnitude", PruneOrder::Magnitude},
                                               {"loss-rise", PruneOrder::LossRise}};
inline constexpr Word<PruneEvaluation> kEvaluations[] = {
    {"incremental", PruneEvaluation::Incremental}, {"full", PruneEvaluation::Full}};
inline constexpr Word<Split> kSplits[] = {
    {"train", Split::Train}, {"test", Split::Test}, {"validation", Split::Validation}};
inline constexpr Word<BackendChoice> kBackends[] = {{"auto", BackendChoice::Auto},
                                                    {"torch", BackendChoice::Torch},
                                                    {"fused", BackendChoice::Fused}};

template<typename Enum, std::size_t N>
std::string wordOf(Enum value, const Word<Enum> (&words)[N])
{
    for (const Word<Enum>& word : words)
        if (word.value == value)
            return word.text;
    return {};
}

} // namespace core
