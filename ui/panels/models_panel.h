// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

class QLabel;
class QListView;
class QMenu;
class QPushButton;

namespace ui
{

class ModelList;
class Session;

/// The open models; one of them is current. Says in place why a file could not be opened.
class ModelsPanel : public Panel
{
    Q_OBJECT

public:
    explicit ModelsPanel(Session& session, QWidget* parent = nullptr);

    /// The menu behind the plus: filled by whoever knows the actions and recent files.
    QMenu* addMenu() const { return m_addMenu; }
    QListView* list() const { return m_list; }

signals:
    void openRequested();

private:
    void showMenu(const QPoint& position);
    void showState();
    void showFailure(const QString& file, const QString& sentence);
    void clearFailure();

    Session& m_session;
    ModelList* m_models;
    QListView* m_list;
    QWidget* m_empty;
    QWidget* m_failure;
    QLabel* m_failureText;
    QMenu* m_addMenu;
};

} // namespace ui
