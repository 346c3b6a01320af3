// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/prune/candidates.h"
#include "core/runs/prune_checkpoint.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

namespace fs = std::filesystem;

RunData samples()
{
    static const RunData kData = {
        std::make_shared<const Dataset>(sampleDigits(360, 1, Split::Train)),
        std::make_shared<const Dataset>(sampleDigits(150, 1, Split::Test))};
    return kData;
}

/// An untrained network that is right often enough for the threshold of these tests.
Model guesser()
{
    Model model;
    model.name = "guesser";
    model.architecture = parseArchitecture("2@5x5 stride 3 prelu pool, linear 10");
    model.parameters = initialParameters(model.architecture, 1);
    model.provenance.origin = "initialised";
    model.provenance.recipe = R"({"seed":1})";
    return model;
}

class PruningRun : public testing::Test
{
protected:
    static RunSpec spec(PruneOptions options = {.passes = 2, .split = Split::Test})
    {
        const Model model = guesser();
        const Dataset data =
            options.split == Split::Test ? *samples().test : validationOf(*samples().training);
        const int correct =
            makeBackend(model.architecture)->evaluate(model.parameters.values(), data).correct;
        options.threshold = std::max(1, correct - 2) / static_cast<double>(data.size());
        RunSpec spec;
        spec.title = "A pruning";
        spec.work = PruneSpec{options};
        return spec;
    }

    fs::path create(const RunSpec& what, const Model& start = guesser()) const
    {
        return runs() / createRun(runs(), what, samples(), &start);
    }
    static RunSummary execute(const fs::path& folder, const RunObserver& observer = {})
    {
        RunControl control;
        return executeRun(folder, samples(), observer, control);
    }
    /// Asks to pause, or to stop and keep, after so many visits.
    static RunSummary executeUntil(int visit, const fs::path& folder, RunWish wish = RunWish::Pause)
    {
        RunControl control;
        int done = 0;
        RunObserver observer;
        observer.visit = [&](const PruneVisit&) {
            if (++done == visit)
                wish == RunWish::Pause ? control.pause() : control.stopAndKeep();
        };
        return executeRun(folder, samples(), observer, control);
    }
    fs::path runs() const { return m_folder / "runs"; }

