// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/model/parameters.h"
#include "core/runs/run_data.h"
#include "core/runs/teacher.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& folder, const std::string& reason)
{
    throw Error(ErrorKind::Output,
                fmt::format("{}: could not be created ({})", folder.string(), reason));
}

/// A folder that is built under a hidden name, and is gone again unless it was moved into place.
class FolderInTheMaking
{
public:
    explicit FolderInTheMaking(const fs::path& parent) : m_parent(parent)
    {
        std::error_code error;
        fs::create_directories(parent, error);
        if (error)
            fail(parent, error.message());
        std::string name = parent / ".new-XXXXXX";
        if (!mkdtemp(name.data()))
            fail(parent, std::strerror(errno));
        m_folder = name;
        // mkdtemp keeps others out; a run is as readable as any other file.
        fs::permissions(m_folder, fs::perms::owner_all | fs::perms::group_read |
                                      fs::perms::group_exec | fs::perms::others_read |
                                      fs::perms::others_exec);
    }

    ~FolderInTheMaking()
    {
        std::error_code ignored;
        if (!m_folder.empty())
            fs::remove_all(m_folder, ignored);
    }

    FolderInTheMaking(const FolderInTheMaking&) = delete;
    FolderInTheMaking& operator=(const FolderInTheMaking&) = delete;

    const fs::path& path() const { return m_folder; }

    /// Returns the name that was free: `name`, or `name-2` and so on.
    std::string moveTo(const std::string& name)
    {
        constexpr int kMostTries = 10'000;
        for (int i = 1; i < kMostTries; ++i) {
            const std::string tried = i == 1 ? name : fmt::format("{}-{}", name, i);
            // Fails where the name is taken, whoever was faster.
            if (std::rename(m_folder.c_str(), (m_parent / tried).c_str()) == 0) {
                m_folder.clear();
                return tried;
            }
            if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR)
                fail(m_parent / tried, std::strerror(errno));
        }
        fail(m_parent / name, "the name is taken");
    }

private:
    fs::path m_parent;
    fs::path m_folder;
};

/// What a kill left behind long ago.
void removeUnfinished(const fs::path& runs)
{
    using namespace std::chrono_literals;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(runs, ignored)) {
        const std::string name = entry.path().filename().string();
        const bool leftOver = name.starts_with(".new-") || name.starts_with(".gone-");
        if (leftOver && fs::file_time_type::clock::now() - entry.last_write_time(ignored) > 1h)
            fs::remove_all(entry.path(), ignored);
    }
}

/// "Published 820, stepped" -> "published-820-stepped"
std::string slug(const std::string& title)
{
    constexpr std::size_t kLongest = 40;
    std::string result;
    for (const char c : title) {
        const auto letter = static_cast<unsigned char>(c);
        const bool plain = letter < 128 && std::isalnum(letter) != 0;
        if (plain && result.size() < kLongest)
            result += static_cast<char>(std::tolower(letter));
        else if (!plain && !result.empty() && result.back() != '-')
            result += '-';
    }
    while (!result.empty() && result.back() == '-')
        result.pop_back();
    return result.empty() ? "run" : result;
}

std::string idFor(const RunSpec& spec)
{
    return fmt::format("{:%Y-%m-%d-%H%M%S}-{}", fmt::gmtime(std::time(nullptr)), slug(spec.title));
}

void requireFitting(const Architecture& architecture, const Dataset& data)
{
    const Shape input = architecture.inputShape();
    if (input.height != data.height || input.width != data.width)
        throw Error(ErrorKind::Usage,
                    fmt::format("the network's input is {}x{}, the images of {} are {}x{}",
                                input.height, input.width, data.name, data.height, data.width));
    if (architecture.classes() != 10)
        throw Error(ErrorKind::Usage, fmt::format("the network ends in {} outputs, expected 10",
                                                  architecture.classes()));
}

void requireSame(const Architecture& found, const Architecture& expected)
{
    if (!(found == expected))
        throw Error(ErrorKind::Usage, fmt::format("the model to begin with is {}, expected {}",
                                                  toText(found), toText(expected)));
}

void requireSensible(const TrainSpec& spec, const RunData& data, const Model* start)
{
    const Architecture architecture = parseArchitecture(spec.architecture);
    if (start)
        requireSame(start->architecture, architecture);
    const Parameters layout(architecture);
    initialTrainingState(layout.values(), spec.options); // checks options and mask
    const auto nonzero = static_cast<std::size_t>(spec.options.switches.nonzero);
    if (nonzero > layout.count())
        throw Error(ErrorKind::Usage,
                    fmt::format("training: {} non-zero parameters, expected up to the network's {}",
                                nonzero, layout.count()));
    requireFitting(architecture, *data.training);
    const int training = holdsOutValidation(spec.options) ? withoutValidation(*data.training).size()
                                                          : data.training->size();
    if (training == 0 || data.test->size() == 0)
        throw Error(ErrorKind::Usage, "there are no images to train on, or none to test on");
}

void requireSensible(const PruneSpec& spec, const RunData& data, const Model* start)
{
    if (!start)
        throw Error(ErrorKind::Usage, "a pruning needs a model to begin with");
    requireFitting(start->architecture, *data.test);
    const PruneOptions& options = spec.options;
    if (options.passes < 1)
        throw Error(ErrorKind::Usage,
                    fmt::format("pruning: {} passes, expected 1 or more", options.passes));
    if (!(options.threshold >= 0 && options.threshold <= 1))
        throw Error(ErrorKind::Usage,
                    fmt::format("pruning: threshold {}, expected 0 to 1", options.threshold));
}

void requireSensible(const GolfSpec& spec, const RunData& data, const Model* start)
{
    const Architecture architecture = parseArchitecture(spec.architecture);
    if (start)
        requireSame(start->architecture, architecture);
    if (start && spec.options.rewind == GolfRewind::Initial)
        throw Error(ErrorKind::Usage, "golf: what a model's weights began with is not known, "
                                      "expected no rewinding to it");
    requireFitting(architecture, *data.training);
    requireSensible(spec.options);
    if (spec.select == Split::Train)
        throw Error(ErrorKind::Usage,
                    "golf: the training images can't select, expected test or validation");
}

} // namespace

std::string createRun(const fs::path& runs, RunSpec spec, const RunData& data, const Model* start)
{
    spec.dataHash = dataHashOf(spec, data);
    spec.data = data.test->name;
    if (spec.threads < 1)
        throw Error(ErrorKind::Usage, fmt::format("{} threads, expected 1 or more", spec.threads));
    std::visit([&](const auto& work) { requireSensible(work, data, start); }, spec.work);
    if (!spec.out.empty())
        spec.out = fs::absolute(spec.out);
    removeUnfinished(runs);
    std::optional<Model> teacher;
    if (auto* train = std::get_if<TrainSpec>(&spec.work))
        teacher = openTeacher(train->options.switches, parseArchitecture(train->architecture));
    else if (auto* golf = std::get_if<GolfSpec>(&spec.work))
        teacher = openTeacher(golf->options.switches, parseArchitecture(golf->architecture));
    FolderInTheMaking folder(runs);
    writeFileAtomically(folder.path() / "spec.json", toJson(spec));
    if (start)
        saveModel(*start, folder.path() / "start.safetensors");
    if (teacher)
        saveModel(*teacher, folder.path() / kTeacherFile);
    return folder.moveTo(idFor(spec));
}

} // namespace core
