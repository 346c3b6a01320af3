// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "tests/support/places.h"
#include "tests/support/test_window.h"
#include "ui/panels/image_browser.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/session.h"
#include "ui/view_deck.h"
#include "ui/views/view.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <set>

using namespace ui;

TEST_F(MainWindowTest, ArrowKeysWalkLayersAndChannels)
{
    press(Qt::Key_Down);
    EXPECT_EQ(session.selection().unit, 1);
    press(Qt::Key_Right);
    EXPECT_EQ(session.selection().channel, 0);
    press(Qt::Key_Left);
    EXPECT_EQ(session.selection().channel, 4);
    press(Qt::Key_Up);
    EXPECT_EQ(session.selection().unit, 0);
}

TEST_F(MainWindowTest, EscapeResetsTheSelectionButKeepsTheLayer)
{
    session.select({2, 1, 3, core::Stage::Pre, 5});
    press(Qt::Key_Escape);
    EXPECT_EQ(session.selection(), (Selection{2, {}, {}, core::Stage::Pre, {}}));
}

TEST_F(MainWindowTest, PageKeysWalkTheImages)
{
    press(Qt::Key_PageDown);
    EXPECT_EQ(session.input().index, 1);
    press(Qt::Key_PageUp);
    press(Qt::Key_PageUp);
    EXPECT_EQ(session.input().index, session.dataset()->size() - 1);
}

TEST_F(MainWindowTest, DigitsJumpToTheNextImageOfAClass)
{
    press(Qt::Key_7);
    EXPECT_EQ(session.selection().label, 7);
    EXPECT_EQ(session.input().label, 7);
    const auto first = session.input().index;
    press(Qt::Key_7);
    EXPECT_EQ(session.input().label, 7);
    EXPECT_NE(session.input().index, first);
}

TEST_F(MainWindowTest, DigitsTypedIntoAFieldStayThere)
{
    auto* number = window.input()->browser()->findChild<QSpinBox*>();
    number->setFocus();
    number->selectAll();
    QTest::keyClicks(number, "42");
    QTest::keyClick(number, Qt::Key_Return);
    EXPECT_EQ(session.input().index, 42);
    EXPECT_EQ(session.selection().label, std::nullopt);
}

TEST_F(MainWindowTest, ArrowKeysInTheListOfModelsStayThere)
{
    session.addModel(sharedModel("b"));
    QListView* list = window.models()->list();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    EXPECT_EQ(session.selection().unit, 0);
    EXPECT_EQ(list->currentIndex().row(), 1);
}

TEST_F(MainWindowTest, ControlAndANumberShowAView)
{
    press(Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(window.currentView()->id(), "second");
    press(Qt::Key_1, Qt::ControlModifier);
    EXPECT_EQ(window.currentView()->id(), "first");
}

TEST_F(MainWindowTest, AViewsNameIsTypedAndItsKeysWorkAtOnce)
{
    press(Qt::Key_Slash);
    auto* field = dynamic_cast<QLineEdit*>(window.focusWidget());
    ASSERT_NE(field, nullptr);
    QTest::keyClicks(field, "second");
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(window.currentView()->id(), "second");
    EXPECT_EQ(window.focusWidget(), window.deck());
    press(Qt::Key_Slash);
    EXPECT_EQ(window.focusWidget(), field);
    EXPECT_EQ(field->text(), "");
}

TEST_F(MainWindowTest, OneKeySwitchesBetweenDrawingAndBrowsing)
{
    session.showImage(5);
    press(Qt::Key_D);
    EXPECT_TRUE(window.input()->drawing());
    EXPECT_FALSE(session.input().index.has_value());
    press(Qt::Key_D);
    EXPECT_FALSE(window.input()->drawing());
    EXPECT_EQ(session.input().index, 5) << "the image that was shown before";
}

TEST_F(MainWindowTest, ChoosingAnImageEndsDrawing)
{
    press(Qt::Key_D);
    session.showImage(3);
    EXPECT_FALSE(window.input()->drawing());
}

TEST_F(MainWindowTest, BracketsFoldTheSides)
{
    QAction* left = window.actions()->action("window.left");
    EXPECT_TRUE(left->isChecked());
    press(Qt::Key_BracketLeft);
    EXPECT_FALSE(left->isChecked());
    EXPECT_FALSE(window.models()->isVisible());
    press(Qt::Key_BracketLeft);
    EXPECT_TRUE(window.models()->isVisible());
}

TEST_F(MainWindowTest, DroppedFilesAreOpened)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/models/one.pt"), QUrl::fromLocalFile("/models/two.pt")});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window, &drop);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.models().size() == 3; }));
    EXPECT_EQ(session.models()[1].model->name, "one");
    EXPECT_EQ(window.state().recentFiles, (QStringList{"/models/two.pt", "/models/one.pt"}));
    EXPECT_EQ(session.current()->name, "two") << "what the person brings is what they see";
}

