// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include "core/data/sample_digits.h"
#include "tests/support/fake_network.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

using ui::Selection;
using ui::Session;

namespace
{

class SessionTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};

    bool settled() const
    {
        for (const ui::OpenModel& entry : session.models())
            if (!entry.evaluation.value && entry.evaluation.error.isEmpty())
                return false;
        const bool computed = !session.current() || session.activations();
        return computed && !session.opening() && !session.classStatistics().running;
    }
    void settle() const
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return settled(); }));
    }
};

core::DatasetPointer mnistLike(int count)
{
    core::Dataset data = core::sampleDigits(count);
    data.name = "MNIST";
    data.synthetic = false;
    return std::make_shared<core::Dataset>(std::move(data));
}

core::ModelPointer withStatistics(const std::string& data)
{
    core::Model model = namedModel("stored");
    core::ClassStatistics statistics;
    statistics.data = data;
    statistics.shape = model.architecture.featureShape();
    statistics.count.assign(10, 1);
    statistics.mean.assign(360, 0.5);
    statistics.deviation.assign(360, 0.25);
    model.classStatistics = statistics;
    return std::make_shared<core::Model>(std::move(model));
}

} // namespace

TEST_F(SessionTest, StartsWithTheFirstSampleDigitAndNoModel)
{
    EXPECT_TRUE(session.dataset()->synthetic);
    EXPECT_EQ(session.input().index, 0);
    EXPECT_EQ(session.input().pixels, session.dataset()->imagesAsFloat(0, 1));
    EXPECT_EQ(session.currentIndex(), -1);
    EXPECT_EQ(session.current(), nullptr);
    EXPECT_EQ(session.activations(), nullptr);
}

TEST_F(SessionTest, OpensFilesInOrderAndMakesTheFirstCurrent)
{
    QSignalSpy opened(&session, &Session::modelOpened);
    session.openModelFile("/models/a.pt");
    session.openModelFile("/models/b.pt");
    EXPECT_TRUE(session.opening());
    settle();
    ASSERT_EQ(session.models().size(), 2U);
    EXPECT_EQ(opened.count(), 2);
    EXPECT_EQ(session.models()[0].model->name, "a");
    EXPECT_EQ(session.models()[1].model->name, "b");
    EXPECT_EQ(session.models()[1].model->file, "/models/b.pt");
    EXPECT_EQ(session.currentIndex(), 0);
}

TEST_F(SessionTest, SaysWhyAFileWasRefusedAndOpensTheNext)
{
    QSignalSpy failures(&session, &Session::openFailed);
    session.openModelFile("/models/bad.pt");
    session.openModelFile("/models/good.pt");
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.models().size() == 1; }));
    ASSERT_EQ(failures.count(), 1);
    EXPECT_EQ(failures[0][0].toString(), "/models/bad.pt");
    EXPECT_EQ(failures[0][1].toString(), "bad is empty.");
}

TEST_F(SessionTest, ReadingAFileAgainReplacesItsEntry)
{
    session.openModelFile("/models/a.pt");
    settle();
    const core::ModelPointer before = session.current();
    session.openModelFile("/models/a.pt");
    settle();
    EXPECT_EQ(session.models().size(), 1U);
    EXPECT_NE(session.current(), before);
}

TEST_F(SessionTest, EvaluatesEveryModelOnTheDataSet)
{
    session.addModel(sharedModel("a"));
    session.addModel(sharedModel("b"));
    settle();
    EXPECT_EQ(control->evaluations, 2);
    for (const ui::OpenModel& entry : session.models()) {
        EXPECT_EQ(entry.evaluation.value->correct, 500);
        EXPECT_EQ(entry.evaluatedOn.toStdString(), session.dataset()->description());
    }
}

TEST_F(SessionTest, EvaluatesAnewOnAnotherDataSet)
{
    session.addModel(sharedModel("a"));
    settle();
    session.setDataset(mnistLike(20));
    EXPECT_EQ(session.evaluation(), nullptr) << "the old numbers belong to other data";
    settle();
    EXPECT_EQ(session.evaluation()->images, 20);
    EXPECT_EQ(session.currentEntry()->evaluatedOn, "MNIST test, 20 images");
}

