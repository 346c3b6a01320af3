// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "ui/data_source.h"
#include "ui/main_window.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/view_tabs.h"
#include "ui/session.h"
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

/// The window with all its real views, two models and runs of both kinds.
class WindowFitTest : public testing::Test
{
protected:
    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    Session session{1, fakeCalls(control)};
    DataSource source{"/nowhere", {}};
    ThemeSwitch themes;
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    RunBoard board{fakeRunSource(runs)};
    MainWindow window{session, source, board, themes, makeViews};

    WindowFitTest()
    {
        themes.apply(ThemeChoice::Light); // its sheet decides about paddings
        runs->add("a", core::RunKind::Train, core::RunStatus::Running);
        runs->add("b", core::RunKind::Prune, core::RunStatus::Finished);
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
