// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>
#include <QWindow>

using namespace ui;

namespace
{

class ThemeSwitchTest : public testing::Test
{
protected:
    bool desktopIsDark = false;
    ThemeSwitch themes{[this] { return desktopIsDark; }};
    QWidget window;

    void SetUp() override
    {
        window.show();
        themes.apply(ThemeChoice::System);
    }

    /// As the platform tells every window when the desktop's theme is another one.
    void desktopBecomes(bool dark)
    {
        desktopIsDark = dark;
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(window.windowHandle(), &event);
    }

    bool showsDark() const { return themeOf(window.palette()).dark; }
};

} // namespace

TEST_F(ThemeSwitchTest, FollowsTheDesktopWhileItRuns)
{
    ASSERT_FALSE(showsDark());
    desktopBecomes(true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return showsDark(); }));
    desktopBecomes(false);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !showsDark(); }));
}

TEST_F(ThemeSwitchTest, KeepsAThemeThatThePersonChose)
{
    themes.apply(ThemeChoice::Light);
    QSignalSpy changes(&themes, &ThemeSwitch::changed);
    desktopBecomes(true);
    EXPECT_FALSE(QTest::qWaitFor([&] { return changes.count() > 0; }, 100));
    EXPECT_FALSE(showsDark());
    themes.apply(ThemeChoice::System);
    EXPECT_TRUE(showsDark());
}

TEST_F(ThemeSwitchTest, DoesNotTakeItsOwnChangesForTheDesktops)
{
    QSignalSpy changes(&themes, &ThemeSwitch::changed);
    EXPECT_FALSE(QTest::qWaitFor([&] { return changes.count() > 0; }, 100));
    desktopBecomes(true);
    desktopBecomes(true);
    EXPECT_FALSE(QTest::qWaitFor([&] { return changes.count() > 1; }, 100));
    EXPECT_EQ(changes.count(), 1);
}
