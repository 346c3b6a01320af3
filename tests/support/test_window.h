// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_network.h"
#include "tests/support/fake_runs.h"
#include "ui/data_source.h"
#include "ui/figures/figure.h"
#include "ui/main_window.h"
#include "ui/session.h"
#include "ui/views/view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>

/// A view without anything in it.
class BlankView : public ui::View
{
public:
    BlankView(QString name, QWidget* parent) : View(parent), m_name(std::move(name)) {}
    QString id() const override { return m_name.toLower(); }
    QString title() const override { return m_name; }
    std::unique_ptr<ui::Figure> figure() const override { return nullptr; }
    QJsonObject state() const override { return m_state; }
    void restore(const QJsonObject& state) override { m_state = state; }

private:
    QString m_name;
    QJsonObject m_state;
};

inline std::vector<ui::View*> blankViews(ui::Session&, ui::RunBoard&, QWidget* parent)
{
    return {new BlankView("First", parent), new BlankView("Second", parent)};
}

/// A window around fakes, with whatever views.
struct WindowDesk {
    explicit WindowDesk(const ui::ViewFactory& makeViews)
        : window{session, source, board, themes, makeViews}
    {
    }

    std::shared_ptr<FakeControl> control = std::make_shared<FakeControl>();
    ui::Session session{1, fakeCalls(control)};
    ui::DataSource source{"/nowhere", {}};
    ui::ThemeSwitch themes;
    std::shared_ptr<FakeRuns> runs = std::make_shared<FakeRuns>();
    ui::RunBoard board{fakeRunSource(runs)};
    ui::MainWindow window;
};

/// The window around fakes, shown and active.
class MainWindowTest : public testing::Test, protected WindowDesk
{
protected:
    MainWindowTest() : WindowDesk(blankViews)
    {
        session.addModel(sharedModel("a"));
        window.show();
        QApplication::setActiveWindow(&window);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget* target = window.focusWidget() ? window.focusWidget() : &window;
        QTest::keyClick(target, key, modifiers);
    }
};
