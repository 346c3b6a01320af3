// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/runs/epoch_parameters.h"
#include "core/runs/golf_line.h"
#include "core/runs/journal.h"
#include "core/runs/run_directory.h"
#include "core/runs/run_file.h"
#include "core/runs/visit_line.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

RunSpec readSpec(const fs::path& folder)
{
    const fs::path file = folder / "spec.json";
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        throw Error(
            ErrorKind::Input,
            fmt::format("{}: is no run, expected a folder with a spec.json", folder.string()));
    const std::string text = readRunFile(file);
    try {
        return runSpecFromJson(text);
    } catch (const Error& error) {
        throw Error(error.kind(), fmt::format("{}: {}", file.string(), error.what()));
    }
}

/// The folder's own name, also where it was named as "." or with a slash at the end.
std::string nameOf(const fs::path& folder)
{
    const fs::path path = fs::absolute(folder).lexically_normal();
    return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

std::optional<fs::path> ifThere(fs::path file)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return std::nullopt;
    return file;
}

} // namespace

RunRecord::RunRecord(fs::path folder)
    : m_folder(std::move(folder)), m_id(nameOf(m_folder)), m_spec(readSpec(m_folder))
{
}

std::vector<EpochResult> RunRecord::epochs() const
{
    std::vector<EpochResult> epochs;
    for (const JournalLine& line : readJournal(m_folder))
        if (line.event == "epoch")
            epochs.push_back(epochOf(line));
    return epochs;
}

std::vector<PruneVisit> RunRecord::visits() const
{
    std::vector<PruneVisit> visits;
    for (const JournalLine& line : readJournal(m_folder))
        if (line.event == "visit")
            visits.push_back(visitOf(line));
    return visits;
}

std::vector<GolfStep> RunRecord::steps() const
{
    std::vector<GolfStep> steps;
    for (const JournalLine& line : readJournal(m_folder))
        if (line.event == "step")
            steps.push_back(golfStepOf(line));
    return steps;
}

std::vector<float> RunRecord::parametersAfter(int epoch) const
{
    const auto* train = std::get_if<TrainSpec>(&m_spec.work);
    if (!train || epoch < 1)
        return {};
    const Parameters layout(parseArchitecture(train->architecture));
    return readEpochParameters(m_folder, epoch, layout.values().size());
}

Model RunRecord::start() const
{
    const fs::path file = m_folder / "start.safetensors";
    std::error_code ignored;
    if (fs::exists(file, ignored))
        return openModel(file);
    Model model;
    model.name = m_spec.title;
    if (const auto* train = std::get_if<TrainSpec>(&m_spec.work)) {
        model.architecture = parseArchitecture(train->architecture);
        model.parameters = initialParameters(model.architecture, train->options.seed);
    } else if (const auto* golf = std::get_if<GolfSpec>(&m_spec.work)) {
        model.architecture = parseArchitecture(golf->architecture);
        model.parameters = Parameters(model.architecture);
    } else {
        throw Error(ErrorKind::Input,
                    fmt::format("{}: is not there, expected the model to prune", file.string()));
    }
    return model;
}

std::optional<fs::path> RunRecord::model() const
{
    return ifThere(m_folder / "model.safetensors");
}

std::optional<fs::path> RunRecord::best() const
{
    return ifThere(m_folder / kBestModel);
}

} // namespace core
