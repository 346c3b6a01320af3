// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QToolButton;

namespace ui
{

class Actions;
class IconButton;
class Segments;

/// The bar at the top of the window: which view is shown, and the menu.
class TopBar : public QWidget
{
    Q_OBJECT

public:
    TopBar(const QStringList& views, const Actions& actions, QWidget* parent = nullptr);

    int current() const;
    void setCurrent(int view);
    QMenu* menu() const { return m_menu; }

signals:
    void viewChosen(int view);

private:
    Segments* m_views;
    QMenu* m_menu;
};

} // namespace ui
