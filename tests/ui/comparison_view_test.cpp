// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_network.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/views/comparison_controls.h"
#include "ui/views/comparison_view.h"
#include "ui/widgets/choice_bar.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace ui;

namespace
{

class ComparisonViewTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    ComparisonView view{session, nullptr};

    ComparisonViewTest()
    {
        session.addModel(sharedModel("a"));
        session.addModel(sharedModel("b"));
        view.resize(780, 640);
        view.show();
    }

    bool shows(const QString& title)
    {
        return QTest::qWaitFor([&] {
            return view.canvas()->figure() != nullptr &&
                   view.canvas()->figure()->title().startsWith(title);
        });
    }

    template<typename Widget>
    Widget* find(const QString& name)
    {
        for (auto* one : view.findChildren<Widget*>())
            if (one->accessibleName() == name)
                return one;
        ADD_FAILURE() << "no control " << name.toStdString();
        return nullptr;
    }

    void choose(const QString& name, int index)
    {
        auto* combo = find<QComboBox>(name);
        combo->setCurrentIndex(index);
        emit combo->activated(index);
    }

    void setMode(int mode) { find<ChoiceBar>("How it is compared")->button(mode)->click(); }

    PairMode mode() const
    {
        const auto* figure = dynamic_cast<const PairFigure*>(view.canvas()->figure());
        return figure == nullptr ? PairMode::Mask : figure->mode();
    }
};

} // namespace

TEST_F(ComparisonViewTest, OffersAReferenceWhereThereIsNone)
{
    const auto offered = [&] {
        for (auto* button : view.findChildren<QPushButton*>())
            if (button->isVisible() && button->accessibleName() == "Compare with b")
                return button;
        return static_cast<QPushButton*>(nullptr);
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return offered() != nullptr; }));
    offered()->click();
    EXPECT_EQ(session.reference()->name, "b");
    EXPECT_TRUE(shows("Channels of conv1"));
    EXPECT_EQ(offered(), nullptr);
}

TEST_F(ComparisonViewTest, ElidesALongNameAndKeepsItForTheTooltip)
{
    const std::string name(120, 'x');
    session.addModel(sharedModel(name));
    session.setReference(2);
    const auto* combo = find<QComboBox>("Reference");
    EXPECT_LT(combo->currentText().size(), 60);
    EXPECT_TRUE(combo->currentText().contains(QChar(0x2026)));
    EXPECT_TRUE(combo->toolTip().endsWith(QString::fromStdString(name)));
}

TEST_F(ComparisonViewTest, SaysThatAModelIsNotComparedWithItself)
{
    session.setReference(0);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        for (const QLabel* label : view.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains("is the reference itself"))
                return true;
        return false;
    }));
    EXPECT_EQ(view.figure(), nullptr);
}

TEST_F(ComparisonViewTest, ShowsEverySubjectOfThePair)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    const QStringList titles = {
        "Overview compared",       "Channels of conv1", "Kernels of conv1",
        "Edge detectors compared", "Class heatmaps",    "Feature visualisation of conv1",
        "Weights compared",        "Circuits compared", "Predictions compared"};
    for (int subject = 0; subject < titles.size(); ++subject) {
        choose("What is compared", subject);
        EXPECT_TRUE(shows(titles[subject])) << titles[subject].toStdString();
        EXPECT_TRUE(view.canvas()->figure()->caption().contains("Reference: b, 820 parameters"));
    }
}

TEST_F(ComparisonViewTest, HeldShiftShowsTheReferenceInPlace)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    setMode(2);
    ASSERT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Current; }));
    QTest::keyPress(&view, Qt::Key_Shift);
    EXPECT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Reference; }));
    QTest::keyRelease(&view, Qt::Key_Shift);
    EXPECT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Current; }));
    // The same without holding a key, from the table of actions.
    const auto actions = view.actionSpecs();
    actions.front().handler();
    EXPECT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Reference; }));
    actions.front().handler();
    EXPECT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Current; }));
}

