// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/inspect/scoreboard.h"
#include "core/model/model.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace core
{

/// A network with what somebody says of it: one file to hand on. It is a zip archive of two stored
/// members, so that every tool can take the network out:
///
///   model.safetensors  what saveModel() writes: layers, recipe and provenance inside
///   submission.json    the claim, keys sorted: "caddie_submission" (1, the version), "name",
///                      "model_sha256" (modelHash), "nonzero", "parameters", "correct", "images",
///                      "data", "data_sha256" (datasetHash), "selected_on", "league" (leagueName;
///                      absent in older ones: then what the network says), "backend", "program",
///                      and "recipe" (the run that made it; absent where unknown)
///
/// The same submission gives the same bytes.
struct Submission {
    std::string name;
    Model model;
    std::string modelHash;
    std::size_t nonzero = 0;
    std::size_t parameters = 0;
    int correct = 0;
    int images = 0;
    std::string data;     ///< Dataset::description() of what it was measured on
    std::string dataHash; ///< datasetHash() of the same
    std::string selectedOn;
    League league = League::Raw;
    std::string recipe;  ///< JSON; empty where unknown
    std::string backend; ///< that counted the right answers
    std::string program; ///< "caddie 0.1.0"
};

/// Counts and evaluates. Blocks; a stop throws Error(Unexpected), as nothing half-measured is
/// handed on.
Submission makeSubmission(const Model& model, Backend& backend, const Dataset& data,
                          const std::string& program, std::stop_token stop = {});

/// Atomically. Throws Error(Usage) unless the extension is .zip, Error(Output) where it can't be
/// written.
void writeSubmission(const Submission& submission, const std::filesystem::path& file);

/// Writes it into the folder, which is made if need be, under a name that the network gives it: the
/// same network is kept once. Returns the file. Throws Error(Output).
std::filesystem::path keepSubmission(const Submission& submission,
                                     const std::filesystem::path& folder);

/// What the file claims, not checked against anything but itself. Executes nothing. Throws
/// Error(Input): file, what was found, what was expected.
Submission readSubmission(const std::filesystem::path& file);

/// Counts and evaluates anew: the score is Verified. Throws Error(Input) with one sentence at the
/// first number that is not as claimed, Error(DataMissing) where `data` is not what it was measured
/// on. Right answers have to be equal to the last image: another processor or backend may add in
/// another order and find one more or less, and then the claim does not hold there.
Score verifySubmission(const Submission& submission, Backend& backend, const Dataset& data,
                       std::stop_token stop = {});

} // namespace core
