// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/sweep_view.h"

#include "core/base/error.h"
#include "core/data/sample_digits.h"
#include "core/search/study.h"
#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "tests/support/places.h"
#include "tests/support/sample_studies.h"
#include "ui/dialogs/queue_trial_dialog.h"
#include "ui/panels/range_fields.h"
#include "ui/panels/sweep_form.h"
#include "ui/panels/trial_details.h"
#include "ui/views/sweep_control.h"
#include "ui/views/sweep_trials.h"
#include "ui/widgets/sorted_table.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>

using namespace ui;

namespace
{

class SweepViewTest : public testing::Test
{
protected:
    test::TemporaryFolder folder;
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    RunBoard board{fakeRunSource(runs)};

    std::string url() const { return (folder / "studies.db").string(); }

    void giveData()
    {
        board.setData(
            {std::make_shared<core::Dataset>(core::sampleDigits(60, 1, core::Split::Train)),
             std::make_shared<core::Dataset>(core::sampleDigits(20, 2, core::Split::Test))});
    }

    /// Cheap trials instead of trainings, kept with the study as if they were.
    static core::SweepResult cheapSweep(core::Study& study, core::TrainSweep sweep,
                                        const core::RunData&, const core::SweepObserver& observer,
                                        std::stop_token stop)
    {
        core::storeTrainStudy(study, sweep.work);
        const auto sampler = core::makeSampler(sweep.plan.sampler);
        const auto pruner = core::makePruner(sweep.plan.pruner);
        return core::runSweep(study, sweep.work.space, *sampler, *pruner, test::cheapTraining,
                              {.trials = sweep.plan.trials}, observer, stop);
    }

    std::unique_ptr<SweepView> shown(const SweepRunner::Run& run = cheapSweep)
    {
        auto view = std::make_unique<SweepView>(session, board, url(), nullptr, run);
        view->resize(780, 700);
        view->show();
        return view;
    }

    static bool has(const SweepView& view, int trials)
    {
        return QTest::qWaitFor([&] {
            const SweepDataPointer& data = view.control()->watch()->data();
            const auto* figure = view.canvas()->figure();
            return data && static_cast<int>(data->trials.size()) == trials && figure != nullptr;
        });
    }

    core::Trial trial(int number)
    {
        return core::Study(url(), "s").trials().at(static_cast<std::size_t>(number));
    }
};

} // namespace

TEST_F(SweepViewTest, SaysWhatWouldBeHereAndHowToBegin)
{
    const auto view = shown();
    ASSERT_TRUE(QTest::qWaitFor([&] { return view->control()->watch()->listed(); }));
    EXPECT_EQ(view->canvas()->figure(), nullptr);
    EXPECT_FALSE(view->trials()->isVisible());
    EXPECT_FALSE(QFile::exists(QString::fromStdString(url()))) << "looking makes no file";
}

TEST_F(SweepViewTest, ShowsTheNewestStudyOfTheStorage)
{
    test::fillStudy(url(), "s", 12);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 12));
    EXPECT_EQ(view->trials()->table()->model()->rowCount(), 12);
    EXPECT_TRUE(view->canvas()->figure()->caption().contains("12 trials"));
}

TEST_F(SweepViewTest, SelectsATrialEverywhere)
{
    test::fillStudy(url(), "s", 12);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 12));
    const auto area = view->canvas()->scene()->areaOf({SweepFigure::kTrial, 5});
    ASSERT_TRUE(area);
    QTest::mouseClick(
        view->canvas(), Qt::LeftButton, {},
        (area->center() + QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin)).toPoint());
    EXPECT_EQ(view->trials()->selected(), 5);
    EXPECT_EQ(view->trials()->table()->currentIndex().data().toString(), "5");
    const auto says = [&](const QString& words) {
        for (const auto* label : view->trials()->details()->findChildren<QLabel*>())
            if (label->text().contains(words))
                return true;
        return false;
    };
    EXPECT_TRUE(says("Trial 5"));
    EXPECT_TRUE(says("MNIST validation, 10,000 images"));
    view->trials()->table()->setCurrentIndex(view->trials()->table()->model()->index(0, 0));
    EXPECT_EQ(view->trials()->selected(), 11) << "the newest is on top";
    EXPECT_TRUE(says("Trial 11"));
}

TEST_F(SweepViewTest, LeavesZoomAndSelectionAloneWhileAnotherProcessAddsTrials)
{
    test::fillStudy(url(), "s", 12);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 12));
    view->select(3);
    const auto plane = view->canvas()->scene()->areaOf({SweepFigure::kPlane, 0});
    const QPointF middle = plane->center() + QPointF(SceneCanvas::kMargin, SceneCanvas::kMargin);
    QWheelEvent wheel(middle, view->canvas()->mapToGlobal(middle), {}, {0, 240}, {}, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view->canvas(), &wheel);
    const auto zoomed = *view->range();
    test::fillStudy(url(), "s", 90); // past the end of the usual axis
    ASSERT_TRUE(has(*view, 90));
    EXPECT_EQ(*view->range(), zoomed);
    EXPECT_EQ(view->trials()->selected(), 3);
    EXPECT_EQ(view->trials()->table()->currentIndex().data().toString(), "3");
    QTest::mouseDClick(view->canvas(), Qt::LeftButton, {}, middle.toPoint());
    EXPECT_GT(view->range()->right, 89);
}