TEST_F(ComparisonViewTest, EverySubjectFlickers)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    setMode(ComparisonControls::Flicker);
    const auto* subjects = find<QComboBox>("What is compared");
    for (int subject = 0; subject < subjects->count(); ++subject) {
        choose("What is compared", subject);
        const std::string name = subjects->itemText(subject).toStdString();
        ASSERT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Current; })) << name;
        QTest::keyPress(&view, Qt::Key_Shift);
        EXPECT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Reference; })) << name;
        QTest::keyRelease(&view, Qt::Key_Shift);
        EXPECT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Current; })) << name;
    }
}

TEST_F(ComparisonViewTest, SaysInWordsWhichModelFlickeringShows)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    setMode(ComparisonControls::Flicker);
    const auto says = [&](const QString& words) {
        for (const auto* label : view.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words))
                return true;
        return false;
    };
    EXPECT_TRUE(QTest::qWaitFor([&] { return says("current shown"); }));
    QTest::keyPress(&view, Qt::Key_Shift);
    EXPECT_TRUE(QTest::qWaitFor([&] { return says("reference shown"); }));
    QTest::keyRelease(&view, Qt::Key_Shift);
    EXPECT_TRUE(QTest::qWaitFor([&] { return says("current shown"); }));
}

TEST_F(ComparisonViewTest, LeavesShiftToWhoeverWrites)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    setMode(ComparisonControls::Flicker);
    ASSERT_TRUE(QTest::qWaitFor([&] { return mode() == PairMode::Current; }));
    QLineEdit field(&view);
    field.show();
    view.activateWindow();
    field.setFocus();
    ASSERT_TRUE(QTest::qWaitFor([&] { return QApplication::focusWidget() == &field; }));
    QTest::keyPress(&field, Qt::Key_Shift);
    QTest::qWait(30);
    EXPECT_EQ(mode(), PairMode::Current);
    QTest::keyRelease(&field, Qt::Key_Shift);
    field.clearFocus();
    QTest::keyPress(&view, Qt::Key_Shift, Qt::ControlModifier); // a part of Ctrl+Shift+Z
    QTest::qWait(30);
    EXPECT_EQ(mode(), PairMode::Current);
}

TEST_F(ComparisonViewTest, ComputesNothingWhileNobodyLooks)
{
    ASSERT_TRUE(QTest::qWaitFor([&] {
        return session.models()[0].evaluation.value && session.models()[1].evaluation.value &&
               session.classStatistics().value;
    }));
    view.hide();
    const int evaluations = control->evaluations;
    session.setReference(1);
    QTest::qWait(50);
    EXPECT_EQ(control->evaluations, evaluations);
    view.show();
    EXPECT_TRUE(shows("Channels of conv1"));
    EXPECT_EQ(control->evaluations, evaluations + 2);
}

TEST_F(ComparisonViewTest, DropsWhatWasComputedForAnotherPair)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    session.addModel(std::make_shared<core::Model>(
        namedModel("c", "2@4x4 relu pool, 3@3x3 relu pool, linear 10")));
    control->holdEvaluations = true;
    session.setReference(2);
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.canvas()->figure() == nullptr; }));
    control->holdEvaluations = false;
    EXPECT_TRUE(shows("Channels of conv1"));
    EXPECT_TRUE(view.canvas()->figure()->caption().contains("Reference: c"));
}

TEST_F(ComparisonViewTest, SettingsComeBack)
{
    session.setReference(1);
    ASSERT_TRUE(shows("Channels of conv1"));
    choose("What is compared", ComparisonControls::Weights);
    setMode(3);
    choose("Images shown", 2);
    ComparisonView other(session, nullptr);
    other.restore(view.state());
    EXPECT_EQ(other.state(), view.state());
    EXPECT_EQ(view.state()["subject"], "weights");
    EXPECT_EQ(view.state()["mode"], 3);
    EXPECT_EQ(view.state()["filter"], 2);
    other.restore({{"subject", "a view of the future"}, {"mode", -4}});
    EXPECT_EQ(other.state()["subject"], "channels");
    EXPECT_EQ(other.state()["mode"], 0);
}
