// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace ui
{

/// One thing that a person can do: the only place where its name and its keys are written.
struct ActionSpec {
    QString id;    ///< "input.next"
    QString group; ///< the menu and the part of the key sheet it belongs to; empty: in neither
    QString text;  ///< "Next image"
    QList<QKeySequence> keys;
    std::function<void()> handler;
    bool checkable = false;
    bool inMenu = true;
    QString keysLabel = {}; ///< what the key sheet says instead of the keys: "0 – 9"
};

/// The table of all actions, from which menus, tooltips and the key sheet are made.
class Actions : public QObject
{
    Q_OBJECT

public:
    /// The shortcuts work wherever the focus is inside `window`.
    Actions(std::vector<ActionSpec> specs, QWidget* window);

    QAction* action(const QString& id) const; ///< must exist
    const std::vector<ActionSpec>& specs() const { return m_specs; }
    QStringList groups() const; ///< in the order of the table

    void fill(QMenu* menu, const QString& group) const;

private:
    std::vector<ActionSpec> m_specs;
    std::map<QString, QAction*> m_actions;
};

/// "Left, Right", as the platform writes keys.
QString keysText(const ActionSpec& spec);

} // namespace ui
