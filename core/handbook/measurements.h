// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handbook/techniques.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace core
{

/// What the handbook's tables are made of: recorded accuracies of techniques.
struct Measurements {
    std::string program;  ///< "caddie 0.1.0"
    std::string backend;  ///< "fused AVX-512"
    std::string data;     ///< Dataset::description() of the images that they were measured on
    std::string dataHash; ///< datasetHash() of the same
    /// By technique and seed, one a count of kLadderCounts.
    std::map<std::string, std::map<std::uint64_t, std::vector<double>>> accuracies;
};

/// Empty where there is no such file. Throws Error(Input): file, what was found, what was expected.
Measurements readMeasurements(const std::filesystem::path& file);

/// JSON, keys sorted, atomically. Throws Error(Output).
void writeMeasurements(const Measurements& measurements, const std::filesystem::path& file);

/// A table in Markdown: a line a technique, mean and standard deviation over the seeds at each
/// count, in percent; a technique without measurements says so.
std::string tableText(const std::string& table, const Measurements& measurements);

/// The page with its tables written anew: all that stands between a line "<!-- table NAME -->" and
/// the next line "<!-- end -->". Throws Error(Input) where a name is not known or an end is absent.
std::string withTables(const std::string& page, const Measurements& measurements);

} // namespace core