TEST_F(SessionTest, ComputesTheActivationsWithinTheCallThatChangesTheImage)
{
    session.addModel(sharedModel("a"));
    settle();
    bool fits = false;
    QObject::connect(&session, &Session::inputChanged, &session, [&] {
        fits = session.activations() && session.activations()->input == session.input().pixels;
    });
    session.showImage(3);
    EXPECT_TRUE(fits);
    session.showDrawing(std::vector<float>(784, 0.25F));
    EXPECT_TRUE(fits);
    EXPECT_FLOAT_EQ(session.activations()->layers[1].values[0], 1.25F);
    EXPECT_FALSE(session.input().index.has_value());
}

TEST_F(SessionTest, MakesOneBackendForModelsOfOneArchitecture)
{
    session.setPaused(true);
    session.addModel(sharedModel("a"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.activations() != nullptr; }));
    const int made = control->backends;
    session.addModel(sharedModel("b"));
    session.setCurrent(1);
    EXPECT_NE(session.activations(), nullptr);
    EXPECT_EQ(control->backends, made);
}

TEST_F(SessionTest, SaysWhenNothingCanCompute)
{
    control->failToLoad = true;
    QSignalSpy failures(&session, &Session::failed);
    session.addModel(sharedModel("a"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return failures.count() > 0; }));
    EXPECT_EQ(failures[0][0].toString(), "LibTorch is missing.");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.models()[0].evaluation.error.isEmpty(); }));
}

TEST_F(SessionTest, ComputesClassStatisticsOnTheDataSet)
{
    session.addModel(sharedModel("a"));
    EXPECT_TRUE(session.classStatistics().running);
    settle();
    const auto statistics = session.classStatistics().value;
    ASSERT_NE(statistics, nullptr);
    EXPECT_EQ(statistics->data, session.dataset()->description());
    EXPECT_EQ(statistics->count, std::vector<int>(10, 100));
}

TEST_F(SessionTest, StatisticsFollowTheStage)
{
    session.addModel(sharedModel("a"));
    settle();
    Selection selection = session.selection();
    selection.stage = core::Stage::Pre;
    session.select(selection);
    settle();
    EXPECT_EQ(session.classStatistics().value->stage, core::Stage::Pre);
    const int calls = control->activationCalls;
    selection.stage = core::Stage::Post;
    session.select(selection);
    EXPECT_EQ(session.classStatistics().value->stage, core::Stage::Post);
    EXPECT_EQ(control->activationCalls, calls) << "known ones are not computed again";
}

TEST_F(SessionTest, ShowsStoredStatisticsWhereOnlySampleDigitsAreLoaded)
{
    session.addModel(withStatistics("MNIST test, 10,000 images"));
    ASSERT_NE(session.classStatistics().value, nullptr);
    EXPECT_EQ(session.classStatistics().value->data, "MNIST test, 10,000 images");
    EXPECT_DOUBLE_EQ(session.classStatistics().value->meanOf(3, 7), 0.5);
}

TEST_F(SessionTest, ShowsStoredStatisticsOfTheVeryDataThatIsLoaded)
{
    session.setDataset(mnistLike(20));
    session.addModel(withStatistics("MNIST test, 20 images"));
    ASSERT_NE(session.classStatistics().value, nullptr);
    EXPECT_DOUBLE_EQ(session.classStatistics().value->meanOf(3, 7), 0.5);
}

TEST_F(SessionTest, ComputesStatisticsWhereTheStoredOnesAreOfOtherData)
{
    session.setDataset(mnistLike(20));
    session.addModel(withStatistics("MNIST train, 60,000 images"));
    EXPECT_EQ(session.classStatistics().value, nullptr);
    settle();
    EXPECT_EQ(session.classStatistics().value->data, "MNIST test, 20 images");
}

TEST_F(SessionTest, ClosingAModelStopsItsEvaluation)
{
    control->holdEvaluations = true;
    session.addModel(sharedModel("a"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return control->evaluations == 1; }));
    session.addModel(sharedModel("b"));
    session.closeModel(0);
    EXPECT_EQ(session.current()->name, "b");
    control->holdEvaluations = false;
    settle();
    EXPECT_EQ(session.evaluation()->correct, 500);
}

