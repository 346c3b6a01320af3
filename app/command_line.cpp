// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/commands/commands.h"
#include "app/environment.h"
#include "app/output.h"
#include "core/base/error.h"
#include "ui/window.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <new>

namespace app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr int kExitUnexpected = 1;
constexpr int kExitUsage = 2;

struct WindowArguments {
    std::vector<std::string> models;
    std::string data;
    int threads = 1;
    bool fresh = false;
    bool measure = false;
};

int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unexpected:
        return kExitUnexpected;
    case ErrorKind::Usage:
        return kExitUsage;
    case ErrorKind::Input:
        return 3;
    case ErrorKind::DataMissing:
        return 4;
    case ErrorKind::Output:
        return 5;
    case ErrorKind::GoalNotReached:
        return 6;
    }
    return kExitUnexpected;
}

/// A mistyped command is taken for a model's file by the parser.
void checkModelFile(const std::string& model)
{
    std::error_code ignored;
    if (fs::exists(model, ignored))
        return;
    if (model.find_first_of("./") == std::string::npos)
        throw Error(ErrorKind::Usage,
                    fmt::format("{}: neither a command nor a file; 'caddie --help' lists the "
                                "commands",
                                model));
    throw Error(ErrorKind::Input, fmt::format("{}: there is no such file", model));
}

int openWindow(const WindowArguments& arguments, int argc, char** argv)
{
    std::ranges::for_each(arguments.models, checkModelFile);
    if (!hasDisplay())
        throw Error(ErrorKind::Unexpected,
                    "there is no display for the window; 'caddie figures MODEL --out DIR' renders "
                    "what it would show, 'caddie --help' lists what else works without one");
    ui::WindowOptions options;
    options.models = arguments.models;
    options.sampleDigits = arguments.data == "samples";
    if (!options.sampleDigits) {
        if (!arguments.data.empty())
            options.dataFolders.emplace_back(arguments.data);
        std::ranges::copy(mnistFolders(), std::back_inserter(options.dataFolders));
    }
    options.threads = arguments.threads;
    options.runs = userRunsFolder();
    options.restoreSession = !arguments.fresh;
    options.quitAfterFirstPaint = arguments.measure;
    return ui::runWindow(options, argc, argv);
}

void addWindowArguments(CLI::App& program, WindowArguments& arguments)
{
    program.add_option("MODELS", arguments.models, "Model files to open in the window")
        ->type_name("");
    program.add_option("--data", arguments.data, "Folder with MNIST, for the window")
        ->type_name("DIR|samples");
    program.add_option("--threads", arguments.threads, "Threads that compute")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1024));
    program.add_flag("--fresh", arguments.fresh,
                     "Start without the last session's layout and files");
    program.add_flag("--quit-after-first-paint", arguments.measure,
                     "Print the milliseconds to the first painted window, and quit");
}

void addCommands(CLI::App& program, RunCommand& run)
{
    addInfo(program, run);
    addEval(program, run);
    addVerify(program, run);
    addActivations(program, run);
    addHeatmap(program, run);
    addVisualize(program, run);
    addConvert(program, run);
    addTrain(program, run);
    addPrune(program, run);
    addSweep(program, run);
    addGolf(program, run);
    addResume(program, run);
    addRuns(program, run);
    addCompare(program, run);
    addOrientation(program, run);
    addAblate(program, run);
    addTop(program, run);
    addSubmission(program, run);
    addFigures(program, run);
    addHandbook(program, run);
    addBench(program, run);
    addFetch(program, run);
    program.require_subcommand(0, 1);
}

/// What went wrong in one line.
int report(const std::string& sentence, int code)
{
    fmt::print(stderr, "caddie: {}\n", printable(sentence));
    return code;
}

int parseAndRun(int argc, char** argv)
{
    CLI::App program("Opens tiny MNIST networks and makes them readable. Without a command, caddie "
                     "opens its window.",
                     "caddie");
    program.set_version_flag("--version", "caddie " CADDIE_VERSION);
    program.footer("Exit codes: 0 done, 1 unexpected, 2 usage, 3 input could not be read, 4 data "
                   "missing,\n5 output could not be written, 6 goal not reached, 130 stopped.\n\n"
                   "Examples:\n"
                   "  caddie model.safetensors           open the window\n"
                   "  caddie eval model.pth --json       work without one\n"
                   "  caddie heatmap --help              the options of a command");
    // One line here too; the parser's own message would have several.
    program.failure_message([](const CLI::App* parser, const CLI::Error& error) {
        const auto chosen = parser->get_subcommands();
        return fmt::format("caddie: {} ('caddie {}--help' says more)\n", printable(error.what()),
                           chosen.empty() ? "" : chosen.front()->get_name() + " ");
    });
    WindowArguments window;
    RunCommand run;
    addWindowArguments(program, window);
    addCommands(program, run);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : kExitUsage;
    }
    return run ? run() : openWindow(window, argc, argv);
}

} // namespace

int runCommandLine(int argc, char** argv)
{
    try {
        return parseAndRun(argc, argv);
    } catch (const Error& error) {
        return report(error.what(), exitCode(error.kind()));
    } catch (const std::bad_alloc&) {
        return report("there is not enough memory", kExitUnexpected);
    } catch (const std::exception& error) {
        return report(error.what(), kExitUnexpected);
    }
}

} // namespace app