    test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(PruningRun, EndsWithWhatPruningItselfGives)
{
    const RunSpec what = spec();
    const fs::path folder = create(what);
    std::vector<std::size_t> told;
    RunObserver observer;
    observer.visit = [&](const PruneVisit& visit) { told.push_back(visit.parameter); };
    const RunSummary summary = execute(folder, observer);
    EXPECT_EQ(summary.status, RunStatus::Finished);

    const Model start = guesser();
    const auto options = std::get<PruneSpec>(what.work).options;
    const PruneState expected =
        prune(start.architecture, initialPruneState(start.parameters.values()), *samples().test,
              options, {}, {}, {}, PruneEvaluation::Full);
    const RunRecord record(folder);
    const Model model = openModel(*record.model());
    EXPECT_TRUE(std::ranges::equal(model.parameters.values(), expected.parameters));
    EXPECT_EQ(summary.nonzero, model.parameters.nonzero());
    EXPECT_EQ(summary.progress.done, expected.visited);
    ASSERT_TRUE(summary.accuracy);
    EXPECT_EQ(summary.accuracy->correct, expected.correct);
    EXPECT_EQ(summary.accuracy->data, "sample digits (built-in) test, 150 images");
    const auto visits = record.visits();
    ASSERT_EQ(visits.size(), told.size());
    for (std::size_t i = 0; i < told.size(); ++i)
        EXPECT_EQ(visits[i].parameter, told[i]);
    EXPECT_EQ(visits.back().nonzero, static_cast<int>(summary.nonzero));
}

TEST_F(PruningRun, SaysWhatSelectedAndWhereItBegan)
{
    const fs::path folder = create(spec());
    execute(folder);
    const Provenance provenance = openModel(*RunRecord(folder).model()).provenance;
    EXPECT_EQ(provenance.selectedOn, "test");
    EXPECT_EQ(provenance.origin,
              "pruned by Caddie " CADDIE_VERSION
              " (brute force), selected on sample digits (built-in) test, 150 images");
    ASSERT_EQ(provenance.accuracies.size(), 1U);
    EXPECT_EQ(provenance.accuracies[0].split, "test");
    const auto recipe = nlohmann::json::parse(provenance.recipe);
    EXPECT_EQ(recipe["order"], "published");
    EXPECT_EQ(recipe["passes"], 2);
    EXPECT_EQ(recipe["stopped"], false);
    EXPECT_EQ(recipe["from"]["hash"], modelHash(guesser()));
    EXPECT_EQ(recipe["from"]["recipe"]["seed"], 1);
    EXPECT_EQ(recipe["removed"].get<int>() + recipe["nonzero"].get<int>(),
              recipe["nonzero_before"]);
}

TEST_F(PruningRun, MeasuresTestOnceWhereValidationSelected)
{
    const fs::path folder = create(spec({.biases = true, .slopes = true}));
    const RunSummary summary = execute(folder);
    EXPECT_EQ(summary.accuracy->split, "validation");
    EXPECT_EQ(summary.accuracy->images, 60);
    const Model model = openModel(*RunRecord(folder).model());
    EXPECT_EQ(model.provenance.selectedOn, "validation");
    ASSERT_EQ(model.provenance.accuracies.size(), 2U);
    const MeasuredAccuracy& test = model.provenance.accuracies[0];
    EXPECT_EQ(test.split, "test");
    EXPECT_EQ(test.correct, makeBackend(model.architecture)
                                ->evaluate(model.parameters.values(), *samples().test)
                                .correct);
    EXPECT_EQ(model.provenance.accuracies[1], *summary.accuracy);
}

TEST_F(PruningRun, RemembersThatTestHadSelectedBefore)
{
    Model start = guesser();
    start.provenance.selectedOn = "test";
    const fs::path folder = create(spec({}), start);
    execute(folder);
    EXPECT_EQ(openModel(*RunRecord(folder).model()).provenance.selectedOn, "test");
}

TEST_F(PruningRun, EndsInTheSameBitsHoweverOftenItPauses)
{
    for (const PruneMethod method : {PruneMethod::BruteForce, PruneMethod::BestFirst}) {
        const RunSpec what = spec({.method = method, .order = PruneOrder::Random, .passes = 2});
        const fs::path whole = create(what);
        execute(whole);
        const fs::path pieces = create(what);
        int pauses = 0;
        while (executeUntil(5, pieces).status == RunStatus::Paused)
            ++pauses;
        EXPECT_GT(pauses, 5);
        EXPECT_EQ(test::readFile(*RunRecord(pieces).model()),
                  test::readFile(*RunRecord(whole).model()));
        const auto expected = RunRecord(whole).visits();
        const auto found = RunRecord(pieces).visits();
        ASSERT_EQ(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(found[i].visit, i + 1);
            EXPECT_EQ(found[i].parameter, expected[i].parameter);
            EXPECT_EQ(found[i].removed, expected[i].removed);
            EXPECT_EQ(found[i].correct, expected[i].correct);
            EXPECT_EQ(found[i].exact, expected[i].exact);
        }
    }
}

TEST_F(PruningRun, GivesTheSameFileTheSlowWay)
{
    const RunSpec fast = spec();
    RunSpec slow = fast;
    std::get<PruneSpec>(slow.work).evaluation = PruneEvaluation::Full;
    slow.threads = 2;
    const fs::path one = create(fast);
    const fs::path other = create(slow);
    execute(one);
    execute(other);
    EXPECT_EQ(test::readFile(*RunRecord(one).model()), test::readFile(*RunRecord(other).model()));
}

TEST_F(PruningRun, KeepsWhatItHasWhereItIsStopped)
{
    const fs::path folder = create(spec());
    const RunSummary summary = executeUntil(30, folder, RunWish::StopAndKeep);
    EXPECT_EQ(summary.status, RunStatus::Stopped);
    const Model model = openModel(*RunRecord(folder).model());
    const auto visits = RunRecord(folder).visits();
    ASSERT_EQ(visits.size(), 30U);
    EXPECT_EQ(model.parameters.nonzero(), static_cast<std::size_t>(visits.back().nonzero));
    const auto recipe = nlohmann::json::parse(model.provenance.recipe);
    EXPECT_EQ(recipe["stopped"], true);
    EXPECT_EQ(recipe["visited"], 30);
}

TEST_F(PruningRun, FailsWhereTheNetworkIsBelowTheThreshold)
{
    RunSpec what = spec();
    std::get<PruneSpec>(what.work).options.threshold = 0.98;
    const fs::path folder = create(what);
    test::expectError(ErrorKind::GoalNotReached, "below the threshold", [&] { execute(folder); });
    const RunSummary summary = RunRecord(folder).summary();
    EXPECT_EQ(summary.status, RunStatus::Failed);
    EXPECT_NE(summary.message.find("below the threshold"), std::string::npos);
}

TEST(PruneCheckpoint, ComesBackWholeOrIsRefused)
{
    PruneState state = initialPruneState(std::vector<float>{1, 0, -3});
    state.order = {2, 0};
    state.next = 1;
    state.pass = 2;
    state.visited = 7;
    state.correct = 90;
    state.started = true;
    StateWriter writer;
    encode(state, writer);
    const PruneState back = decodePruneState(writer.bytes(), 3);
    EXPECT_EQ(back.parameters, state.parameters);
    EXPECT_EQ(back.order, state.order);
    EXPECT_EQ(back.next, 1U);
    EXPECT_EQ(back.pass, 2);
    EXPECT_EQ(back.visited, 7U);
    EXPECT_EQ(back.correct, 90);
    EXPECT_TRUE(back.started);
    EXPECT_FALSE(back.finished);
    const std::vector<std::byte> bytes = writer.bytes();
    for (std::size_t length = 0; length < bytes.size(); ++length)
        test::expectError(ErrorKind::Input, "expected",
                          [&] { decodePruneState(std::span(bytes).first(length), 3); });
    test::expectError(ErrorKind::Input, "do not belong together",
                      [&] { decodePruneState(bytes, 2); });
}

} // namespace core
