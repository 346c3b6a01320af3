// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/storage/database.h"

namespace core
{

/// Which Optuna is to open a new storage without upgrading it first. Every later one upgrades the
/// first kind with `optuna storage upgrade`; an earlier one refuses the second.
enum class StorageVersion {
    Optuna30, ///< 3.0 and 3.1: v3.0.0.d
    Optuna32, ///< 3.2 and later: v3.2.0.a, with one more index
};

/// Throws Error(Input) where there are no tables, or some of a version that is neither.
void requireSchema(Database& database, const std::string& title);

/// Makes Optuna's tables where there are none. Any number of processes may do it at once. Throws
/// Error(Input) where there are tables of a version that is neither, or of something else.
void prepareSchema(Database& database, const std::string& title, StorageVersion version);

} // namespace core
