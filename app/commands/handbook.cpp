// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/run_execution.h"
#include "app/stop_signal.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/shared_folder.h"
#include "core/handbook/ladder.h"
#include "core/handbook/measurements.h"
#include "core/model/architecture_text.h"
#include "core/train/logits.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

namespace app
{

namespace
{

namespace fs = std::filesystem;

struct HandbookArguments {
    CommonOptions common;
    std::string page;
    std::string folder;
    std::string teacher;
    std::vector<std::string> only;
    int seeds = 3;
    bool update = false;
    bool missing = false;
    bool tables = false;
};

fs::path folderOf(const HandbookArguments& arguments)
{
    const fs::path folder = arguments.folder.empty()
                                ? core::sharedFolder("handbook").value_or(fs::path())
                                : fs::path(arguments.folder);
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
        throw core::Error(core::ErrorKind::Input,
                          fmt::format("{}: is no folder, expected the handbook's pages",
                                      folder.empty() ? "the handbook" : folder.string()));
    return folder;
}

std::vector<fs::path> pagesIn(const fs::path& folder)
{
    std::vector<fs::path> pages;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".md")
            pages.push_back(entry.path());
    if (pages.empty())
        throw core::Error(
            core::ErrorKind::Input,
            fmt::format("{}: has no pages, expected the handbook's (.md)", folder.string()));
    std::ranges::sort(pages);
    return pages;
}

std::string contentOf(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return std::move(text).str();
}

/// "# Pruning" -> "Pruning"
std::string titleOf(const std::string& page)
{
    const std::string line = page.substr(0, page.find('\n'));
    return line.starts_with("# ") ? line.substr(2) : line;
}

int listPages(const HandbookArguments& arguments, const fs::path& folder)
{
    Json pages = Json::array();
    std::string text;
    for (const fs::path& file : pagesIn(folder)) {
        const std::string content = contentOf(file);
        const std::string name = file.stem().string();
        if (!arguments.page.empty() && name.find(arguments.page) == std::string::npos)
            continue;
        Json page = {{"page", name}, {"title", titleOf(content)}};
        if (!arguments.page.empty())
            page["text"] = content;
        pages.push_back(page);
        text += arguments.page.empty() ? fmt::format("{:<32}{}\n", name, titleOf(content))
                                       : content + "\n";
    }
    if (pages.empty())
        throw core::Error(
            core::ErrorKind::Usage,
            fmt::format("{}: no page is called so; 'caddie handbook' lists them", arguments.page));
    printResult(arguments.common, {{"pages", std::move(pages)}}, text);
    return 0;
}

void writeTables(const fs::path& folder, const core::Measurements& measurements)
{
    for (const fs::path& file : pagesIn(folder)) {
        const std::string before = contentOf(file);
        try {
            const std::string after = core::withTables(before, measurements);
            if (after != before)
                core::writeFileAtomically(file, after);
        } catch (const core::Error& error) {
            throw core::Error(error.kind(), fmt::format("{}: {}", file.string(), error.what()));
        }
    }
}

/// Goes through the techniques and records each as soon as it is measured.
class Update
{
public:
    Update(const HandbookArguments& arguments, fs::path folder)
        : m_arguments(arguments), m_file(std::move(folder) / "measurements.json"),
          m_measurements(core::readMeasurements(m_file))
    {
        m_inputs.data = loadRunData(arguments.common, {}); // of a training: both sets
        m_inputs.backend = arguments.common.backendOptions();
        m_measurements.program = "caddie " CADDIE_VERSION;
        m_measurements.backend =
            core::makeBackend(core::parseArchitecture(core::techniques().front().architecture),
                              m_inputs.backend)
                ->name();
        const core::Dataset& test = *m_inputs.data.test;
        const std::string hash = core::datasetHash(test);
        if (!m_measurements.dataHash.empty() && m_measurements.dataHash != hash)
            throw core::Error(core::ErrorKind::DataMissing,
                              fmt::format("{}: was measured on {}, and the data here is other; "
                                          "delete it to begin anew",
                                          m_file.string(), m_measurements.data));
        m_measurements.data = test.description();
        m_measurements.dataHash = hash;
    }

    /// False if stopped.
    bool run(const std::stop_token& stop)
    {
        ProgressLine progress(m_arguments.common);
        for (int seed = 1; seed <= m_arguments.seeds; ++seed)
            for (const core::Technique& technique : core::techniques()) {
                if (!isWanted(technique, static_cast<std::uint64_t>(seed)))
                    continue;
                progress.show(
                    fmt::format("{}, {}, seed {}", technique.table, technique.label, seed));
                const auto found =
                    core::climbDown(technique, static_cast<std::uint64_t>(seed), m_inputs, stop);
                if (!found)
                    return false;
                m_measurements.accuracies[technique.id][static_cast<std::uint64_t>(seed)] = *found;
                core::writeMeasurements(m_measurements, m_file);
                ++m_measured;
                m_done.insert({technique.id, seed});
            }
        return true;
    }

