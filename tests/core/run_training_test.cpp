// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/runs/checkpoint.h"
#include "core/runs/run_lock.h"
#include "tests/support/places.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

const char* const kSmall = "2@5x5 relu pool 4, linear 10";

RunData samples()
{
    static const RunData kData = {
        std::make_shared<const Dataset>(sampleDigits(240, 1, Split::Train)),
        std::make_shared<const Dataset>(sampleDigits(150, 1, Split::Test))};
    return kData;
}

/// A folder of runs, and a training in it that takes a moment.
class TrainingRun : public testing::Test
{
protected:
    static RunSpec spec(TrainingOptions options = {.epochs = 3, .batch = 16, .lr = 0.01})
    {
        RunSpec spec;
        spec.title = "A small one";
        spec.work = TrainSpec{kSmall, std::move(options)};
        return spec;
    }

    fs::path create(const RunSpec& what, const Model* start = nullptr) const
    {
        return runs() / createRun(runs(), what, samples(), start);
    }
    fs::path create() const { return create(spec()); }

    static RunSummary execute(const fs::path& folder, const RunObserver& observer = {})
    {
        RunControl control;
        return executeRun(folder, samples(), observer, control);
    }

    /// Asks to pause, or to stop and keep, after so many batches.
    static RunSummary executeUntil(int batch, const fs::path& folder, RunWish wish = RunWish::Pause)
    {
        RunControl control;
        int done = 0;
        RunObserver observer;
        observer.progress = [&](const RunProgress&) {
            if (++done == batch)
                wish == RunWish::Pause ? control.pause() : control.stopAndKeep();
        };
        return executeRun(folder, samples(), observer, control);
    }

    fs::path runs() const { return m_folder / "runs"; }

    test::TemporaryFolder m_folder;
};

std::vector<int> epochNumbers(const fs::path& folder)
{
    std::vector<int> numbers;
    for (const EpochResult& epoch : RunRecord(folder).epochs())
        numbers.push_back(epoch.epoch);
    return numbers;
}

} // namespace

TEST_F(TrainingRun, IsQueuedUntilItIsStarted)
{
    const fs::path folder = create();
    const RunSummary summary = RunRecord(folder).summary();
    EXPECT_EQ(summary.status, RunStatus::Queued);
    EXPECT_EQ(summary.id, folder.filename());
    EXPECT_EQ(summary.title, "A small one");
    EXPECT_EQ(summary.parameters, 782U);
    EXPECT_EQ(summary.progress.total, 3U);
    EXPECT_EQ(summary.progress.fraction, 0);
    EXPECT_FALSE(RunRecord(folder).model());
    EXPECT_NE(summary.id.find("-a-small-one"), std::string::npos);
}

TEST_F(TrainingRun, EndsWithAModelThatSaysWhereItComesFrom)
{
    RunSpec what = spec();
    what.out = m_folder / "copy.safetensors";
    const fs::path folder = create(what);
    const RunSummary summary = execute(folder);
    EXPECT_EQ(summary.status, RunStatus::Finished);
    EXPECT_EQ(summary.progress.done, 3U);
    EXPECT_EQ(summary.progress.fraction, 1);
    const Model model = openModel(*RunRecord(folder).model());
    EXPECT_EQ(test::readFile(what.out), test::readFile(summary.model));
    ASSERT_EQ(model.provenance.accuracies.size(), 1U);
    EXPECT_EQ(model.provenance.accuracies[0], summary.accuracy);
    EXPECT_EQ(model.provenance.accuracies[0].data, "sample digits (built-in) test, 150 images");
    EXPECT_EQ(model.provenance.origin,
              "trained by Caddie " CADDIE_VERSION " on sample digits (built-in) train, 240 images");
    EXPECT_TRUE(model.classStatistics);
    const auto recipe = nlohmann::json::parse(model.provenance.recipe);
    EXPECT_EQ(recipe["epochs_done"], 3);
    EXPECT_EQ(recipe["optimizer"], "adamw");
    const auto backend = makeBackend(model.architecture);
    EXPECT_EQ(backend->evaluate(model.parameters.values(), *samples().test).correct,
              summary.accuracy->correct);
    EXPECT_EQ(summary.backend, backend->name());
}

