// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/run_form.h"

#include "core/model/architecture_text.h"
#include "tests/support/fake_network.h"
#include "ui/panels/prune_fields.h"
#include "ui/panels/train_fields.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace ui;

namespace
{

class RunFormTest : public testing::Test
{
protected:
    RunForm form{core::runPresets(), 2};

    RunFormTest()
    {
        form.resize(320, 700);
        form.show();
    }

    bool says(const QString& text)
    {
        for (const auto* label : form.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }

    QLineEdit* architecture()
    {
        for (auto* edit : form.trainFields()->findChildren<QLineEdit*>())
            if (edit->accessibleName() == "Architecture")
                return edit;
        return nullptr;
    }

    template<typename T>
    T* named(const QString& name)
    {
        for (auto* found : form.findChildren<T*>())
            if (found->accessibleName() == name && found->isVisible())
                return found;
        return nullptr;
    }

    static core::ModelPointer pruned()
    {
        core::Model model = namedModel("a");
        for (std::size_t i = 0; i < 100; ++i)
            model.parameters.values()[i] = 0;
        return std::make_shared<core::Model>(std::move(model));
    }
};

} // namespace

TEST_F(RunFormTest, GivesEachPresetBackUnchanged)
{
    form.setModel(sharedModel("a"));
    for (const core::RunPreset& preset : core::runPresets()) {
        form.choosePreset(QString::fromStdString(preset.id));
        core::RunSpec expected = preset.spec;
        expected.threads = 1;
        EXPECT_EQ(core::toJson(form.spec()), core::toJson(expected)) << preset.id;
        EXPECT_TRUE(form.ready()) << preset.id;
    }
}

TEST_F(RunFormTest, CountsTheParametersWhileTheArchitectureIsTyped)
{
    architecture()->setText("4@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10");
    EXPECT_TRUE(says("807 parameters"));
    EXPECT_TRUE(form.startButton()->isEnabled());
}

TEST_F(RunFormTest, SaysInPlaceWhatIsWrongWithAnArchitecture)
{
    architecture()->setText("4@4x4 reloo pool, linear 10");
    EXPECT_TRUE(says("reloo"));
    EXPECT_FALSE(form.startButton()->isEnabled());
    architecture()->setText("4@4x4 relu pool, linear 3");
    EXPECT_TRUE(says("3 outputs"));
    EXPECT_FALSE(form.startButton()->isEnabled());
}

TEST_F(RunFormTest, SaysInPlaceThatASparseTrainingHasTooManyParameters)
{
    form.choosePreset("published-820");
    form.trainFields()->findChild<QToolButton*>()->setChecked(true); // More
    named<QComboBox>("Sparse")->setCurrentIndex(static_cast<int>(core::SparseMethod::Snip));
    EXPECT_TRUE(form.ready());
    named<QSpinBox>("Sparse: non-zero")->setValue(821);
    EXPECT_TRUE(says("A sparse training has 1 to 820"));
    EXPECT_FALSE(form.startButton()->isEnabled());
    named<QSpinBox>("Sparse: non-zero")->setValue(300);
    EXPECT_EQ(form.trainFields()->spec().options.switches.nonzero, 300);
    form.choosePreset("stepped-807"); // takes the switches back, too
    EXPECT_EQ(form.trainFields()->spec().options.switches, core::TrainingSwitches());
}

TEST_F(RunFormTest, WarnsWhereTheTestSetSelects)
{
    form.choosePreset("published-820");
    EXPECT_FALSE(says("Selects on the test set"));
    named<QComboBox>("Keep the epoch")->setCurrentIndex(1);
    EXPECT_TRUE(says("Selects on the test set"));
    form.choosePreset("published-pruning");
    EXPECT_TRUE(says("Selects on the test set"));
    form.choosePreset("validation-pruning");
    EXPECT_FALSE(says("Selects on the test set"));
}

TEST_F(RunFormTest, PruningNeedsAModel)
{
    form.setKind(core::RunKind::Prune);
    EXPECT_FALSE(form.ready());
    EXPECT_TRUE(says("Open the model that is to be pruned."));
    form.setModel(sharedModel("a"));
    EXPECT_TRUE(form.ready());
    EXPECT_EQ(form.start()->name, "a");
}

TEST_F(RunFormTest, GoingOnFromAPrunedModelHoldsItsZeros)
{
    form.setModel(pruned());
    auto* from = form.trainFields()->findChildren<QCheckBox*>()[0];
    from->setChecked(true);
    auto* keep = form.trainFields()->findChildren<QCheckBox*>()[1];
    ASSERT_TRUE(keep->isVisible());
    keep->setChecked(true);
    const core::TrainingOptions options = std::get<core::TrainSpec>(form.spec().work).options;
    ASSERT_EQ(options.mask.size(), 820U);
    EXPECT_EQ(std::ranges::count(options.mask, 0), 100);
    EXPECT_NE(form.start(), nullptr);
}

TEST_F(RunFormTest, TheInputOfAGameIsAWordOfItsArchitecture)
{
    form.choosePreset("golf-98");
    auto* input = named<QComboBox>("Input");
    auto* text = named<QLineEdit>("Dense architecture");
    ASSERT_TRUE(input != nullptr && text != nullptr);
    EXPECT_TRUE(says("league: raw input"));
    input->setCurrentIndex(3);
    emit input->activated(3);
    const auto game = std::get<core::GolfSpec>(form.spec().work);
    const core::InputSpec made = core::parseArchitecture(game.architecture).input();
    EXPECT_TRUE(made.deskew && made.averageShifts);
    EXPECT_TRUE(says("league: with test-time averaging"));
    text->setText("input 28x28 deskew, 4@4x4 relu pool, linear 10");
    EXPECT_EQ(input->currentIndex(), 1);
    EXPECT_TRUE(says("league: with transformations"));
    text->setText("4@4x4 reloo");
    EXPECT_TRUE(says("reloo"));
    EXPECT_FALSE(form.startButton()->isEnabled());
}

TEST_F(RunFormTest, AGameKeepsWhatNoFieldShows)
{
    form.choosePreset("quick-golf");
    named<QDoubleSpinBox>("Target")->setValue(97.5);
    named<QDoubleSpinBox>("Time")->setValue(2.5);
    const auto options = std::get<core::GolfSpec>(form.spec().work).options;
    const auto quick =
        std::get<core::GolfSpec>(core::findRunPreset("quick-golf")->spec.work).options;
    EXPECT_EQ(options.threshold, 0.975);
    EXPECT_EQ(options.budget, 150);
    EXPECT_EQ(options.firstShare, quick.firstShare);
    EXPECT_EQ(options.firstEpochs, quick.firstEpochs);
}

TEST_F(RunFormTest, AGameTakesWhatItsFieldsSay)
{
    form.choosePreset("golf-98");
    for (auto* button : form.findChildren<QToolButton*>())
        if (button->isVisible() && button->text() == "More")
            button->click();
    ASSERT_NE(named<QSpinBox>("Compare starts at"), nullptr);
    named<QSpinBox>("Compare starts at")->setValue(300);
    named<QComboBox>("Removes by")->setCurrentIndex(2);
    named<QSpinBox>("Polishing steps")->setValue(3);
    named<QComboBox>("Transform images")->setCurrentIndex(2);
    EXPECT_FALSE(named<QSpinBox>("Dense epochs")->isEnabled());
    EXPECT_EQ(named<QComboBox>("Sparse"), nullptr) << "a game begins dense";
    const auto options = std::get<core::GolfSpec>(form.spec().work).options;
    EXPECT_EQ(options.heat, 300);
    EXPECT_EQ(options.criterion, core::GolfCriterion::Magnitude);
    EXPECT_EQ(options.polish, 3);
    EXPECT_EQ(options.switches.augment, core::Augmentation::Affine);
}

TEST_F(RunFormTest, AGameMayGoOnFromTheCurrentModel)
{
    form.setModel(pruned());
    form.choosePreset("golf-98");
    EXPECT_EQ(form.start(), nullptr);
    QCheckBox* from = nullptr;
    for (auto* box : form.findChildren<QCheckBox*>())
        if (box->isVisible() && box->text().startsWith("Go on from"))
            from = box;
    ASSERT_NE(from, nullptr);
    from->setChecked(true);
    ASSERT_NE(form.start(), nullptr);
    EXPECT_TRUE(says("Begins with 720 non-zero parameters, league: raw input"));
    EXPECT_FALSE(named<QSpinBox>("Starts")->isEnabled());
    EXPECT_EQ(std::get<core::GolfSpec>(form.spec().work).architecture,
              core::toText(form.start()->architecture));
    form.setModel(nullptr);
    EXPECT_TRUE(named<QSpinBox>("Starts")->isEnabled());
}

TEST_F(RunFormTest, TheWheelScrollsPastNumbersWithoutChangingThem)
{
    auto* epochs = named<QSpinBox>("Epochs");
    const auto turn = [](QWidget* over) {
        const QPointF middle = over->rect().center();
        QWheelEvent wheel(middle, over->mapToGlobal(middle), {}, {0, -120}, {}, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(over, &wheel);
    };
    const int before = epochs->value();
    turn(epochs);
    EXPECT_EQ(epochs->value(), before);
    auto* schedule = named<QComboBox>("Schedule");
    const int chosen = schedule->currentIndex();
    turn(schedule);
    EXPECT_EQ(schedule->currentIndex(), chosen);
    form.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&form));
    epochs->setFocus();
    ASSERT_TRUE(epochs->hasFocus());
    turn(epochs);
    EXPECT_NE(epochs->value(), before) << "what has the focus takes the wheel";
}

