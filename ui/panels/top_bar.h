// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace ui
{

class Actions;
class GoToField;
class Session;
class View;
class ViewTabs;

/// The bar at the top of the window: which view is shown, and the menu.
class TopBar : public QWidget
{
    Q_OBJECT

public:
    TopBar(Session& session, const std::vector<View*>& views, const Actions& actions,
           QWidget* parent = nullptr);

    int current() const;
    void setCurrent(int view);
    GoToField* goTo() const { return m_goTo; }
    ViewTabs* tabs() const { return m_views; }

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    void viewChosen(int view);

private:
    QWidget* m_name; ///< gives its place to the tabs where the room is short
    ViewTabs* m_views;
    GoToField* m_goTo;
};

} // namespace ui
