// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/selection.h"
#include "ui/theme.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

class QSettings;

namespace ui
{

/// What comes back at the next start.
struct SavedSession {
    QStringList files; ///< open models
    QString currentFile;
    QStringList recentFiles; ///< the latest first
    QString dataFolder;      ///< that MNIST was last read from; empty: none
    QString view;            ///< View::id()
    QJsonObject viewStates;  ///< View::state() by id
    Selection selection;
    ThemeChoice theme = ThemeChoice::System;
    QByteArray geometry; ///< QWidget::saveGeometry()
    QByteArray splitter;
    bool leftFolded = false;
    bool rightFolded = false;
    bool runsFolded = true;
};

SavedSession loadSession(const QSettings& settings);
void saveSession(QSettings& settings, const SavedSession& session);

/// Puts `file` first; keeps ten.
void addRecentFile(QStringList& recent, const QString& file);

} // namespace ui
