// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/teacher.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/runs/run.h"
#include "tests/support/places.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

namespace fs = std::filesystem;

const char* const kStudent = "2@5x5 relu pool 4, linear 10";

/// Runs that learn from a model in a file.
class TaughtRun : public testing::Test
{
protected:
    TaughtRun() { saveModel(network("4@5x5 relu pool 4, linear 10"), teacher()); }

    static Model network(const char* architecture)
    {
        Model model;
        model.architecture = parseArchitecture(architecture);
        model.parameters = initialParameters(model.architecture, 3);
        return model;
    }

    RunSpec spec() const
    {
        TrainingOptions options{.epochs = 2, .batch = 16, .lr = 0.01};
        options.switches.teacher = teacher();
        options.switches.augment = Augmentation::Shift;
        options.switches.sample = Sampling::Loss;
        options.switches.average = Averaging::Swa;
        options.switches.sparse = SparseMethod::RigL;
        options.switches.nonzero = 300;
        options.switches.moveInterval = 4;
        RunSpec spec;
        spec.title = "Taught";
        spec.work = TrainSpec{kStudent, options};
        return spec;
    }

    fs::path create() const { return runs() / createRun(runs(), spec(), data); }

    RunSummary execute(const fs::path& folder, int pauseAfter = 0) const
    {
        RunControl control;
        int done = 0;
        RunObserver observer;
        observer.progress = [&](const RunProgress&) {
            if (++done == pauseAfter)
                control.pause();
        };
        return executeRun(folder, data, observer, control);
    }

    fs::path runs() const { return m_folder / "runs"; }
    fs::path teacher() const { return m_folder / "big.safetensors"; }

    const RunData data = {std::make_shared<const Dataset>(sampleDigits(240, 1, Split::Train)),
                          std::make_shared<const Dataset>(sampleDigits(150, 1, Split::Test))};

private:
    test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(TaughtRun, KeepsItsTeacherAndNamesItWithoutItsFolder)
{
    const std::string hash = modelHash(openModel(teacher()));
    const fs::path folder = create();
    fs::remove(teacher());
    const RunSummary summary = execute(folder);
    ASSERT_EQ(summary.status, RunStatus::Finished) << summary.message;
    const Model model = openModel(summary.model);
    EXPECT_LE(model.parameters.nonzero(), 300U);
    const auto switches = nlohmann::json::parse(model.provenance.recipe).at("switches");
    EXPECT_EQ(switches.at("teacher"), "big.safetensors");
    EXPECT_EQ(switches.at("teacher_sha256"), hash);
    EXPECT_EQ(switches.at("sparse"), "rigl");
    EXPECT_EQ(switches.at("augment"), "shift");
}

TEST_F(TaughtRun, EndsInTheSameFileWhereverItWasPaused)
{
    const fs::path undisturbed = create();
    execute(undisturbed);
    for (const int batch : {1, 14, 15, 16, 17, 29}) {
        const fs::path folder = create();
        EXPECT_EQ(execute(folder, batch).status, RunStatus::Paused) << batch;
        EXPECT_EQ(execute(folder).status, RunStatus::Finished);
        EXPECT_EQ(test::readFile(folder / "model.safetensors"),
                  test::readFile(undisturbed / "model.safetensors"))
            << batch;
    }
}

TEST_F(TaughtRun, AsksItsTeacherOnceForAllRunsAndAgainWhereTheAnswersAreDamaged)
{
    const fs::path first = create();
    execute(first);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(runs() / ".teachers"))
        files.push_back(entry.path());
    ASSERT_EQ(files.size(), 1U);
    const std::string answers = test::readFile(files[0]);
    EXPECT_EQ(answers.size(), 8 + 240 * 10 * sizeof(float));
    test::writeFile(files[0], "no answers");
    const fs::path second = create();
    execute(second);
    EXPECT_EQ(test::readFile(files[0]), answers);
    EXPECT_EQ(test::readFile(second / "model.safetensors"),
              test::readFile(first / "model.safetensors"));
    EXPECT_EQ(listRuns(runs()).size(), 2U);
}

TEST_F(TaughtRun, RefusesATeacherThatAnswersOtherwise)
{
    saveModel(network("4@5x5 relu pool 4, linear 7"), teacher());
    EXPECT_THROW(create(), Error);
    fs::remove(teacher());
    EXPECT_THROW(create(), Error);
    EXPECT_TRUE(listRuns(runs()).empty());
}

TEST_F(TaughtRun, RefusesMoreParametersThanTheNetworkHas)
{
    RunSpec what = spec();
    std::get<TrainSpec>(what.work).options.switches.nonzero = 5000;
    EXPECT_THROW(createRun(runs(), what, data), Error);
}

} // namespace core
