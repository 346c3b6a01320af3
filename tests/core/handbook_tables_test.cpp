// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/handbook/ladder.h"
#include "core/handbook/measurements.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace core
{

namespace
{

Measurements someMeasurements()
{
    Measurements measurements;
    measurements.program = "caddie test";
    measurements.backend = "slow";
    measurements.data = "digits";
    measurements.dataHash = "abc";
    measurements.accuracies["plain"][1] = {0.98, 0.97, 0.96};
    measurements.accuracies["plain"][2] = {0.99, 0.97, std::nan("")};
    return measurements;
}

TEST(Ladder, TakesWhatLiesBetweenTwoRoundsInProportion)
{
    const LadderPoint points[] = {{700, 0.99}, {500, 0.97}, {300, 0.9}};
    EXPECT_DOUBLE_EQ(accuracyAt(points, 700), 0.99);
    EXPECT_DOUBLE_EQ(accuracyAt(points, 600), 0.98);
    EXPECT_DOUBLE_EQ(accuracyAt(points, 450), 0.9525);
    EXPECT_DOUBLE_EQ(accuracyAt(points, 300), 0.9);
    EXPECT_TRUE(std::isnan(accuracyAt(points, 800)));
    EXPECT_TRUE(std::isnan(accuracyAt(points, 200)));
}

/// Few epochs and images: what is measured is whether a technique arrives at all counts.
LadderInputs smallInputs()
{
    LadderInputs inputs;
    inputs.data.training = std::make_shared<Dataset>(sampleDigits(300, 1, Split::Train));
    inputs.data.test = std::make_shared<Dataset>(sampleDigits(100, 2, Split::Test));
    return inputs;
}

TEST(Ladder, MeasuresACourseAndATrainingAtEveryCountTheSameWayTwice)
{
    const LadderInputs inputs = smallInputs();
    for (const char* id : {"plain", "criterion-magnitude", "ticket", "swaps-2", "sparse-set"}) {
        Technique technique = *std::ranges::find(techniques(), id, &Technique::id);
        if (auto* golf = std::get_if<GolfOptions>(&technique.work)) {
            golf->startEpochs = golf->denseEpochs = golf->epochs = golf->firstEpochs = 2;
            golf->swapEpochs = 1;
            golf->curvatureImages = golf->trialImages = 50;
            golf->trials = 1;
        } else {
            std::get<TrainingOptions>(technique.work).epochs = 3;
        }
        const auto found = climbDown(technique, 1, inputs);
        ASSERT_TRUE(found) << id;
        ASSERT_EQ(found->size(), std::size(kLadderCounts)) << id;
        for (const double accuracy : *found)
            EXPECT_TRUE(accuracy > 0.05 && accuracy <= 1) << id << " " << accuracy;
        EXPECT_EQ(climbDown(technique, 1, inputs), found) << id;
        EXPECT_NE(climbDown(technique, 2, inputs), found) << id;
    }
}

TEST(Ladder, IsLeftWhereItIsToStop)
{
    std::stop_source source;
    source.request_stop();
    EXPECT_FALSE(climbDown(techniques().front(), 1, smallInputs(), source.get_token()));
}

TEST(Techniques, StandForTheSameWherverTheyAreCalledTheSame)
{
    std::map<std::string, const Technique*> known;
    for (const Technique& technique : techniques()) {
        EXPECT_FALSE(technique.label.empty());
        const auto [place, isNew] = known.emplace(technique.id, &technique);
        if (!isNew) {
            EXPECT_EQ(technique.architecture, place->second->architecture) << technique.id;
            EXPECT_EQ(technique.id, "plain") << "only what all are compared with stands twice";
        }
    }
}

TEST(Techniques, EachTableStandsOnOneOfTheHandbooksPages)
{
    std::map<std::string, int> found;
    for (const auto& entry :
         std::filesystem::directory_iterator(test::sourcePath("resources/handbook"))) {
        if (entry.path().extension() != ".md")
            continue;
        std::istringstream lines(test::readFile(entry.path()));
        for (std::string line; std::getline(lines, line);)
            for (const std::string& table : techniqueTables())
                if (line == "<!-- table " + table + " -->")
                    ++found[table];
    }
    for (const std::string& table : techniqueTables())
        EXPECT_EQ(found[table], 1) << table;
}

TEST(Techniques, TheShippedTablesAreThoseOfTheRecordedMeasurements)
{
    const auto folder = test::sourcePath("resources/handbook");
    const Measurements measurements = readMeasurements(folder / "measurements.json");
    for (const Technique& technique : techniques()) {
        const auto measured = measurements.accuracies.find(technique.id);
        ASSERT_NE(measured, measurements.accuracies.end()) << technique.id;
        EXPECT_GE(measured->second.size(), 3U) << technique.id;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".md") {
            EXPECT_EQ(withTables(test::readFile(entry.path()), measurements),
                      test::readFile(entry.path()))
                << entry.path();
        }
}

TEST(Measurements, AreReadAsTheyWereWritten)
{
    const test::TemporaryFolder folder;
    const auto file = folder / "measurements.json";
    EXPECT_TRUE(readMeasurements(file).accuracies.empty());
    writeMeasurements(someMeasurements(), file);
    const Measurements found = readMeasurements(file);
    EXPECT_EQ(found.dataHash, "abc");
    EXPECT_EQ(found.accuracies.at("plain").at(1), (std::vector{0.98, 0.97, 0.96}));
    EXPECT_TRUE(std::isnan(found.accuracies.at("plain").at(2).at(2)));
    test::writeFile(file, "{\"program\": 3}");
    test::expectError(ErrorKind::Input, "measurements.json", [&] { readMeasurements(file); });
}

TEST(Measurements, FillTheTablesOfAPageAndLeaveTheRest)
{
    const std::string page =
        "# Swaps\n\nWords.\n\n<!-- table swaps -->\nold\n<!-- end -->\n\nMore.\n";
    const std::string found = withTables(page, someMeasurements());
    EXPECT_TRUE(found.starts_with("# Swaps\n\nWords.\n\n<!-- table swaps -->\n\n|"));
    EXPECT_TRUE(found.ends_with("|\n\n<!-- end -->\n\nMore.\n"));
    EXPECT_EQ(found.find("old"), std::string::npos);
    EXPECT_NE(found.find("| No swaps | 98.50 ± 0.71 | 97.00 ± 0.00 | – | 2 |\n"), std::string::npos)
        << found;
    EXPECT_NE(found.find("| 2 swaps a round | not measured |"), std::string::npos);
    EXPECT_EQ(withTables(found, someMeasurements()), found);
}

TEST(Measurements, RefuseATableThatIsNotKnownOrHasNoEnd)
{
    test::expectError(ErrorKind::Input, "nothing",
                      [] { withTables("<!-- table nothing -->\n<!-- end -->\n", {}); });
    test::expectError(ErrorKind::Input, "swaps", [] { withTables("<!-- table swaps -->\n", {}); });
}

} // namespace

} // namespace core
