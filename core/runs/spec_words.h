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
inline constexpr Word<GolfCriterion> kCriteria[] = {{"surgeon", GolfCriterion::Surgeon},
                                                    {"loss", GolfCriterion::Loss},
                                                    {"magnitude", GolfCriterion::Magnitude}};
inline constexpr Word<GolfRewind> kRewinds[] = {
    {"none", GolfRewind::None}, {"initial", GolfRewind::Initial}, {"random", GolfRewind::Random}};

inline constexpr Word<Augmentation> kAugmentations[] = {{"none", Augmentation::None},
                                                        {"shift", Augmentation::Shift},
                                                        {"affine", Augmentation::Affine},
                                                        {"elastic", Augmentation::Elastic}};
inline constexpr Word<Sampling> kSamplings[] = {{"shuffled", Sampling::Shuffled},
                                                {"loss", Sampling::Loss}};
inline constexpr Word<Averaging> kAverages[] = {
    {"none", Averaging::None}, {"ema", Averaging::Ema}, {"swa", Averaging::Swa}};
inline constexpr Word<SparseMethod> kSparseMethods[] = {
    {"none", SparseMethod::None},       {"random", SparseMethod::Random},
    {"erk", SparseMethod::Erk},         {"magnitude", SparseMethod::Magnitude},
    {"snip", SparseMethod::Snip},       {"grasp", SparseMethod::Grasp},
    {"synflow", SparseMethod::SynFlow}, {"set", SparseMethod::Set},
    {"rigl", SparseMethod::RigL}};

// By the type of the switch or option:
constexpr const auto& wordsFor(OptimizerKind)
{
    return kOptimizers;
}
constexpr const auto& wordsFor(ScheduleKind)
{
    return kSchedules;
}
constexpr const auto& wordsFor(KeptEpoch)
{
    return kKept;
}
constexpr const auto& wordsFor(GolfCriterion)
{
    return kCriteria;
}
constexpr const auto& wordsFor(GolfRewind)
{
    return kRewinds;
}
constexpr const auto& wordsFor(Augmentation)
{
    return kAugmentations;
}
constexpr const auto& wordsFor(Sampling)
{
    return kSamplings;
}
constexpr const auto& wordsFor(Averaging)
{
    return kAverages;
}
constexpr const auto& wordsFor(SparseMethod)
{
    return kSparseMethods;
}

template<typename Enum, std::size_t N>
std::string wordOf(Enum value, const Word<Enum> (&words)[N])
{
    for (const Word<Enum>& word : words)
        if (word.value == value)
            return word.text;
    return {};
}

} // namespace core
