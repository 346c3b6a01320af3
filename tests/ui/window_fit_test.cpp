// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "tests/support/test_window.h"
#include "ui/data_source.h"
#include "ui/main_window.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/side_column.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/view_tabs.h"
#include "ui/session.h"
#include "ui/view_deck.h"
#include "ui/views/view.h"
#include "ui/views/views.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <QToolButton>

#include <functional>

using namespace ui;

namespace
{

/// The window with all its real views, two models and runs of each kind.
class WindowFitTest : public testing::Test, protected WindowDesk
{
protected:
    WindowFitTest() : WindowDesk(makeViews)
    {
        themes.apply(ThemeChoice::Light); // its sheet decides about paddings
        runs->add("a", core::RunKind::Train, core::RunStatus::Running);
        runs->add("b", core::RunKind::Prune, core::RunStatus::Finished);
        runs->add("c", core::RunKind::Golf, core::RunStatus::Finished);
        runs->addSteps("c", 40);
        runs->observer.changed("a");
        session.addModel(sharedModel("one"));
        session.addModel(sharedModel("two"));
        session.setReference(1);
        window.resize(1280, 720);
        window.show();
        QApplication::setActiveWindow(&window);
    }

    /// Each view in front, once it has drawn what it has.
    void forEachView(const std::function<void(const std::string&)>& check)
    {
        for (int i = 0; i < static_cast<int>(window.views().size()); ++i) {
            window.showView(i);
            QTest::qWait(60);
            check(window.currentView()->id().toStdString());
        }
    }
    bool isInside(const QWidget* part) const
    {
        return part->isVisible() &&
               window.rect().contains(QRect(part->mapTo(&window, QPoint()), part->size()));
    }
};

} // namespace

TEST_F(WindowFitTest, NoViewMakesTheWindowWiderOrHigherThanASmallScreen)
{
    forEachView([this](const std::string& view) {
        EXPECT_LE(window.minimumSizeHint().width(), 1280) << view;
        EXPECT_LE(window.minimumSizeHint().height(), 720) << view;
        EXPECT_EQ(window.size(), QSize(1280, 720)) << view;
    });
}

TEST_F(WindowFitTest, ASmallScreenShowsTabsModelsInputAndInspectorWithEveryView)
{
    forEachView([this](const std::string& view) {
        for (const QWidget* part : std::initializer_list<QWidget*>{
                 window.bar()->tabs(), window.models(), window.input(),
                 window.findChild<InspectorPanel*>(), window.currentView()})
            EXPECT_TRUE(isInside(part)) << view << ": " << part->metaObject()->className();
    });
}

TEST_F(WindowFitTest, AllTabsAreShownOnASmallScreenByTheirBriefNames)
{
    for (int i = 0; i < static_cast<int>(window.views().size()); ++i)
        EXPECT_TRUE(isInside(window.bar()->tabs()->tab(i))) << i;
    EXPECT_TRUE(window.bar()->tabs()->more()->isHidden());
}

TEST_F(WindowFitTest, LongNamesOfModelsMakeNothingWider)
{
    session.addModel(sharedModel("a-model-whose-name-goes-on-and-on-and-says-how-it-was-trained-"
                                 "on-which-evening-and-what-came-of-it"));
    session.setCurrent(2);
    forEachView([this](const std::string& view) {
        EXPECT_LE(window.minimumSizeHint().width(), 1280) << view;
    });
}

TEST_F(WindowFitTest, TheColumnsFoldWhereTheWindowIsNarrowAndComeBackWithItsWidth)
{
    const auto folded = [this] {
        const auto columns = window.findChildren<SideColumn*>();
        const bool inOrder = columns[0]->x() < columns[1]->x();
        return std::pair(columns[inOrder ? 0 : 1]->folded(), columns[inOrder ? 1 : 0]->folded());
    };
    EXPECT_EQ(folded(), std::pair(false, false));
    window.resize(1024, 720);
    EXPECT_EQ(folded(), std::pair(false, true));
    window.resize(640, 360);
    EXPECT_EQ(folded(), std::pair(true, true));
    EXPECT_EQ(window.layoutNow().rightFolded, false) << "nobody asked for it";
    QTest::keyClick(&window, Qt::Key_BracketRight);
    EXPECT_EQ(folded(), std::pair(true, false)) << "the person did";
    QTest::keyClick(&window, Qt::Key_BracketLeft);
    EXPECT_EQ(folded(), std::pair(false, true)) << "no room for both";
    window.resize(1280, 720);
    EXPECT_EQ(folded(), std::pair(false, false));
    QTest::keyClick(&window, Qt::Key_BracketRight);
    window.resize(1024, 720);
    window.resize(1280, 720);
    EXPECT_EQ(folded(), std::pair(false, true)) << "what the person folds stays so";
}

// 2560x1440 at 400 %.
TEST_F(WindowFitTest, EveryViewLivesIn640By360)
{
    window.resize(640, 360);
    forEachView([this](const std::string& view) {
        EXPECT_TRUE(QTest::qWaitFor([&] {
            const QSize least = window.minimumSizeHint();
            return least.width() <= 640 && least.height() <= 360;
        })) << view
            << ": " << window.minimumSizeHint().width() << "x" << window.minimumSizeHint().height();
        EXPECT_EQ(window.size(), QSize(640, 360)) << view;
        EXPECT_TRUE(isInside(window.bar()->tabs())) << view;
        EXPECT_TRUE(isInside(window.deck())) << view;
        const View* page = window.currentView();
        const auto* frame = qobject_cast<const QWidget*>(page->parentWidget()->parentWidget());
        EXPECT_LE(page->width(), frame->width()) << view << " would have to scroll sideways";
    });
}
