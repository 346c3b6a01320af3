// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/storage/database.h"
#include "core/search/trial.h"

#include <optional>
#include <string>
#include <vector>

namespace core
{

// Rows of the table of studies. All throw Error as Database does.

std::optional<std::int64_t> findStudy(Database& database, const std::string& name);
/// Throws Error(Input) that names those there are.
std::int64_t existingStudy(Database& database, const std::string& title, const std::string& name);
/// Any number of processes may ask for the same name at once.
std::int64_t findOrCreateStudy(Database& database, const std::string& name, Direction direction);

std::vector<Direction> directionsOfStudy(Database& database, std::int64_t study);
/// Throws Error(Usage) where there is more than one objective.
Direction directionOfStudy(Database& database, std::int64_t study, const std::string& name);

} // namespace core
