// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "tests/support/test_window.h"
#include "ui/actions.h"
#include "ui/data_source.h"
#include "ui/dialogs/command_palette.h"
#include "ui/main_window.h"
#include "ui/panels/help_panel.h"
#include "ui/run_desk.h"
#include "ui/session.h"
#include "ui/view_deck.h"
#include "ui/views/view.h"
#include "ui/views/views.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

#include <algorithm>
#include <set>

using namespace ui;

namespace
{

/// Parts that Qt makes inside its own controls, which speak for them.
bool belongsToAControl(const QWidget* widget)
{
    const QString name = widget->objectName();
    if (name.startsWith("qt_") || widget->inherits("QScrollBar") ||
        widget->inherits("QSplitterHandle") || widget->inherits("QComboBoxPrivateContainer"))
        return true;
    for (const QWidget* at = widget->parentWidget(); at != nullptr; at = at->parentWidget())
        if (at->inherits("QComboBoxPrivateContainer") || at->inherits("QAbstractSpinBox"))
            return true;
    return false;
}

/// What a person can stop at or press.
bool isControl(const QWidget* widget)
{
    for (const char* type : {"QAbstractButton", "QAbstractSpinBox", "QComboBox", "QLineEdit",
                             "QAbstractSlider", "QAbstractItemView", "QTextEdit", "QProgressBar"})
        if (widget->inherits(type))
            return true;
    return (widget->focusPolicy() & Qt::TabFocus) != 0;
}

QString spokenName(QWidget* widget)
{
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
    return spoken == nullptr ? QString() : spoken->text(QAccessible::Name);
}

QString pathOf(const QWidget* widget)
{
    QStringList path;
    for (const QWidget* at = widget; at != nullptr; at = at->parentWidget())
        path.prepend(at->metaObject()->className());
    return path.join(" > ");
}

/// All controls below `root`, and a failure for each that has no name.
int checkNames(QWidget* root)
{
    int controls = 0;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (belongsToAControl(widget) || !isControl(widget))
            continue;
        ++controls;
        EXPECT_FALSE(spokenName(widget).trimmed().isEmpty()) << pathOf(widget).toStdString();
    }
    return controls;
}

class AccessibilityTest : public testing::Test, protected WindowDesk
{
protected:
    AccessibilityTest() : WindowDesk(makeViews)
    {
        runs->add("a", core::RunKind::Train, core::RunStatus::Running);
        runs->add("b", core::RunKind::Prune, core::RunStatus::Finished);
        runs->add("c", core::RunKind::Golf, core::RunStatus::Finished);
        runs->addSteps("c", 40);
        runs->observer.changed("a");
        session.addModel(sharedModel("one"));
        session.addModel(sharedModel("two"));
        window.resize(1280, 800);
        window.show();
        QApplication::setActiveWindow(&window);
        QTest::qWait(50);
    }
    void trigger(const char* action) { window.actions()->action(action)->trigger(); }

    /// Every control that Tab leads to, once around.
    static std::set<QWidget*> tabStops(QWidget* host)
    {
        std::set<QWidget*> stops;
        for (int i = 0; i < 1000; ++i) {
            QTest::keyClick(host->focusWidget() ? host->focusWidget() : host, Qt::Key_Tab);
            if (!stops.insert(host->focusWidget()).second)
                break;
        }
        return stops;
    }
};

} // namespace

TEST_F(AccessibilityTest, EveryControlOfEveryViewHasAName)
{
    EXPECT_GT(checkNames(&window), 60) << "the walk misses most of the window";
    for (int i = 0; i < static_cast<int>(window.views().size()); ++i) {
        window.showView(i);
        QTest::qWait(60);
        View* view = window.views()[static_cast<std::size_t>(i)];
        EXPECT_GT(checkNames(view), 0) << view->id().toStdString();
    }
}

TEST_F(AccessibilityTest, EveryViewHasAPageInTheHandbook)
{
    const auto& pages = window.help()->pages();
    for (const View* view : window.views())
        EXPECT_EQ(std::ranges::count(pages, view->title(), &HandbookPage::title), 1)
            << view->title().toStdString();
}

TEST_F(AccessibilityTest, FormsPanelsAndDialogsHaveNamesToo)
{
    trigger("runs.train");
    checkNames(&window);
    trigger("runs.prune");
    checkNames(&window);
    trigger("runs.golf");
    checkNames(&window);
    trigger("help.view");
    checkNames(&window);
    trigger("go.palette");
    trigger("window.keys");
    trigger("layout.save");
    trigger("help.tour");
    QTest::qWait(50);
    checkNames(&window);
    window.deck()->tearOff(0);
    checkNames(window.deck()->windowOf(0));
}

TEST_F(AccessibilityTest, ExportDialogsHaveNames)
{
    for (int i = 0; i < static_cast<int>(window.views().size()); ++i) {
        window.showView(i);
        QTest::qWait(60);
        View* view = window.views()[static_cast<std::size_t>(i)];
        for (auto* button : view->findChildren<QAbstractButton*>())
            if (button->isVisible() && button->isEnabled() && button->text().startsWith("Export"))
                button->click();
        for (auto* dialog : view->findChildren<QDialog*>()) {
            EXPECT_GT(checkNames(dialog), 4);
            dialog->close();
        }
    }
}

TEST_F(AccessibilityTest, TabLeadsToEveryControlThatIsShown)
{
    for (int i = 0; i < static_cast<int>(window.views().size()); ++i) {
        window.showView(i);
        QTest::qWait(60);
        const std::set<QWidget*> stops = tabStops(&window);
        for (auto* button : window.findChildren<QAbstractButton*>()) {
            if (!button->isVisible() || !button->isEnabled() || belongsToAControl(button))
                continue;
            // Of buttons that exclude each other Tab stops at one; arrow keys lead to the others.
            const auto* group = button->group();
            const bool others = group != nullptr && group->exclusive() &&
                                std::ranges::any_of(group->buttons(), [&](auto* other) {
                                    return stops.contains(other);
                                });
            EXPECT_TRUE(stops.contains(button) || others)
                << pathOf(button).toStdString() << " " << button->text().toStdString();
        }
        for (const char* type : {"QLineEdit", "QComboBox", "QAbstractSpinBox", "QAbstractItemView"})
            for (auto* widget : window.findChildren<QWidget*>())
                EXPECT_TRUE(!widget->inherits(type) || !widget->isVisible() ||
                            !widget->isEnabled() || belongsToAControl(widget) ||
                            stops.contains(widget))
                    << pathOf(widget).toStdString();
    }
}