TEST_F(TrainingRun, TellsItsObserverWhatTheJournalSays)
{
    const fs::path folder = create();
    std::vector<int> correct;
    std::vector<double> fractions;
    std::size_t shown = 0;
    RunObserver observer;
    observer.epoch = [&](const EpochResult& epoch) { correct.push_back(epoch.testCorrect); };
    observer.progress = [&](const RunProgress& progress) {
        fractions.push_back(progress.fraction);
    };
    observer.parameters = [&](std::span<const float> parameters) { shown = parameters.size(); };
    execute(folder, observer);
    EXPECT_EQ(shown, 782U);
    EXPECT_TRUE(std::ranges::is_sorted(fractions));
    EXPECT_EQ(fractions.back(), 1);
    ASSERT_EQ(fractions.size(), 3U * 16); // 15 batches and the end of the epoch
    EXPECT_DOUBLE_EQ(fractions.front(), 1.0 / 45);
    const auto epochs = RunRecord(folder).epochs();
    ASSERT_EQ(epochs.size(), correct.size());
    for (std::size_t i = 0; i < epochs.size(); ++i)
        EXPECT_EQ(epochs[i].testCorrect, correct[i]);
}

TEST_F(TrainingRun, EndsInTheSameFileWhereverItWasPaused)
{
    const RunSpec what = spec({.epochs = 3,
                               .batch = 16,
                               .lr = 0.01,
                               .schedule = ScheduleKind::Cosine,
                               .keep = KeptEpoch::BestValidation});
    const fs::path undisturbed = create(what);
    execute(undisturbed);
    for (const int batch : {1, 7, 13, 14, 20, 39}) {
        const fs::path folder = create(what);
        const RunSummary paused = executeUntil(batch, folder);
        EXPECT_EQ(paused.status, RunStatus::Paused) << batch;
        EXPECT_EQ(paused.message, "");
        EXPECT_GT(paused.progress.fraction, 0);
        EXPECT_EQ(executeUntil(1, folder).status, RunStatus::Paused);
        EXPECT_EQ(execute(folder).status, RunStatus::Finished);
        EXPECT_EQ(epochNumbers(folder), (std::vector<int>{1, 2, 3})) << batch;
        EXPECT_EQ(test::readFile(folder / "model.safetensors"),
                  test::readFile(undisturbed / "model.safetensors"))
            << batch;
    }
}

