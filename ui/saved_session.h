// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/saved_fields.h"
#include "ui/selection.h"
#include "ui/theme.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

class QSettings;

namespace ui
{

/// A view in a window of its own.
struct TornView {
    QString id;          ///< View::id()
    QByteArray geometry; ///< QWidget::saveGeometry(); empty: where the desktop puts it
    bool operator==(const TornView&) const = default;
};

auto savedFields(auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, TornView>
{
    return std::tuple{Field{"id", self.id}, Field{"geometry", self.geometry}};
}

/// How the parts of the window are arranged.
struct Layout {
    QString name; ///< empty: that of the window as it is
    QString view; ///< View::id() of the tab in front; empty: stays as it is
    std::vector<TornView> tornOff;
    QByteArray splitter; ///< QSplitter::saveState(); empty: stays as it is
    bool leftFolded = false;
    bool rightFolded = false;
    bool runsFolded = true;
    bool operator==(const Layout&) const = default;
};

auto savedFields(auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, Layout>
{
    return std::tuple{Field{"name", self.name},
                      Field{"view", self.view},
                      Field{"tornOff", self.tornOff},
                      Field{"splitter", self.splitter},
                      Field{"leftFolded", self.leftFolded},
                      Field{"rightFolded", self.rightFolded},
                      Field{"runsFolded", self.runsFolded}};
}

auto savedFields(auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, Selection>
{
    return std::tuple{Field{"unit", self.unit}, Field{"channel", self.channel},
                      Field{"position", self.position}, Field{"stage", self.stage},
                      Field{"label", self.label}};
}

/// What comes back at the next start.
struct SavedSession {
    QStringList files; ///< open models
    QString currentFile;
    QString referenceFile; ///< empty: none
    QStringList recentFiles; ///< the latest first
    QString dataFolder;      ///< that MNIST was last read from; empty: none
    QJsonObject viewStates;  ///< View::state() by id, and the inspector's
    Selection selection;
    ThemeChoice theme = ThemeChoice::System;
    QByteArray geometry; ///< QWidget::saveGeometry()
    Layout layout;
    std::vector<Layout> layouts; ///< those that the person named
    bool operator==(const SavedSession&) const = default;
};

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, SavedSession>
{
    return std::tuple{Field{"files", self.files},
                      Field{"currentFile", self.currentFile},
                      Field{"referenceFile", self.referenceFile},
                      Field{"recentFiles", self.recentFiles},
                      Field{"dataFolder", self.dataFolder},
                      Field{"viewStates", self.viewStates},
                      Field{"selection", self.selection},
                      Field{"theme", self.theme},
                      Field{"geometry", self.geometry},
                      Field{"layout", self.layout},
                      Field{"layouts", self.layouts}};
}

/// What is missing or damaged keeps its default.
SavedSession loadSession(const QSettings& settings);
void saveSession(QSettings& settings, const SavedSession& session);

/// Puts `file` first; keeps ten.
void addRecentFile(QStringList& recent, const QString& file);

} // namespace ui
