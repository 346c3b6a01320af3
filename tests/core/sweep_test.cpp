// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/sweep.h"

#include "core/base/error.h"
#include "core/data/deskew.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/search/train_objective.h"
#include "core/search/train_study.h"
#include "tests/support/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace core
{

namespace
{

const SearchSpace kLine = {{{"x", FloatRange{0, 1}}}};

/// Four steps towards 1 - (x - 0.3)^2.
ObjectiveResult parabola(const Trial& trial, const Reporter& report, const std::stop_token&)
{
    const double x = trial.parameters.at("x").internal;
    const double value = 1 - (x - 0.3) * (x - 0.3);
    for (int step = 1; step <= 4; ++step)
        if (!report(step, value * step / 4))
            return {};
    return {value, {}};
}

class SweepTest : public testing::Test
{
protected:
    std::string url() const { return (m_folder / "study.db").string(); }

    SweepResult sweep(const TrialObjective& objective, const SweepOptions& options,
                      const SweepObserver& observer = {}, std::stop_token stop = {})
    {
        Study study({url()}, "line", Direction::Maximize);
        return runSweep(study, kLine, *makeSampler({}), *makePruner({}), objective, options,
                        observer, std::move(stop));
    }
    Study read() const { return {url(), "line"}; }

    test::TemporaryFolder m_folder;
};

int countOf(const Study& study, TrialState state)
{
    return static_cast<int>(std::ranges::count(study.trials(), state, &Trial::state));
}

} // namespace

TEST_F(SweepTest, RunsUntilTheStudyHasEnoughAndGoesOnAnotherTime)
{
    const SweepResult first = sweep(parabola, {.trials = 12});
    EXPECT_EQ(first.complete + first.pruned, 12);
    EXPECT_GT(first.pruned, 0);
    EXPECT_EQ(sweep(parabola, {.trials = 12}).complete, 0);
    const SweepResult second = sweep(parabola, {.trials = 20});
    EXPECT_EQ(second.complete + second.pruned, 8);
    const Study study = read();
    ASSERT_EQ(study.trials().size(), 20u);
    EXPECT_EQ(study.trials()[0].reported.size(), 4u);
    EXPECT_NEAR(bestTrial(study.history())->parameters.at("x").internal, 0.3, 0.1);
}

TEST_F(SweepTest, TriesTheSamePointsInTwoSittingsAsInOne)
{
    sweep(parabola, {.trials = 7});
    sweep(parabola, {.trials = 15});
    const Study twice = read();
    Study once({(m_folder / "once.db").string()}, "line", Direction::Maximize);
    runSweep(once, kLine, *makeSampler({}), *makePruner({}), parabola, {.trials = 15});
    once.refresh();
    for (std::size_t i = 0; i < 15; ++i)
        EXPECT_EQ(once.trials()[i].parameters.at("x").internal,
                  twice.trials()[i].parameters.at("x").internal);
}

TEST_F(SweepTest, GivesTheTrialBackThatItIsStoppedIn)
{
    std::stop_source stop;
    int calls = 0;
    const auto objective = [&](const Trial& trial, const Reporter& report, std::stop_token token) {
        if (++calls == 3)
            stop.request_stop();
        return parabola(trial, report, token);
    };
    const SweepResult result = sweep(objective, {.trials = 9}, {}, stop.get_token());
    EXPECT_TRUE(result.stopped);
    EXPECT_EQ(result.complete, 2);
    Study study = read();
    ASSERT_EQ(study.trials().size(), 3u);
    EXPECT_EQ(study.trials()[2].state, TrialState::Waiting);
    EXPECT_TRUE(study.trials()[2].reported.empty());
    const double x = study.trials()[2].parameters.at("x").internal;
    sweep(parabola, {.trials = 3});
    study.refresh();
    EXPECT_EQ(study.trials()[2].state, TrialState::Complete);
    EXPECT_EQ(study.trials()[2].parameters.at("x").internal, x);
}

TEST_F(SweepTest, SharesAStudyAmongWorkers)
{
    std::vector<std::jthread> workers;
    for (int i = 0; i < 4; ++i)
        workers.emplace_back([this] { sweep(parabola, {.trials = 24}); });
    workers.clear();
    const Study study = read();
    ASSERT_EQ(study.trials().size(), 24u);
    for (std::size_t i = 0; i < 24; ++i)
        EXPECT_EQ(study.trials()[i].number, static_cast<int>(i));
    EXPECT_EQ(countOf(study, TrialState::Complete) + countOf(study, TrialState::Pruned), 24);
}

TEST_F(SweepTest, WaitsForATrialOfADeadWorkerAndTriesItAgain)
{
    {
        Study study({url()}, "line", Direction::Maximize);
        study.ask(kLine, *makeSampler({})); // and never a word again
    }
    int waited = 0;
    std::vector<int> freed;
    SweepObserver observer;
    observer.waiting = [&](int others) { waited += others; };
    observer.freed = [&](const std::vector<int>& numbers) { freed = numbers; };
    const SweepResult result =
        sweep(parabola, {.trials = 1, .heartbeatSeconds = 1, .graceSeconds = 2}, observer);
    EXPECT_GT(waited, 0);
    EXPECT_EQ(freed, std::vector<int>{0});
    EXPECT_EQ(result.complete, 1);
    const Study study = read();
    ASSERT_EQ(study.trials().size(), 2u);
    EXPECT_EQ(study.trials()[0].parameters.at("x").internal,
              study.trials()[1].parameters.at("x").internal);
}

TEST_F(SweepTest, KeepsBeatingWhileATrialIsLong)
{
    const auto slow = [](const Trial&, const Reporter& report, const std::stop_token&) {
        std::this_thread::sleep_for(std::chrono::seconds(4));
        return ObjectiveResult{report(1, 0.5) ? std::optional(0.5) : std::nullopt, {}};
    };
    std::jthread worker([&] { sweep(slow, {.trials = 1, .heartbeatSeconds = 0.3}); });
    while (!std::filesystem::exists(url()))
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::this_thread::sleep_for(std::chrono::seconds(1));
    EXPECT_EQ(sweep(parabola, {.trials = 1, .heartbeatSeconds = 1, .graceSeconds = 2}).complete, 0);
    worker.join();
    EXPECT_EQ(read().trials().size(), 1u);
    EXPECT_EQ(read().trials()[0].value(), 0.5);
}

TEST_F(SweepTest, RefusesToTakeLiveWorkersForDead)
{
    EXPECT_THROW(sweep(parabola, {.trials = 1, .heartbeatSeconds = 60, .graceSeconds = 30}), Error);
}

TEST_F(SweepTest, GoesOnAfterAFailedTrialButNotAfterTen)
{
    int calls = 0;
    const auto flaky = [&](const Trial& trial, const Reporter& report, std::stop_token token) {
        if (++calls % 2 == 0)
            throw Error(ErrorKind::Usage, "no \"such\" network");
        return parabola(trial, report, token);
    };
    EXPECT_EQ(sweep(flaky, {.trials = 3}).failed, 2);
    EXPECT_EQ(read().trials()[1].state, TrialState::Fail);
    EXPECT_EQ(read().trials()[1].userAttributes.at("error"), R"("no \"such\" network")");
    const TrialObjective broken = [](const Trial&, const Reporter&,
                                     std::stop_token) -> ObjectiveResult {
        throw Error(ErrorKind::Output, "the disk is full");
    };
    EXPECT_THROW(sweep(broken, {.trials = 30}), Error);
    EXPECT_EQ(countOf(read(), TrialState::Fail), 12);
}

TEST(TrainSpace, SetsWhatATrialVaries)
{
    const TrainSpec base{"4@4x4 relu pool, 5@3x3 relu pool, linear 10", {}};
    const std::map<std::string, TrialParameter> values = {
        {"lr", {0.002, FloatRange{1e-5, 1e-2, true}}},
        {"batch", {20, IntRange{4, 32}}},
        {"lr_step", {3, IntRange{1, 6}}},
        {"channels2", {6, IntRange{4, 8}}},
        {"kernel1", {5, IntRange{3, 5}}},
        {"activation", {1, Categories{{std::string("relu"), std::string("prelu")}}}},
        {"pool", {1, Categories{{std::string("max"), std::string("average")}}}},
        {"optimizer", {0, Categories{{std::string("sgd")}}}},
        {"sparse", {1, Categories{{std::string("snip"), std::string("rigl")}}}},
        {"nonzero", {200, IntRange{100, 300}}},
        {"move_share", {0.25, FloatRange{0.1, 0.5}}}};
    const TrainSpec spec = trainSpecOf(base, values);
    EXPECT_EQ(spec.architecture,
              toText(parseArchitecture("4@5x5 prelu avgpool, 6@3x3 prelu avgpool, linear 10")));
    EXPECT_EQ(spec.options.lr, 0.002);
    EXPECT_EQ(spec.options.batch, 20);
    EXPECT_EQ(spec.options.lrStep, 3);
    EXPECT_EQ(spec.options.schedule, ScheduleKind::Step);
    EXPECT_EQ(spec.options.optimizer, OptimizerKind::Sgd);
    EXPECT_EQ(spec.options.switches.sparse, SparseMethod::RigL);
    EXPECT_EQ(spec.options.switches.nonzero, 200);
    EXPECT_EQ(spec.options.switches.moveShare, 0.25);
}

TEST(TrainSpace, RefusesWhatNoTrainingHas)
{
    EXPECT_THROW(requireTrainSpace({{{"depth", IntRange{1, 2}}}}), Error);
    EXPECT_THROW(requireTrainSpace({{{"teacher", IntRange{1, 2}}}}), Error);
    EXPECT_NO_THROW(requireTrainSpace({{{"average", Categories{{std::string("ema")}}}}}));
    for (const SearchSpacePreset& preset : searchSpacePresets())
        EXPECT_NO_THROW(requireTrainSpace(preset.space));
    const TrainSpec base{"4@4x4 relu pool, linear 10", {}};
    EXPECT_THROW(trainSpecOf(base, {{"channels2", {6, IntRange{4, 8}}}}), Error);
    EXPECT_THROW(trainSpecOf(base, {{"kernel1", {40, IntRange{4, 40}}}}), Error);
    EXPECT_THROW(trainSpecOf(base, {{"batch", {0, IntRange{0, 4}}}}), Error);
}

TEST(TrainObjective, TrainsTheNetworkOfATrialAndSaysWhatItWasMeasuredOn)
{
    const test::TemporaryFolder folder;
    const RunData data{std::make_shared<Dataset>(sampleDigits(600, 1, Split::Train)),
                       std::make_shared<Dataset>(sampleDigits(200, 2, Split::Test))};
    const auto objective =
        trainObjective({.base = {"2@5x5 relu pool 4, linear 10",
                                 {.epochs = 2, .batch = 32, .keep = KeptEpoch::BestValidation}},
                        .models = folder.path(),
                        .study = "s"},
                       data);
    Trial trial;
    trial.number = 3;
    trial.parameters["lr"] = {0.01, FloatRange{1e-4, 1e-2, true}};
    std::vector<double> reported;
    const Reporter report = [&](std::int64_t step, double value) {
        EXPECT_EQ(step, static_cast<std::int64_t>(reported.size() + 1));
        reported.push_back(value);
        return true;
    };
    const ObjectiveResult result = objective(trial, report, {});
    ASSERT_EQ(reported.size(), 2u);
    EXPECT_EQ(result.value, std::max(reported[0], reported[1]));
    EXPECT_EQ(result.attributes.at("selected_on"), "\"validation\"");
    const Model model = openModel(folder / "s-0003.safetensors");
    EXPECT_EQ(model.provenance.selectedOn, "validation");
    ASSERT_EQ(model.provenance.accuracies.size(), 2u);
    EXPECT_EQ(model.provenance.accuracies[1].accuracy(), result.value);
    EXPECT_THAT(result.attributes.at("measured_on"),
                testing::HasSubstr("sample digits (built-in) validation, 100 images"));
    EXPECT_THAT(result.attributes.at("test_data"), testing::HasSubstr("test, 200 images"));

    const ObjectiveResult pruned = objective(trial, [](auto, auto) { return false; }, {});
    EXPECT_EQ(pruned.value, std::nullopt);
    EXPECT_EQ(pruned.attributes.at("measured_on"), result.attributes.at("measured_on"));
}

TEST(TrainObjective, TrainsOnUprightImagesWhereTheNetworkWantsThemSo)
{
    const test::TemporaryFolder folder;
    const RunData data{std::make_shared<Dataset>(sampleDigits(300, 1, Split::Train)),
                       std::make_shared<Dataset>(sampleDigits(100, 2, Split::Test))};
    const TrainingOptions options{.epochs = 1, .batch = 32, .keep = KeptEpoch::BestTest};
    const auto objective = trainObjective(
        {.base = {"2@5x5 relu pool 4, linear 10", options}, .models = folder.path(), .study = "s"},
        data);
    const Categories shapes{{std::string("2@5x5 relu pool 4, linear 10"),
                             std::string("deskew, 2@5x5 relu pool 4, linear 10")}};
    for (const int choice : {0, 1}) {
        Trial trial;
        trial.number = choice;
        trial.parameters["architecture"] = {static_cast<double>(choice), shapes};
        const ObjectiveResult result = objective(trial, [](auto, auto) { return true; }, {});

        // The same training by hand, of the plain network on images that are upright or not.
        const Dataset training = choice == 0 ? *data.training : deskewed(*data.training);
        const Dataset test = choice == 0 ? *data.test : deskewed(*data.test);
        const Architecture plain = parseArchitecture("2@5x5 relu pool 4, linear 10");
        const auto backend = makeBackend(plain);
        const TrainingState state =
            train(*backend,
                  initialTrainingState(initialParameters(plain, options.seed).values(), options),
                  {&training, &test, nullptr}, options);
        const Model model =
            openModel(folder / (choice == 0 ? "s-0000.safetensors" : "s-0001.safetensors"));
        EXPECT_EQ(model.architecture.input().deskew, choice == 1);
        EXPECT_TRUE(std::ranges::equal(model.parameters.values(), state.keptParameters));
        EXPECT_EQ(result.value, state.epochs.front().testAccuracy());
        EXPECT_EQ(makeBackend(model.architecture)
                      ->evaluate(model.parameters.values(), *data.test)
                      .correct,
                  state.epochs.front().testCorrect);
    }
}

TEST_F(SweepTest, KeepsWithTheStudyWhatAllTrialsHaveInCommon)
{
    Study study({url()}, "line", Direction::Maximize);
    EXPECT_EQ(storedTrainStudy(study), std::nullopt);
    TrainStudy work;
    work.space = searchSpacePresets().front().space;
    work.spec.work = TrainSpec{"linear 10", {.epochs = 7}};
    work.spec.data = "MNIST";
    work.spec.threads = 3;
    storeTrainStudy(study, work);
    const auto stored = storedTrainStudy(study);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->space, work.space);
    EXPECT_EQ(std::get<TrainSpec>(stored->spec.work).options.epochs, 7);
    work.spec.threads = 1;
    EXPECT_NO_THROW(storeTrainStudy(study, work)); // the same results
    std::get<TrainSpec>(work.spec.work).options.epochs = 8;
    EXPECT_THROW(storeTrainStudy(study, work), Error);
}

} // namespace core