TEST_F(TrainingRun, GoesOnFromTheCheckpointWhateverTheJournalHasBeyondIt)
{
    const fs::path undisturbed = create();
    execute(undisturbed);
    const fs::path folder = create();
    executeUntil(20, folder);
    // As a kill leaves it: lines that no checkpoint knows, the last one cut off.
    const std::string kept = test::readFile(folder / "journal.jsonl");
    const auto epoch = kept.find(R"({"event":"epoch")");
    const std::string line = kept.substr(epoch, kept.find('\n', epoch) - epoch);
    test::writeFile(folder / "journal.jsonl", kept + line + "\n" + line.substr(0, 40));
    test::writeFile(folder / "epochs.f32", test::readFile(folder / "epochs.f32") + "torn");
    EXPECT_EQ(RunRecord(folder).epochs().size(), 2U) << "a line that was cut off is not read";
    execute(folder);
    EXPECT_EQ(epochNumbers(folder), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(test::readFile(folder / "model.safetensors"),
              test::readFile(undisturbed / "model.safetensors"));
    EXPECT_EQ(test::readFile(folder / "epochs.f32"), test::readFile(undisturbed / "epochs.f32"));
}

TEST_F(TrainingRun, BeginsAnewWithoutACheckpoint)
{
    const fs::path undisturbed = create();
    execute(undisturbed);
    const fs::path folder = create();
    executeUntil(20, folder);
    fs::remove(folder / "checkpoint");
    execute(folder);
    EXPECT_EQ(epochNumbers(folder), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(test::readFile(folder / "model.safetensors"),
              test::readFile(undisturbed / "model.safetensors"));
}

TEST_F(TrainingRun, EndsAgainWhereItWasKilledWhileEnding)
{
    const fs::path folder = create();
    execute(folder);
    const std::string model = test::readFile(folder / "model.safetensors");
    std::string journal = test::readFile(folder / "journal.jsonl");
    journal.resize(journal.find(R"({"event":"finished")") + 30);
    test::writeFile(folder / "journal.jsonl", journal);
    EXPECT_EQ(RunRecord(folder).summary().status, RunStatus::Interrupted);
    EXPECT_EQ(execute(folder).status, RunStatus::Finished);
    EXPECT_EQ(test::readFile(folder / "model.safetensors"), model);
}

TEST_F(TrainingRun, StopsEarlyWithTheBestSoFar)
{
    const fs::path folder = create(spec({.epochs = 1000, .batch = 16, .lr = 0.01}));
    const RunSummary summary = executeUntil(2 * 16 + 3, folder, RunWish::StopAndKeep);
    EXPECT_EQ(summary.status, RunStatus::Stopped);
    const Model model = openModel(summary.model);
    const auto recipe = nlohmann::json::parse(model.provenance.recipe);
    EXPECT_EQ(recipe["stopped"], true);
    EXPECT_EQ(recipe["epochs_done"], 2);
    const auto values = model.parameters.values();
    EXPECT_EQ(std::vector(values.begin(), values.end()), RunRecord(folder).parametersAfter(2));
    EXPECT_THROW(execute(folder), Error) << "it is over";
}

TEST_F(TrainingRun, KeepsTheParametersOfEachEpoch)
{
    const fs::path folder = create();
    std::vector<float> last;
    RunObserver observer;
    observer.parameters = [&](std::span<const float> parameters) {
        last.assign(parameters.begin(), parameters.end());
    };
    execute(folder, observer);
    const RunRecord record(folder);
    EXPECT_EQ(record.parametersAfter(3), last);
    EXPECT_EQ(record.parametersAfter(1).size(), 782U);
    EXPECT_NE(record.parametersAfter(1), last);
    EXPECT_TRUE(record.parametersAfter(4).empty());
    EXPECT_TRUE(record.parametersAfter(0).empty());
    const Parameters expected = initialParameters(parseArchitecture(kSmall), 1);
    EXPECT_TRUE(std::ranges::equal(record.start().parameters.values(), expected.values()));
}

TEST_F(TrainingRun, GoesOnFromAModelAndHoldsItsZeros)
{
    Model start;
    start.architecture = parseArchitecture(kSmall);
    start.parameters = initialParameters(start.architecture, 9);
    RunSpec what = spec();
    auto& mask = std::get<TrainSpec>(what.work).options.mask;
    for (std::size_t i = 0; i < start.parameters.values().size(); ++i) {
        mask.push_back(i % 2 == 0 ? 1 : 0);
        if (mask.back() == 0)
            start.parameters.values()[i] = 0;
    }
    const fs::path folder = create(what, &start);
    EXPECT_EQ(RunRecord(folder).summary().nonzero, 391U);
    const RunSummary summary = execute(folder);
    EXPECT_EQ(summary.nonzero, 391U);
    EXPECT_EQ(openModel(summary.model).parameters.nonzero(), 391U);
    EXPECT_EQ(nlohmann::json::parse(openModel(summary.model).provenance.recipe)["from"],
              modelHash(start));
}

TEST_F(TrainingRun, RunsOnceAtATime)
{
    const fs::path folder = create();
    const RunLock lock(folder);
    EXPECT_EQ(RunRecord(folder).summary().status, RunStatus::Running);
    try {
        execute(folder);
        ADD_FAILURE() << "it ran twice";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Usage);
    }
}

TEST_F(TrainingRun, DoesNotGoOnWithOtherData)
{
    const fs::path folder = create();
    executeUntil(3, folder);
    RunData other = samples();
    other.training = std::make_shared<const Dataset>(sampleDigits(240, 2, Split::Train));
    RunControl control;
    try {
        executeRun(folder, other, {}, control);
        ADD_FAILURE() << "it went on";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::DataMissing);
    }
    EXPECT_EQ(execute(folder).status, RunStatus::Finished);
}

