// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace app
{

/// What the command line asks for; returns the exit code or throws core::Error.
using RunCommand = std::function<int()>;

// Each adds its subcommand; `run` is what to do if that is the one given.
void addInfo(CLI::App& program, RunCommand& run);
void addEval(CLI::App& program, RunCommand& run);
void addVerify(CLI::App& program, RunCommand& run);
void addActivations(CLI::App& program, RunCommand& run);
void addHeatmap(CLI::App& program, RunCommand& run);
void addVisualize(CLI::App& program, RunCommand& run);
void addConvert(CLI::App& program, RunCommand& run);
void addTrain(CLI::App& program, RunCommand& run);
void addPrune(CLI::App& program, RunCommand& run);
void addSweep(CLI::App& program, RunCommand& run);
void addGolf(CLI::App& program, RunCommand& run);
void addResume(CLI::App& program, RunCommand& run);
void addRuns(CLI::App& program, RunCommand& run);
void addBench(CLI::App& program, RunCommand& run);
void addCompare(CLI::App& program, RunCommand& run);
void addOrientation(CLI::App& program, RunCommand& run);
void addAblate(CLI::App& program, RunCommand& run);
void addTop(CLI::App& program, RunCommand& run);
void addSubmission(CLI::App& program, RunCommand& run);
void addHandbook(CLI::App& program, RunCommand& run);
void addFigures(CLI::App& program, RunCommand& run);
void addFetch(CLI::App& program, RunCommand& run);

} // namespace app
