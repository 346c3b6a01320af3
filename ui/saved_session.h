// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation.h"
#include "ui/saved_fields.h"
#include "ui/selection.h"
#include "ui/theme.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

class QSettings;

// Where a call with the types of core finds them.
namespace core
{

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, AblationStep>
{
    return std::tuple{ui::Field{"target", self.target}, ui::Field{"kind", self.kind},
                      ui::Field{"what", self.what}, ui::Field{"edits", self.edits}};
}

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, ParameterEdit>
{
    return std::tuple{ui::Field{"parameter", self.parameter}, ui::Field{"before", self.before},
                      ui::Field{"after", self.after}};
}

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, WeightTarget>
{
    return std::tuple{ui::Field{"parameter", self.parameter}};
}

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, ChannelTarget>
{
    return std::tuple{ui::Field{"unit", self.unit}, ui::Field{"channel", self.channel}};
}

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, NeuronTarget>
{
    return std::tuple{ui::Field{"neuron", self.neuron}};
}

} // namespace core

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

/// What is ablated in an open model.
struct SavedAblations {
    QString file;
    QString hash; ///< core::modelHash() as it was opened: of another network they would be wrong
    int done = 0; ///< of the steps; the rest are undone
    std::vector<core::AblationStep> steps;
    bool operator==(const SavedAblations&) const = default;
};

auto savedFields(
    auto& self) requires std::is_same_v<std::remove_cvref_t<decltype(self)>, SavedAblations>
{
    return std::tuple{Field{"file", self.file}, Field{"hash", self.hash}, Field{"done", self.done},
                      Field{"steps", self.steps}};
}

/// What comes back at the next start.
struct SavedSession {
    QStringList files;                     ///< open models
    std::vector<SavedAblations> ablations; ///< of those that have any
    QString currentFile;
    QString referenceFile;   ///< empty: none
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
                      Field{"ablations", self.ablations},
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