TEST_F(TrainingRun, IsRefusedWhereItsCheckpointIsDamaged)
{
    const fs::path folder = create();
    executeUntil(20, folder);
    const std::string good = test::readFile(folder / "checkpoint");
    for (const std::string& bad : {good.substr(0, good.size() / 2), good + "x",
                                   "x" + good.substr(1), std::string("short")}) {
        test::writeFile(folder / "checkpoint", bad);
        try {
            execute(folder);
            ADD_FAILURE() << "it went on";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::Input) << error.what();
            EXPECT_NE(std::string(error.what()).find("checkpoint"), std::string::npos);
        }
    }
    test::writeFile(folder / "checkpoint", good);
    EXPECT_EQ(execute(folder).status, RunStatus::Finished);
}

TEST_F(TrainingRun, PausesWithASentenceWhereItsFolderIsGone)
{
    const fs::path folder = create(spec({.epochs = 100000, .batch = 16}));
    RunObserver observer;
    observer.epoch = [&](const EpochResult& epoch) {
        if (epoch.epoch == 2)
            fs::rename(folder, runs() / "elsewhere");
    };
    const RunSummary summary = execute(folder, observer);
    EXPECT_EQ(summary.status, RunStatus::Paused);
    EXPECT_NE(summary.message.find("gone"), std::string::npos) << summary.message;
    fs::rename(runs() / "elsewhere", folder);
    EXPECT_EQ(executeUntil(1, folder).status, RunStatus::Paused) << "what was saved goes on";
}

TEST_F(TrainingRun, PausesWithASentenceWhereItsFolderIsReadOnly)
{
    if (geteuid() == 0)
        GTEST_SKIP() << "nothing is read-only to root";
    const fs::path folder = create();
    chmod(folder.c_str(), 0555);
    const RunSummary summary = execute(folder);
    EXPECT_EQ(summary.status, RunStatus::Paused);
    EXPECT_NE(summary.message.find("could not be written"), std::string::npos) << summary.message;
    chmod(folder.c_str(), 0755);
    EXPECT_EQ(execute(folder).status, RunStatus::Finished);
}

TEST_F(TrainingRun, PausesWithASentenceWhereItCanNotSaveACheckpoint)
{
    const fs::path folder = create();
    RunControl control;
    RunObserver observer;
    observer.progress = [&](const RunProgress&) {
        fs::create_directory(folder / "checkpoint"); // which stops root too
        control.pause();
    };
    const RunSummary summary = executeRun(folder, samples(), observer, control);
    EXPECT_EQ(summary.status, RunStatus::Paused);
    EXPECT_NE(summary.message.find("checkpoint"), std::string::npos) << summary.message;
    fs::remove(folder / "checkpoint");
    EXPECT_EQ(RunRecord(folder).summary().message, summary.message);
    EXPECT_EQ(execute(folder).status, RunStatus::Finished);
    EXPECT_EQ(epochNumbers(folder), (std::vector<int>{1, 2, 3}));
}

TEST_F(TrainingRun, PausesWhereTheCopyOfItsModelCanNotBeWritten)
{
    RunSpec what = spec();
    what.out = m_folder / "later" / "m.safetensors";
    const fs::path folder = create(what);
    const RunSummary summary = execute(folder);
    EXPECT_EQ(summary.status, RunStatus::Paused);
    EXPECT_NE(summary.message.find("later"), std::string::npos) << summary.message;
    EXPECT_EQ(RunRecord(folder).summary().message, summary.message);
    fs::create_directory(m_folder / "later");
    EXPECT_EQ(execute(folder).status, RunStatus::Finished);
    EXPECT_TRUE(fs::exists(what.out));
    EXPECT_EQ(epochNumbers(folder), (std::vector<int>{1, 2, 3}));
}

TEST_F(TrainingRun, SurvivesLossesThatAreNoNumbers)
{
    const fs::path folder = create(spec({.epochs = 2, .batch = 16, .lr = 1e30}));
    const RunSummary summary = execute(folder);
    EXPECT_EQ(summary.status, RunStatus::Finished);
    EXPECT_EQ(epochNumbers(folder), (std::vector<int>{1, 2}));
}

} // namespace core
