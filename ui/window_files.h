// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"

#include <QObject>
#include <QStringList>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace ui
{

class DataSource;
class Session;

/// The files that a person brings to the window: chosen in a dialog, dropped, or used before.
class WindowFiles : public QObject
{
    Q_OBJECT

public:
    WindowFiles(Session& session, DataSource& source, QWidget* window);

    /// Opens files in the background. A current model stays so.
    void open(const QStringList& files);
    /// What the person asks for becomes current when it is open, the last of several for good.
    void openAndShow(const QStringList& files);
    void chooseModel();
    void chooseDataFolder();
    void saveAblated(); ///< the current model as its ablations have made it
    void drop(const QMimeData& data);
    static bool hasFiles(const QMimeData& data);

    const QStringList& recent() const { return m_recent; } ///< the latest first
    void setRecent(QStringList recent) { m_recent = std::move(recent); }
    void fillMenu(QMenu* menu, QAction* openAction); ///< with what was open before

private:
    void noteOpened(int index);
    void writeAblated(const QString& file);

    Session& m_session;
    DataSource& m_source;
    QWidget* m_window;
    QStringList m_recent;
    QStringList m_toShow; ///< absolute names of files that are being opened
    Job m_saving;
};

} // namespace ui