TEST_F(SweepViewTest, DrawsEveryPicture)
{
    test::fillStudy(url(), "s", 20);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 20));
    QSet<QString> titles;
    for (int plot = 0; plot < SweepView::kPlots; ++plot) {
        view->showPlot(static_cast<SweepView::Plot>(plot));
        EXPECT_TRUE(QTest::qWaitFor([&] {
            const auto* figure = view->canvas()->figure();
            return figure != nullptr && !titles.contains(figure->title());
        })) << plot;
        if (view->canvas()->figure() != nullptr)
            titles.insert(view->canvas()->figure()->title());
    }
    EXPECT_EQ(titles.size(), SweepView::kPlots);
}

TEST_F(SweepViewTest, FiltersByWordsAndComparisons)
{
    test::fillStudy(url(), "s", 40);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 40));
    const auto rows = [&](const QString& words) {
        view->trials()->filter()->setText(words);
        return view->trials()->table()->model()->rowCount();
    };
    const auto& trials = view->control()->watch()->data()->trials;
    EXPECT_EQ(rows("complete"),
              std::ranges::count(trials, core::TrialState::Complete, &core::Trial::state));
    EXPECT_EQ(rows("lr<0.001 accuracy>=98"),
              std::ranges::count_if(trials, [](const core::Trial& trial) {
                  const auto value = latestValue(trial);
                  return trial.parameters.at("lr").internal < 0.001 && value && *value >= 0.98;
              }));
    EXPECT_EQ(rows("momentum=1"), 0);
    EXPECT_EQ(rows(""), 40);
}

TEST_F(SweepViewTest, BeginsAStudyAndGoesOnWithIt)
{
    giveData();
    const auto view = shown();
    SweepControl& sweep = *view->control();
    sweep.newSweep();
    EXPECT_TRUE(sweep.form()->isVisible());
    EXPECT_TRUE(view->showsForm());
    view->resize(1040, 700);
    QCoreApplication::processEvents();
    EXPECT_LT(view->layout()->geometry().right(), sweep.form()->x()) << "the form covers the view";
    view->closeForm();
    EXPECT_FALSE(view->showsForm());
    sweep.newSweep();
    ASSERT_TRUE(sweep.form()->ready());
    sweep.form()->setStorage((folder / "new folder" / "studies.db").string());
    sweep.form()->studyField()->setText("s");
    sweep.form()->trials()->setValue(15);
    sweep.form()->startButton()->click();
    EXPECT_FALSE(sweep.form()->isVisible());
    ASSERT_TRUE(has(*view, 15));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !sweep.runner()->running(); }));
    ASSERT_TRUE(sweep.watch()->work());
    EXPECT_EQ(std::get<core::TrainSpec>(sweep.watch()->work()->spec.work).options.keep,
              core::KeptEpoch::BestValidation);
    sweep.form()->fill(sweep.watch()->name(), *sweep.watch()->work(), sweep.watch()->plan());
    sweep.form()->trials()->setValue(22);
    sweep.form()->startButton()->click();
    ASSERT_TRUE(has(*view, 22));
}

TEST_F(SweepViewTest, GivesTheTrialBackThatItStopsIn)
{
    giveData();
    std::atomic<bool> began = false;
    const auto endless = [&began](const core::Trial&, const core::Reporter& report,
                                  const std::stop_token&) {
        began = true;
        for (int epoch = 1; report(epoch, 0.5); ++epoch)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return core::ObjectiveResult();
    };
    const auto view =
        shown([endless](core::Study& study, core::TrainSweep work, const core::RunData&,
                        const core::SweepObserver& observer, std::stop_token stop) {
            const auto sampler = core::makeSampler({});
            const auto pruner = core::makePruner({.kind = core::PrunerKind::None});
            return core::runSweep(study, work.work.space, *sampler, *pruner, endless, {.trials = 3},
                                  observer, stop);
        });
    SweepControl& sweep = *view->control();
    sweep.newSweep();
    sweep.form()->studyField()->setText("s");
    sweep.form()->startButton()->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return began.load(); }));
    EXPECT_EQ(sweep.toggleButton()->text(), "Stop");
    sweep.toggleButton()->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !sweep.runner()->running(); }));
    EXPECT_EQ(trial(0).state, core::TrialState::Waiting);
    EXPECT_TRUE(trial(0).reported.empty());
}

