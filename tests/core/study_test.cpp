// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/study.h"

#include "core/base/error.h"
#include "tests/support/places.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <thread>

namespace core
{

namespace
{

const SearchSpace kSpace = {{{"x", FloatRange{0, 1}},
                             {"n", IntRange{1, 9}},
                             {"kind", Categories{{std::string("a"), std::string("b")}}}}};

const auto kRandom = makeSampler({.kind = SamplerKind::Random});

class StudyTest : public testing::Test
{
protected:
    std::string url() const { return (m_folder / "study.db").string(); }
    Study study() const { return {{url()}, "line", Direction::Minimize}; }
    std::vector<SqlRow> query(const std::string& statement) const
    {
        return openDatabase(url())->run(statement);
    }

    test::TemporaryFolder m_folder;
};

} // namespace

TEST_F(StudyTest, KeepsWhatATrialDid)
{
    Study writer = study();
    const Trial asked = *writer.ask(kSpace, *kRandom);
    EXPECT_TRUE(writer.report(asked.id, 1, 0.5));
    EXPECT_TRUE(writer.report(asked.id, 2, std::numeric_limits<double>::quiet_NaN(),
                              {{"completed_rung_0", "0.5"}}));
    EXPECT_TRUE(writer.report(asked.id, 2, -INFINITY));
    EXPECT_TRUE(writer.tell(asked, TrialState::Complete, 0.25, {{"note", "\"ü\""}}));

    const Study reader(url(), "line");
    EXPECT_EQ(reader.direction(), Direction::Minimize);
    ASSERT_EQ(reader.trials().size(), 1u);
    const Trial& trial = reader.trials()[0];
    EXPECT_EQ(trial.number, 0);
    EXPECT_EQ(trial.state, TrialState::Complete);
    EXPECT_EQ(trial.value(), 0.25);
    EXPECT_EQ(trial.reported, (std::map<std::int64_t, double>{{1, 0.5}, {2, -INFINITY}}));
    EXPECT_EQ(trial.userAttributes.at("note"), "\"ü\"");
    EXPECT_EQ(trial.systemAttributes.at("completed_rung_0"), "0.5");
    EXPECT_EQ(trial.begun.size(), 26u);
    EXPECT_LE(trial.begun, trial.ended);
    ASSERT_EQ(trial.parameters.size(), 3u);
    for (const auto& [name, parameter] : trial.parameters) {
        EXPECT_EQ(parameter.internal, asked.parameters.at(name).internal);
        EXPECT_EQ(parameter.distribution, *kSpace.find(name));
    }
}

TEST_F(StudyTest, GivesAPrunedTrialItsLastValueAndFailsOneWithoutANumber)
{
    Study study = this->study();
    Trial pruned = *study.ask(kSpace, *kRandom);
    pruned.reported = {{1, 0.5}, {2, 0.75}};
    EXPECT_TRUE(study.tell(pruned, TrialState::Pruned));
    EXPECT_TRUE(study.tell(*study.ask(kSpace, *kRandom), TrialState::Complete, std::nan("")));
    study.refresh();
    EXPECT_EQ(study.trials()[0].value(), 0.75);
    EXPECT_EQ(study.trials()[1].state, TrialState::Fail);
    EXPECT_EQ(study.trials()[1].value(), std::nullopt);
}

TEST_F(StudyTest, NumbersTrialsOfManyWorkersWithoutGapOrDouble)
{
    study(); // the tables
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.emplace_back([this] {
            Study study(url(), "line");
            for (int i = 0; i < 10; ++i) {
                const Trial trial = *study.ask(kSpace, *kRandom);
                study.tell(trial, TrialState::Complete, trial.number);
            }
        });
    workers.clear();
    const Study all(url(), "line");
    ASSERT_EQ(all.trials().size(), 40u);
    for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(all.trials()[static_cast<std::size_t>(i)].number, i);
        EXPECT_EQ(all.trials()[static_cast<std::size_t>(i)].value(), i);
    }
}

TEST_F(StudyTest, SeveralMakeTheSameStorageAtOnce)
{
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < 6; ++worker)
        workers.emplace_back([this] { study().ask(kSpace, *kRandom); });
    workers.clear();
    EXPECT_EQ(Study(url(), "line").trials().size(), 6u);
    EXPECT_EQ(listStudies(url()).size(), 1u);
}