TEST_F(MainWindowTest, FilesOfTheStartLeaveTheCurrentModelAlone)
{
    window.openFiles({"/models/one.pt"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.models().size() == 2; }));
    EXPECT_EQ(session.current()->name, "a");
}

TEST_F(MainWindowTest, TheArrowKeysWalkTheNetworkAfterAnotherViewIsShown)
{
    auto* button = new QPushButton("in the view", window.currentView());
    button->show();
    button->setFocus();
    ASSERT_EQ(window.focusWidget(), button);
    press(Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(window.focusWidget(), window.deck());
    press(Qt::Key_Down);
    EXPECT_EQ(session.selection().unit, 1);
}

TEST_F(MainWindowTest, StateComesBackInAnotherWindow)
{
    session.select({1, 2, 4, core::Stage::Post, 6});
    window.showView(1);
    window.views()[1]->restore({{"range", "layer"}});
    press(Qt::Key_BracketRight);
    const SavedSession saved = window.state();

    Session other{1, fakeCalls(control)};
    other.addModel(sharedModel("a"));
    MainWindow second(other, source, board, themes, blankViews);
    second.restore(saved);
    EXPECT_EQ(other.selection(), session.selection());
    EXPECT_EQ(second.currentView()->id(), "second");
    EXPECT_EQ(second.views()[1]->state(), (QJsonObject{{"range", "layer"}}));
    EXPECT_FALSE(second.actions()->action("window.right")->isChecked());
}

TEST_F(MainWindowTest, NoTwoActionsShareAKey)
{
    std::set<QString> keys;
    for (const ActionSpec& spec : window.actions()->specs())
        for (const QKeySequence& key : spec.keys)
            EXPECT_TRUE(keys.insert(key.toString()).second) << key.toString().toStdString();
}

TEST_F(MainWindowTest, EveryControlHasANameForScreenReaders)
{
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
        EXPECT_FALSE(button->text().isEmpty() && button->accessibleName().isEmpty())
            << button->metaObject()->className();
    for (const QAbstractSpinBox* box : window.findChildren<QAbstractSpinBox*>())
        EXPECT_FALSE(box->accessibleName().isEmpty());
    for (const QComboBox* box : window.findChildren<QComboBox*>())
        EXPECT_FALSE(box->accessibleName().isEmpty());
}

TEST_F(MainWindowTest, ThemesChangeTheWindow)
{
    themes.apply(ThemeChoice::Dark);
    EXPECT_TRUE(themeOf(window.palette()).dark);
    themes.apply(ThemeChoice::Light);
    EXPECT_FALSE(themeOf(window.palette()).dark);
    themes.applyNext();
    EXPECT_EQ(themes.choice(), ThemeChoice::Dark);
    themes.applyNext();
    EXPECT_EQ(themes.choice(), ThemeChoice::System);
}
