// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/golf/golf_options.h"
#include "core/prune/prune_options.h"
#include "core/train/training_options.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core
{

/// A training from nothing, or from the model that the run was created with.
struct TrainSpec {
    std::string architecture; ///< as text
    TrainingOptions options;
};

/// A pruning of the model that the run was created with.
struct PruneSpec {
    PruneOptions options;
    PruneEvaluation evaluation = PruneEvaluation::Incremental; ///< does not change the result
};

/// What a game starts with where nothing else is said: more than it needs, so that it may choose.
inline constexpr const char* kGolfArchitecture =
    "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10";

/// A game from nothing, or from the model that the run was created with (playGolf).
struct GolfSpec {
    std::string architecture; ///< of the dense networks that it starts with, as text
    GolfOptions options;
    Split select = Split::Validation; ///< whose images choose; Test as published
};

/// What to do: everything that decides a run's result, and nothing else.
struct RunSpec {
    std::string title; ///< "Published 820": for lists
    std::variant<TrainSpec, PruneSpec, GolfSpec> work;
    std::string data;     ///< Dataset::name; filled in by createRun
    std::string dataHash; ///< SHA-256 over the splits it uses; a run never goes on with other data
    BackendChoice backend = BackendChoice::Auto;
    int threads = 1;           ///< does not change the result
    std::filesystem::path out; ///< the finished model is copied there as well; may be empty
};

enum class RunKind { Train, Prune, Golf };
RunKind kindOf(const RunSpec& spec);
std::string_view kindName(RunKind kind); ///< "train", "prune", "golf"
/// Whose images choose the network; nothing for a training, which may keep any epoch.
std::optional<Split> splitThatSelects(const RunSpec& spec);

/// JSON with sorted keys, version 1. Throws Error(Input) naming the key, what was found and what
/// was expected.
std::string toJson(const RunSpec& spec);
RunSpec runSpecFromJson(const std::string& text);

/// What the form and the command line offer by name.
struct RunPreset {
    std::string id;    ///< "published-820"
    std::string title; ///< "Published 820"
    std::string about; ///< one sentence
    RunSpec spec;
};
/// "published-1055", "published-807", "published-820", "published-pruning", "validation-pruning",
/// "best-first-pruning", "golf-98" and so on; trainings first.
const std::vector<RunPreset>& runPresets();
const RunPreset* findRunPreset(std::string_view id);

} // namespace core