TEST_F(StudyTest, RunsQueuedTrialsFirstAndWithTheirValues)
{
    Study study = this->study();
    EXPECT_EQ(study.enqueue({{"x", 0.125}, {"kind", std::string("b")}}, kSpace), 0);
    EXPECT_EQ(study.trials()[0].state, TrialState::Waiting);
    EXPECT_EQ(study.trials()[0].systemAttributes.at("fixed_params"), R"({"kind":"b","x":0.125})");
    const Trial trial = *study.ask(kSpace, *kRandom);
    EXPECT_EQ(trial.number, 0);
    EXPECT_EQ(trial.parameters.at("x").internal, 0.125);
    EXPECT_EQ(trial.parameters.at("kind").external(), SearchValue(std::string("b")));
    EXPECT_TRUE(trial.parameters.contains("n"));
    EXPECT_EQ(study.ask(kSpace, *kRandom)->number, 1);
}

TEST_F(StudyTest, RefusesToQueueWhatTheSpaceDoesNotHave)
{
    Study study = this->study();
    EXPECT_THROW(study.enqueue({{"y", 1.0}}, kSpace), Error);
    EXPECT_THROW(study.enqueue({{"x", 1.5}}, kSpace), Error);
    EXPECT_THROW(study.enqueue({{"n", 1.5}}, kSpace), Error);
    EXPECT_THROW(study.enqueue({{"kind", std::string("c")}}, kSpace), Error);
    study.refresh();
    EXPECT_TRUE(study.trials().empty());
}

TEST_F(StudyTest, FreesATrialWhoseWorkerIsSilentAndTriesItAgain)
{
    Study study = this->study();
    const Trial lost = *study.ask(kSpace, *kRandom);
    const Trial alive = *study.ask(kSpace, *kRandom);
    study.report(lost.id, 1, 0.5, {{"completed_rung_0", "0.5"}});
    query("UPDATE trial_heartbeats SET heartbeat = datetime('now', '-100 seconds') WHERE "
          "trial_id = " +
          std::to_string(lost.id));
    EXPECT_EQ(study.freeStale(60, 1), std::vector<int>{0});
    EXPECT_EQ(study.freeStale(60, 1), std::vector<int>{});
    study.refresh();
    EXPECT_EQ(study.trials()[0].state, TrialState::Fail);
    EXPECT_EQ(study.trials()[1].state, TrialState::Running);
    const Trial& again = study.trials()[2];
    EXPECT_EQ(again.state, TrialState::Waiting);
    EXPECT_EQ(again.systemAttributes,
              (TrialAttributes{{"failed_trial", "0"}, {"retry_history", "[0]"}}));
    EXPECT_TRUE(again.reported.empty());

    // The worker was only slow: its results come too late.
    EXPECT_FALSE(study.report(lost.id, 2, 0.1));
    EXPECT_FALSE(study.tell(lost, TrialState::Complete, 0.1));

    const Trial retried = *study.ask(kSpace, *kRandom);
    EXPECT_EQ(retried.number, 2);
    for (const auto& [name, parameter] : retried.parameters)
        EXPECT_EQ(parameter.internal, lost.parameters.at(name).internal);
    query("UPDATE trial_heartbeats SET heartbeat = datetime('now', '-100 seconds') WHERE "
          "trial_id = " +
          std::to_string(retried.id));
    EXPECT_EQ(study.freeStale(60, 1), std::vector<int>{2});
    study.refresh();
    EXPECT_EQ(study.trials().size(), 3u); // once was allowed
}

TEST_F(StudyTest, EndsAGridWhenAllIsVisited)
{
    const SearchSpace two = {{{"kind", Categories{{true, false}}}}};
    const auto grid = makeSampler({.kind = SamplerKind::Grid});
    Study study = this->study();
    std::set<double> seen;
    for (int i = 0; i < 2; ++i)
        seen.insert(study.ask(two, *grid)->parameters.at("kind").internal);
    EXPECT_EQ(seen.size(), 2u);
    EXPECT_EQ(study.ask(two, *grid), std::nullopt);
    EXPECT_EQ(Study(url(), "line").trials().size(), 2u);
}