TEST_F(RunFormTest, SaysWhyNothingCanStart)
{
    form.setObstacle("The training images are being read…");
    EXPECT_FALSE(form.startButton()->isEnabled());
    EXPECT_TRUE(says("being read"));
    form.setObstacle({});
    EXPECT_TRUE(form.startButton()->isEnabled());
    form.showFailure("/runs: no space is left");
    EXPECT_TRUE(says("no space is left") || says("no space"));
}

TEST_F(RunFormTest, StartSendsWhatTheFieldsSay)
{
    std::optional<core::RunSpec> sent;
    QObject::connect(&form, &RunForm::startRequested, &form,
                     [&](const core::RunSpec& spec, core::ModelPointer) { sent = spec; });
    form.choosePreset("published-807");
    named<QLineEdit>("Title")->setText("  mine ");
    form.startButton()->click();
    ASSERT_TRUE(sent.has_value());
    EXPECT_EQ(sent->title, "mine");
    EXPECT_EQ(std::get<core::TrainSpec>(sent->work).options.epochs, 20);
}

TEST_F(RunFormTest, ALongModelNameDoesNotWidenIt)
{
    form.setModel(std::make_shared<core::Model>(namedModel(std::string(300, 'n'))));
    for (const core::RunKind kind :
         {core::RunKind::Train, core::RunKind::Prune, core::RunKind::Golf}) {
        form.setKind(kind);
        EXPECT_LE(form.minimumSizeHint().width(), 320);
    }
}

TEST_F(RunFormTest, KeepsThresholdsAsTheyAreWritten)
{
    form.choosePreset("validation-pruning");
    auto* box = named<QDoubleSpinBox>("Accuracy to keep");
    ASSERT_NE(box, nullptr);
    box->setValue(98.01);
    EXPECT_EQ(std::get<core::PruneSpec>(form.spec().work).options.threshold, 0.9801);
}
