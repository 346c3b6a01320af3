// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts.h"

#include "tests/support/test_window.h"
#include "ui/dialogs/command_palette.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/view_tabs.h"
#include "ui/run_desk.h"
#include "ui/view_deck.h"

#include <QAction>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>
#include <ranges>

using namespace ui;

class LayoutTest : public MainWindowTest
{
protected:
    ViewDeck* deck() { return window.deck(); }
    ViewTabs* tabs() { return window.bar()->tabs(); }
    View* view(int index) { return window.views()[static_cast<std::size_t>(index)]; }
    void trigger(const char* action) { window.actions()->action(action)->trigger(); }
};

TEST_F(LayoutTest, ADoubleClickTearsAViewOffAndAnotherBringsItBack)
{
    QTest::mouseDClick(tabs()->tab(1), Qt::LeftButton);
    ASSERT_TRUE(deck()->isTornOff(1));
    EXPECT_EQ(view(1)->window(), deck()->windowOf(1));
    EXPECT_TRUE(view(1)->isVisible());
    EXPECT_TRUE(tabs()->tab(1)->accessibleName().contains("window of its own"));
    QTest::mouseDClick(tabs()->tab(1), Qt::LeftButton);
    EXPECT_FALSE(deck()->isTornOff(1));
    EXPECT_EQ(view(1)->window(), &window);
}

TEST_F(LayoutTest, DraggingATabOutOfTheRowTearsItsViewOff)
{
    QToolButton* tab = tabs()->tab(0);
    QTest::mousePress(tab, Qt::LeftButton, {}, {10, 10});
    const auto drag = [tab](QPoint to) {
        QMouseEvent move(QEvent::MouseMove, to, tab->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         {});
        QApplication::sendEvent(tab, &move);
    };
    drag({14, 20});
    EXPECT_FALSE(deck()->isTornOff(0)) << "within the row";
    drag({14, 120});
    EXPECT_TRUE(deck()->isTornOff(0));
}

TEST_F(LayoutTest, SeveralViewsStandInTheirOwnWindowsAndClosingOneDocksIt)
{
    deck()->tearOff(0);
    deck()->tearOff(1);
    EXPECT_NE(view(0)->window(), view(1)->window());
    EXPECT_NE(deck()->windowOf(0)->pos(), deck()->windowOf(1)->pos()) << "none hides another";
    deck()->windowOf(0)->close();
    EXPECT_FALSE(deck()->isTornOff(0));
    EXPECT_TRUE(view(0)->isVisible()) << "its tab is in front";
    EXPECT_TRUE(deck()->isTornOff(1));
    trigger("layout.dock");
    EXPECT_TRUE(deck()->tornOff().empty());
}

TEST_F(LayoutTest, WhatIsTornOffAtTheEndIsSoAtTheNextStart)
{
    deck()->tearOff(1);
    QPointer<QWidget> own = deck()->windowOf(1);
    window.close(); // after which Qt closes the others
    own->close();
    EXPECT_EQ(window.state().layout.tornOff.size(), 1U);
}