TEST_F(StudyTest, RefusesASpaceThatContradictsEarlierTrials)
{
    Study study = this->study();
    study.ask(kSpace, *kRandom);
    const SearchSpace other = {{{"x", FloatRange{0.1, 1, true}}}};
    try {
        study.ask(other, *kRandom);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Usage);
        EXPECT_THAT(error.what(), testing::HasSubstr("\"x\""));
    }
    EXPECT_EQ(study.ask({{{"x", FloatRange{0, 5}}}}, *kRandom)->number, 1); // a wider one is fine
}

TEST_F(StudyTest, ListsAndRemovesStudies)
{
    Study first = study();
    first.tell(*first.ask(kSpace, *kRandom), TrialState::Complete, 1);
    first.ask(kSpace, *kRandom);
    Study second({url()}, "another", Direction::Maximize);
    second.ask(kSpace, *kRandom);
    const auto studies = listStudies(url());
    ASSERT_EQ(studies.size(), 2u);
    EXPECT_EQ(studies[0].name, "another");
    EXPECT_EQ(studies[1].trials, 2);
    EXPECT_EQ(studies[1].complete, 1);
    EXPECT_EQ(studies[1].directions, std::vector{Direction::Minimize});
    removeStudy(url(), "line");
    EXPECT_EQ(listStudies(url()).size(), 1u);
    EXPECT_EQ(query("SELECT * FROM trials").size(), 1u);
    EXPECT_EQ(query("SELECT * FROM trial_params").size(), 3u);
    EXPECT_THROW(removeStudy(url(), "line"), Error);
}

TEST_F(StudyTest, SaysWhatIsThereWhereAStudyIsAbsent)
{
    study();
    try {
        Study(url(), "lines");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Input);
        EXPECT_THAT(error.what(), testing::HasSubstr("there is line"));
    }
    EXPECT_THROW(listStudies((m_folder / "no.db").string()), Error);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "no.db"));
}

TEST_F(StudyTest, ChangesNothingByLooking)
{
    test::writeFile(m_folder / "study.db", "");
    EXPECT_THROW(listStudies(url()), Error);
    EXPECT_THROW(Study(url(), "line"), Error);
    EXPECT_EQ(std::filesystem::file_size(url()), 0u);
}

TEST_F(StudyTest, RefusesFilesOfAnotherKind)
{
    test::writeFile(m_folder / "text.db", std::string(5000, 'x'));
    EXPECT_THROW(listStudies((m_folder / "text.db").string()), Error);
    openDatabase(url())->runScript("CREATE TABLE trials (a INTEGER);");
    EXPECT_THROW(study(), Error);
    EXPECT_THROW(openDatabase("mysql://host/x"), Error);
}

TEST_F(StudyTest, StampsTheVersionThatWasChosen)
{
    Study({url(), StorageVersion::Optuna32}, "line", Direction::Minimize);
    EXPECT_EQ(textOf(query("SELECT version_num FROM alembic_version")[0][0]), "v3.2.0.a");
    EXPECT_EQ(study().trials().size(), 0u); // either is opened
    openDatabase(url())->run("UPDATE alembic_version SET version_num = 'v2.6.0.a'");
    EXPECT_THROW(study(), Error);
}

TEST(StudyPlace, KeepsPasswordsOutOfTitles)
{
    EXPECT_EQ(databaseTitle("postgresql://me:secret@host:5432/golf"),
              "postgresql://me@host:5432/golf");
    EXPECT_EQ(databaseTitle("postgresql+psycopg2://me:se:cr@t@host/golf"),
              "postgresql+psycopg2://me@host/golf");
    EXPECT_EQ(databaseTitle("postgresql://host/golf"), "postgresql://host/golf");
    EXPECT_EQ(databaseTitle("mysql://me:secret@host/golf"), "mysql://me@host/golf");
    EXPECT_EQ(databaseTitle("sqlite:////a:b@c.db"), "sqlite:////a:b@c.db");
    EXPECT_EQ(databaseTitle("study.db"), "study.db");
    EXPECT_EQ(databaseFile("sqlite:///a/b.db"), "a/b.db");
    EXPECT_EQ(databaseFile("sqlite:////a/b.db"), "/a/b.db");
    EXPECT_EQ(databaseFile("postgresql://host/golf"), "");
}

} // namespace core
