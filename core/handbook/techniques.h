// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/golf/golf_options.h"
#include "core/train/training_options.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core
{

/// Counts of non-zero parameters at which techniques are compared.
inline constexpr int kLadderCounts[] = {600, 450, 300};

/// One line of one of the handbook's tables: the same short course down from the dense 4,5,4
/// network, or a training that is sparse from the start, with one thing changed.
struct Technique {
    std::string id;           ///< "criterion-magnitude": what its measurements are kept under
    std::string table;        ///< "criteria": the handbook's table that it stands in
    std::string label;        ///< "Smallest magnitude"
    std::string architecture; ///< as text
    /// A course is measured where it passes the counts. A training gets each count from the start,
    /// and as many epochs as the course has in all.
    std::variant<GolfOptions, TrainingOptions> work;
    bool needsTeacher = false; ///< its switches' teacher is the one that is at hand
};

/// Table by table; the first of each is what the others are compared with.
const std::vector<Technique>& techniques();

/// The tables' names, each once, in that order.
std::vector<std::string> techniqueTables();

} // namespace core