TEST_F(SweepViewTest, QueuesTheTrialThatIsTyped)
{
    test::fillStudy(url(), "s", 3);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 3));
    view->control()->queueTrial(nullptr);
    auto* dialog = view->findChild<QueueTrialDialog*>();
    ASSERT_NE(dialog, nullptr);
    const auto fieldOf = [&](const QString& name) -> QLineEdit* {
        for (auto* field : dialog->findChildren<QLineEdit*>())
            if (field->accessibleName() == name)
                return field;
        return nullptr;
    };
    fieldOf("batch")->setText("99");
    EXPECT_FALSE(dialog->queueButton()->isEnabled()) << "beyond its range";
    fieldOf("batch")->setText("12");
    fieldOf("lr")->setText("0.002");
    ASSERT_TRUE(dialog->queueButton()->isEnabled());
    dialog->queueButton()->click();
    ASSERT_TRUE(has(*view, 4));
    EXPECT_EQ(trial(3).state, core::TrialState::Waiting);
    test::fillStudy(url(), "s", 4);
    EXPECT_EQ(trial(3).state, core::TrialState::Complete);
    EXPECT_EQ(trial(3).parameters.at("batch").internal, 12);
    EXPECT_EQ(trial(3).parameters.at("lr").internal, 0.002);
}

TEST_F(SweepViewTest, MakesATrialsNetworkTheCurrentModel)
{
    const QString file = QString::fromStdString((folder / "s-0001.safetensors").string());
    test::fillStudy(
        url(), "s", 2,
        [&](const core::Trial& trial, const core::Reporter& report, const std::stop_token& stop) {
            auto result = test::cheapTraining(trial, report, stop);
            if (trial.number == 1)
                result.attributes["model"] = "\"" + file.toStdString() + "\"";
            return result;
        });
    session.addModel(sharedModel("other"));
    const auto view = shown();
    ASSERT_TRUE(has(*view, 2));
    QPushButton* open = view->trials()->details()->openButton();
    view->select(0);
    EXPECT_FALSE(open->isVisible()) << "no network of it was kept";
    view->select(1);
    ASSERT_TRUE(open->isVisible());
    open->click();
    EXPECT_EQ(session.models().size(), 1u) << "the file is not there";
    QFile made(file);
    ASSERT_TRUE(made.open(QIODevice::WriteOnly));
    open->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.current()->name == "s-0001"; }));
    session.setCurrent(0);
    open->click();
    EXPECT_EQ(session.current()->name, "s-0001") << "at once, because it is open";
    EXPECT_EQ(session.models().size(), 2u);
}

TEST_F(SweepViewTest, TellsOfAStorageThatCantBeRead)
{
    QFile broken(QString::fromStdString(url()));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("This is no database.");
    broken.close();
    const auto view = shown();
    EXPECT_TRUE(QTest::qWaitFor([&] {
        for (const auto* label : view->findChildren<QLabel*>())
            if (label->isVisible() && label->property("role") == "error" &&
                !label->text().isEmpty())
                return true;
        return false;
    }));
}

TEST_F(SweepViewTest, KeepsItsSettingsButNoPassword)
{
    test::fillStudy(url(), "s", 3);
    const auto view = shown();
    ASSERT_TRUE(has(*view, 3));
    view->showPlot(SweepView::Slices);
    view->trials()->filter()->setText("complete");
    const QJsonObject state = view->state();
    SweepView again(session, board, "elsewhere.db", nullptr);
    again.restore(state);
    EXPECT_EQ(again.state(), state);
    EXPECT_EQ(again.plot(), SweepView::Slices);
    again.control()->watch()->setStorage("postgresql://me:secret@host/golf");
    for (const QJsonValue& value : again.state())
        EXPECT_FALSE(value.toString().contains("secret"));
}

TEST(RangeFields, SayWhatWasTyped)
{
    RangeFields fields;
    const core::SearchSpace published = core::searchSpacePresets().front().space;
    fields.setSpace(published);
    EXPECT_EQ(fields.space(), published);
    const auto named = [&](const QString& name) -> QLineEdit* {
        for (auto* field : fields.findChildren<QLineEdit*>())
            if (field->accessibleName() == name)
                return field;
        return nullptr;
    };
    named("Largest batch")->setText("16");
    named("Least lr")->setText("1e-4");
    EXPECT_EQ(*fields.space().find("batch"), core::Distribution(core::IntRange{4, 16}));
    EXPECT_EQ(*fields.space().find("lr"), core::Distribution(core::FloatRange{1e-4, 1e-2, true}));
    named("Least lr")->setText("none");
    EXPECT_THROW(fields.space(), core::Error);
    named("Least lr")->setText("1");
    EXPECT_THROW(fields.space(), core::Error) << "more than the largest";
    fields.setSpace({{{"activation", core::Categories{{std::string("relu"), std::int64_t(3)}}}}});
    named("Choices of activation")->setText("3, tanh");
    EXPECT_EQ(*fields.space().find("activation"),
              core::Distribution(core::Categories{{std::int64_t(3), std::string("tanh")}}));
}