TEST_F(SessionTest, TheReferenceStaysTheSameModelWhileOthersClose)
{
    for (const char* name : {"a", "b", "c"})
        session.addModel(sharedModel(name));
    EXPECT_EQ(session.reference(), nullptr);
    QSignalSpy changed(&session, &Session::referenceChanged);
    session.setReference(2);
    session.setReference(2);
    session.setReference(7); // there is none
    EXPECT_EQ(changed.size(), 1);
    session.closeModel(0);
    EXPECT_EQ(session.reference()->name, "c");
    EXPECT_EQ(session.referenceIndex(), 1);
    EXPECT_EQ(changed.size(), 1);
    session.closeModel(1);
    EXPECT_EQ(session.reference(), nullptr);
    EXPECT_EQ(changed.size(), 2);
    settle();
}

TEST_F(SessionTest, ClosingTheLastModelLeavesNothingBehind)
{
    session.addModel(sharedModel("a"));
    settle();
    session.closeModel(0);
    EXPECT_EQ(session.current(), nullptr);
    EXPECT_EQ(session.currentEntry(), nullptr);
    EXPECT_EQ(session.activations(), nullptr);
    EXPECT_EQ(session.classStatistics().value, nullptr);
    EXPECT_FALSE(session.classStatistics().running);
}

TEST_F(SessionTest, PauseHoldsBackWhatDependsOnTheDataSet)
{
    session.setPaused(true);
    session.addModel(sharedModel("a"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.activations() != nullptr; }));
    EXPECT_EQ(control->evaluations, 0);
    session.openModelFile("/models/b.pt");
    QTest::qWait(20);
    EXPECT_EQ(session.models().size(), 1U) << "files wait for the data that ranks their layouts";
    session.setPaused(false);
    settle();
    EXPECT_EQ(session.models().size(), 2U);
    EXPECT_EQ(control->evaluations, 2);
}

TEST_F(SessionTest, SelectionNeverLeavesTheNetwork)
{
    session.addModel(sharedModel("a"));
    session.select({2, 3, 8, core::Stage::Post, 9});
    EXPECT_EQ(session.selection(), (Selection{2, 3, 8, core::Stage::Post, 9}));
    session.select({2, 4, 8, core::Stage::Post, 10});
    EXPECT_EQ(session.selection(), (Selection{2, {}, {}, core::Stage::Post, {}}));
    session.select({99, 0, {}, core::Stage::Post, {}});
    EXPECT_EQ(session.selection().unit, 3);
}

TEST_F(SessionTest, SelectionIsFittedToAnotherModel)
{
    session.addModel(sharedModel("a"));
    session.addModel(std::make_shared<core::Model>(namedModel("small", "2@5x5 relu, linear 10")));
    session.select({3, 9, {}, core::Stage::Post, {}});
    QSignalSpy changes(&session, &Session::selectionChanged);
    session.setCurrent(1);
    EXPECT_EQ(session.selection().unit, 1);
    EXPECT_EQ(changes.count(), 1);
}

TEST_F(SessionTest, TellsOnlyWhatReallyChanged)
{
    session.addModel(sharedModel("a"));
    QSignalSpy selections(&session, &Session::selectionChanged);
    QSignalSpy models(&session, &Session::currentModelChanged);
    session.select(session.selection());
    session.setCurrent(0);
    EXPECT_EQ(selections.count() + models.count(), 0);
}

TEST_F(SessionTest, RefusesImagesOfAnotherSizeInWords)
{
    session.addModel(
        std::make_shared<core::Model>(namedModel("wide", "input 32x32, 2@5x5 relu, linear 10")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.models()[0].evaluation.error.isEmpty(); }));
    EXPECT_TRUE(session.models()[0].evaluation.error.contains("32x32"));
    EXPECT_EQ(session.activations(), nullptr);
    EXPECT_FALSE(session.classStatistics().error.isEmpty());
}

TEST_F(SessionTest, KeepsTheNumberOfTheImageAcrossDataSets)
{
    session.showImage(15);
    session.setDataset(mnistLike(20));
    EXPECT_EQ(session.input().index, 15);
    session.setDataset(mnistLike(10));
    EXPECT_EQ(session.input().index, 9);
    session.showImage(10);
    EXPECT_EQ(session.input().index, 9) << "there is no such image";
}