    const core::Measurements& measurements() const { return m_measurements; }
    int measured() const { return m_measured; }

private:
    bool isWanted(const core::Technique& technique, std::uint64_t seed)
    {
        if (technique.needsTeacher && !findTeacher())
            return false;
        if (!m_arguments.only.empty() &&
            std::ranges::find(m_arguments.only, technique.table) == m_arguments.only.end())
            return false;
        // The plain course stands in several tables.
        if (m_done.contains({technique.id, static_cast<int>(seed)}))
            return false;
        const auto known = m_measurements.accuracies.find(technique.id);
        return !m_arguments.missing || known == m_measurements.accuracies.end() ||
               !known->second.contains(seed);
    }

    bool findTeacher()
    {
        if (m_arguments.teacher.empty())
            return false;
        if (m_inputs.teacherLogits.empty()) {
            ModelChoice choice;
            choice.file = m_arguments.teacher;
            const core::ModelPointer teacher = openChosenModel(choice, m_arguments.common).model;
            const auto backend = core::makeBackend(teacher->architecture, m_inputs.backend);
            m_inputs.teacherLogits =
                *core::logitsOf(*backend, teacher->parameters.values(), *m_inputs.data.training);
        }
        return true;
    }

    const HandbookArguments& m_arguments;
    fs::path m_file;
    core::LadderInputs m_inputs;
    core::Measurements m_measurements;
    std::set<std::pair<std::string, int>> m_done;
    int m_measured = 0;
};

int update(const HandbookArguments& arguments, const fs::path& folder)
{
    const StopSignal stop;
    Update update(arguments, folder);
    const bool whole = update.run(stop.token());
    writeTables(folder, update.measurements());
    printResult(arguments.common,
                {{"folder", folder.string()},
                 {"measured", update.measured()},
                 {"techniques", update.measurements().accuracies.size()},
                 {"stopped", !whole}},
                fmt::format("{} measurements taken, tables written in {}\n", update.measured(),
                            folder.string()));
    return whole ? 0 : kExitStopped;
}

int handbook(const HandbookArguments& arguments)
{
    const fs::path folder = folderOf(arguments);
    if (arguments.update)
        return update(arguments, folder);
    if (!arguments.tables)
        return listPages(arguments, folder);
    writeTables(folder, core::readMeasurements(folder / "measurements.json"));
    printResult(arguments.common, {{"folder", folder.string()}},
                fmt::format("tables written in {}\n", folder.string()));
    return 0;
}

} // namespace

void addHandbook(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "handbook", "Show the handbook's pages, or measure its tables again");
    auto arguments = std::make_shared<HandbookArguments>();
    command->add_option("PAGE", arguments->page, "Print the pages whose name has this in it")
        ->type_name("");
    auto* update = command->add_flag("--update", arguments->update,
                                     "Measure every technique again and write the tables");
    command->add_flag("--missing", arguments->missing, "Only what is not recorded yet")
        ->needs(update);
    command
        ->add_option("--only", arguments->only,
                     "Only these tables: " +
                         fmt::format("{}", fmt::join(core::techniqueTables(), ", ")))
        ->type_name("TABLE")
        ->delimiter(',')
        ->needs(update);
    command->add_option("--seeds", arguments->seeds, "Of each technique, from 1")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 100));
    command
        ->add_option("--teacher", arguments->teacher,
                     "Model that teaches, for the table of distillation; else that one is left out")
        ->type_name("MODEL");
    command->add_flag("--tables", arguments->tables, "Write the tables anew from what is recorded");
    command->add_option("--folder", arguments->folder, "Of the pages; by default the program's own")
        ->type_name("DIR");
    addCommonOptions(*command, arguments->common);
    command->footer(
        "Each technique takes the same short course (20 epochs dense, then 12 % fewer parameters a "
        "round) with one thing changed; what is recorded are the test accuracies at 600, 450 and "
        "300 non-zero parameters. Each measurement is kept in measurements.json as soon as it is "
        "taken. About a minute each on one core.\n\n"
        "Examples:\n"
        "  caddie handbook swaps\n"
        "  caddie handbook --update --only swaps,criteria --seeds 5");
    command->callback([arguments, &run] { run = [arguments] { return handbook(*arguments); }; });
}

} // namespace app
