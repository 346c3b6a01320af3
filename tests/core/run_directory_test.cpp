// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_directory.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/model/architecture_text.h"
#include "core/runs/run_lock.h"
#include "tests/support/places.h"

#include <chrono>
#include <gtest/gtest.h>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

RunData samples()
{
    return {std::make_shared<const Dataset>(sampleDigits(120, 1, Split::Train)),
            std::make_shared<const Dataset>(sampleDigits(50, 1, Split::Test))};
}

RunSpec training(const std::string& architecture = "2@5x5 relu pool 4, linear 10")
{
    RunSpec spec;
    spec.title = "Zwölf: a/b ../ test";
    spec.work = TrainSpec{architecture, {}};
    return spec;
}

ErrorKind kindOfError(const RunSpec& spec, const RunData& data, const Model* start = nullptr)
{
    const test::TemporaryFolder folder;
    try {
        createRun(folder / "runs", spec, data, start);
    } catch (const Error& error) {
        EXPECT_FALSE(fs::exists(folder / "runs") && !fs::is_empty(folder / "runs"));
        return error.kind();
    }
    ADD_FAILURE() << "it was created";
    return ErrorKind::Unexpected;
}

} // namespace

TEST(RunDirectory, GivesEachRunANameOfItsOwn)
{
    const test::TemporaryFolder folder;
    std::set<std::string> ids;
    for (int i = 0; i < 5; ++i)
        ids.insert(createRun(folder / "runs", training(), samples()));
    EXPECT_EQ(ids.size(), 5U);
    for (const std::string& id : ids) {
        EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos)
            << id;
        EXPECT_EQ(RunRecord(folder.path() / "runs" / id).id(), id);
        EXPECT_EQ(RunRecord(folder.path() / "runs" / id / "").id(), id);
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "runs"), {}), 5)
        << "nothing else is left there";
}

TEST(RunDirectory, RefusesWhatMakesNoSense)
{
    EXPECT_EQ(kindOfError(training("4@3x3 rulu, linear 10"), samples()), ErrorKind::Usage);
    EXPECT_EQ(kindOfError(training("linear 9"), samples()), ErrorKind::Usage);
    EXPECT_EQ(kindOfError(training("input 14x14, linear 10"), samples()), ErrorKind::Usage);
    RunSpec spec = training();
    std::get<TrainSpec>(spec.work).options.batch = 0;
    EXPECT_EQ(kindOfError(spec, samples()), ErrorKind::Usage);
    spec = training();
    spec.threads = 0;
    EXPECT_EQ(kindOfError(spec, samples()), ErrorKind::Usage);
    spec.work = PruneSpec{};
    spec.threads = 1;
    EXPECT_EQ(kindOfError(spec, samples()), ErrorKind::Usage) << "there is nothing to prune";
    EXPECT_EQ(kindOfError(training(), {}), ErrorKind::DataMissing);
    Model other;
    other.architecture = parseArchitecture("linear 10");
    other.parameters = initialParameters(other.architecture, 1);
    EXPECT_EQ(kindOfError(training(), samples(), &other), ErrorKind::Usage);
}

TEST(RunDirectory, SaysWhereItCanNotBeMade)
{
    const test::TemporaryFolder folder;
    test::writeFile(folder / "file", "not a folder");
    try {
        createRun(folder / "file", training(), samples());
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Output);
        EXPECT_NE(std::string(error.what()).find("file"), std::string::npos);
    }
}

TEST(RunDirectory, HoldsOutTheLastImages)
{
    const Dataset all = sampleDigits(120, 1, Split::Train);
    const Dataset training = withoutValidation(all);
    const Dataset validation = validationOf(all);
    ASSERT_EQ(training.size(), 100);
    ASSERT_EQ(validation.size(), 20);
    EXPECT_EQ(training.split, Split::Train);
    EXPECT_EQ(validation.split, Split::Validation);
    EXPECT_TRUE(validation.synthetic);
    EXPECT_TRUE(std::ranges::equal(training.image(99), all.image(99)));
    EXPECT_TRUE(std::ranges::equal(validation.image(0), all.image(100)));
    EXPECT_EQ(validation.labels.back(), all.labels.back());
    Dataset large;
    large.height = large.width = 1;
    large.labels.resize(70'000);
    large.pixels.resize(70'000);
    EXPECT_EQ(validationOf(large).size(), 10'000);
    EXPECT_EQ(withoutValidation(large).size(), 60'000);
}

TEST(RunDirectory, ListsDamagedFoldersWithTheReason)
{
    const test::TemporaryFolder folder;
    const std::string good = createRun(folder / "runs", training(), samples());
    fs::create_directories(folder / "runs/empty");
    fs::create_directories(folder / "runs/.new-abc");
    fs::create_directories(folder / "runs/broken");
    test::writeFile(folder / "runs/broken/spec.json", "{");
    fs::create_directories(folder / "runs/torn");
    fs::copy(folder.path() / "runs" / good / "spec.json", folder / "runs/torn/spec.json");
    test::writeFile(folder / "runs/torn/journal.jsonl", "nonsense\n");
    test::writeFile(folder / "runs/a-file", "");
    const auto runs = listRuns(folder / "runs");
    ASSERT_EQ(runs.size(), 4U);
    for (const RunSummary& run : runs) {
        if (run.id == good) {
            EXPECT_EQ(run.status, RunStatus::Queued);
            continue;
        }
        EXPECT_EQ(run.status, RunStatus::Failed) << run.id;
        EXPECT_NE(run.message.find(run.id), std::string::npos) << run.message;
        EXPECT_THROW(RunRecord(run.folder).summary(), Error);
    }
    EXPECT_TRUE(listRuns(folder / "absent").empty());
}

TEST(RunDirectory, ListsTheNewestFirstWithinOneSecondToo)
{
    const test::TemporaryFolder folder;
    std::vector<std::string> created;
    for (const char* title : {"b", "a", "d", "c"}) {
        RunSpec spec = training();
        spec.title = title;
        created.insert(created.begin(), createRun(folder / "runs", spec, samples()));
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // what file systems tell apart
    }
    std::vector<std::string> listed;
    for (const RunSummary& run : listRuns(folder / "runs"))
        listed.push_back(run.id);
    EXPECT_EQ(listed, created);
}

TEST(RunDirectory, HasNamesForItsStatuses)
{
    EXPECT_EQ(statusName(RunStatus::Queued), "queued");
    EXPECT_EQ(statusName(RunStatus::Interrupted), "interrupted");
    EXPECT_EQ(statusName(RunStatus::Failed), "failed");
    EXPECT_TRUE(canResume(RunStatus::Paused));
    EXPECT_TRUE(canResume(RunStatus::Interrupted));
    EXPECT_FALSE(canResume(RunStatus::Running));
    EXPECT_FALSE(canResume(RunStatus::Finished));
}

TEST(RunLock, VanishesWithItsOwner)
{
    const test::TemporaryFolder folder;
    EXPECT_FALSE(RunLock::isHeld(folder.path()));
    {
        const RunLock lock(folder.path());
        EXPECT_TRUE(RunLock::isHeld(folder.path()));
        EXPECT_THROW(RunLock(folder.path()), Error);
    }
    EXPECT_FALSE(RunLock::isHeld(folder.path()));
}

TEST(RunLock, IsSeenByOtherProcesses)
{
    const test::TemporaryFolder folder;
    const RunLock lock(folder.path());
    const pid_t child = fork();
    if (child == 0)
        _exit(RunLock::isHeld(folder.path()) ? 0 : 1);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

} // namespace core