TEST_F(LayoutTest, TheKeysWorkInATornOffWindow)
{
    deck()->tearOff(1);
    ViewWindow* own = deck()->windowOf(1);
    QApplication::setActiveWindow(own);
    EXPECT_EQ(own->focusWidget(), own) << "no control that takes the arrow keys";
    QTest::keyClick(own->focusWidget(), Qt::Key_Down);
    EXPECT_EQ(session.selection().unit, 1);
    QTest::keyClick(own, Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_FALSE(deck()->isTornOff(1)) << "the one with the focus, not the tab in front";
    EXPECT_FALSE(deck()->isTornOff(0));
}

TEST_F(LayoutTest, ThePaletteOpensInTheWindowThatHasTheFocus)
{
    deck()->tearOff(1);
    ViewWindow* own = deck()->windowOf(1);
    QApplication::setActiveWindow(own);
    QTest::keyClick(own, Qt::Key_K, Qt::ControlModifier);
    EXPECT_NE(own->findChild<CommandPalette*>(), nullptr);
}

TEST_F(LayoutTest, ATornOffWindowIsCalledAfterViewAndModel)
{
    deck()->tearOff(1);
    EXPECT_EQ(deck()->windowOf(1)->windowTitle(), "Second – a – Caddie");
    session.addModel(sharedModel("b"));
    session.setCurrent(1);
    EXPECT_EQ(deck()->windowOf(1)->windowTitle(), "Second – b – Caddie");
}

// Each field of a layout is changed by what a person does, and has to come back in another window.
// A new field that this test does not change fails it.
TEST_F(LayoutTest, EveryFieldComesBackInAnotherWindow)
{
    Layout before = window.layoutNow();
    before.name = "a name"; // only of those that are kept
    window.showView(1);
    deck()->tearOff(0);
    trigger("window.left");
    trigger("window.right");
    trigger("window.runs");
    auto* splitter = window.findChild<QSplitter*>();
    ASSERT_NE(splitter, nullptr);
    const Layout after = window.layoutNow();
    const auto was = checkedFields(before);
    const auto now = checkedFields(after);
    const auto varied = [](const auto& one, const auto& two) {
        EXPECT_FALSE(one.value == two.value) << one.key << " is not varied by this test";
    };
    [&]<std::size_t... I>(std::index_sequence<I...>)
    {
        (varied(std::get<I>(was), std::get<I>(now)), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<decltype(was)>>());

    Session other{1, fakeCalls(control)};
    MainWindow second(other, source, board, themes, blankViews);
    second.resize(window.size());
    second.show();
    second.applyLayout(after);
    Layout back = second.layoutNow();
    ASSERT_EQ(back.tornOff.size(), 1U);
    EXPECT_EQ(second.deck()->windowOf(0)->size(), deck()->windowOf(0)->size());
    back.tornOff[0].geometry = after.tornOff[0].geometry; // says which screen, too
    EXPECT_EQ(back, after);
}

TEST_F(LayoutTest, LayoutsAreKeptByNameAndComeBackWithTheSession)
{
    window.showView(1);
    window.saveLayout("  mine ");
    window.showView(0);
    deck()->tearOff(1);
    window.saveLayout("two windows");
    const SavedSession saved = window.state();
    ASSERT_EQ(saved.layouts.size(), 2U);
    EXPECT_EQ(saved.layouts[0].name, "mine");
    EXPECT_EQ(saved.layouts[0].view, "second");
    EXPECT_EQ(saved.layouts[1].tornOff.size(), 1U);
    window.saveLayout("mine");
    EXPECT_EQ(window.state().layouts.size(), 2U) << "replaced";
    EXPECT_EQ(window.state().layouts[0].view, "first");
    window.saveLayout("   ");
    EXPECT_EQ(window.state().layouts.size(), 2U) << "no name, no layout";

    MainWindow second(session, source, board, themes, blankViews);
    second.restore(saved);
    EXPECT_EQ(second.state().layouts, saved.layouts);
}

TEST_F(LayoutTest, BuiltInLayoutsBringBackWhatWasTornOffOrFolded)
{
    deck()->tearOff(0);
    trigger("window.left");
    trigger("layout.train");
    EXPECT_TRUE(deck()->tornOff().empty());
    EXPECT_FALSE(window.runs()->panel()->folded());
    EXPECT_TRUE(window.actions()->action("window.left")->isChecked());
    trigger("layout.explore");
    EXPECT_TRUE(window.runs()->panel()->folded());
    EXPECT_TRUE(window.actions()->action("window.right")->isChecked());
}

TEST(ViewTabs, WhatDoesNotFitIsInTheMenuAndTheCurrentOneIsAlwaysShown)
{
    std::vector<TabName> names;
    for (int i = 0; i < 12; ++i)
        names.push_back({QString("View number %1").arg(i), QString("No. %1").arg(i)});
    ViewTabs tabs(names);
    tabs.resize(tabs.sizeHint());
    tabs.show();
    EXPECT_TRUE(tabs.more()->isHidden());
    EXPECT_EQ(tabs.tab(11)->text(), "View number 11");
    tabs.resize(tabs.sizeHint().width() - 1, tabs.height());
    EXPECT_TRUE(tabs.more()->isHidden()) << "brief names first";
    EXPECT_EQ(tabs.tab(11)->text(), "No. 11");
    EXPECT_TRUE(tabs.tab(11)->toolTip().contains("View number 11"));
    EXPECT_TRUE(tabs.tab(11)->accessibleName().contains("View number 11"));
    tabs.resize(tabs.sizeHint().width() / 3, tabs.height());
    EXPECT_FALSE(tabs.more()->isHidden());
    EXPECT_TRUE(tabs.tab(11)->isHidden());
    emit tabs.more()->menu()->aboutToShow();
    const auto offered = tabs.more()->menu()->actions();
    const auto hidden = std::ranges::count_if(std::views::iota(0, 12),
                                              [&](int i) { return tabs.tab(i)->isHidden(); });
    EXPECT_EQ(offered.size(), hidden);
    EXPECT_EQ(offered.back()->text(), "View number 11") << "the menu has room for it all";
    int chosen = -1;
    QObject::connect(&tabs, &ViewTabs::chosen, [&](int view) { chosen = view; });
    offered.back()->trigger();
    EXPECT_EQ(chosen, 11);
    tabs.setCurrent(11);
    EXPECT_FALSE(tabs.tab(11)->isHidden());
    for (int width = tabs.minimumSizeHint().width(); width < tabs.sizeHint().width(); width += 7) {
        tabs.resize(width, tabs.height());
        EXPECT_LE(tabs.more()->geometry().right(), width) << "nothing sticks out";
        EXPECT_FALSE(tabs.tab(11)->isHidden());
    }
}
