// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saved_session.h"

#include <QJsonDocument>
#include <QSettings>

namespace ui
{

namespace
{

constexpr int kRecentFiles = 10;

QJsonValue toJson(const std::optional<int>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

std::optional<int> optionalInt(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

QJsonObject toJson(const Selection& selection)
{
    return {{"unit", selection.unit},
            {"channel", toJson(selection.channel)},
            {"position", toJson(selection.position)},
            {"stage", selection.stage == core::Stage::Pre ? "pre" : "post"},
            {"label", toJson(selection.label)}};
}

Selection selectionFromJson(const QJsonObject& json)
{
    Selection selection;
    selection.unit = json["unit"].toInt();
    selection.channel = optionalInt(json["channel"]);
    selection.position = optionalInt(json["position"]);
    selection.stage = json["stage"] == "pre" ? core::Stage::Pre : core::Stage::Post;
    selection.label = optionalInt(json["label"]);
    return selection;
}

QJsonObject objectFrom(const QSettings& settings, const QString& key)
{
    return QJsonDocument::fromJson(settings.value(key).toByteArray()).object();
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

SavedSession loadSession(const QSettings& settings)
{
    SavedSession session;
    session.files = settings.value("session/files").toStringList();
    session.currentFile = settings.value("session/currentFile").toString();
    session.recentFiles = settings.value("session/recentFiles").toStringList();
    session.dataFolder = settings.value("session/dataFolder").toString();
    session.view = settings.value("session/view").toString();
    session.viewStates = objectFrom(settings, "session/viewStates");
    session.selection = selectionFromJson(objectFrom(settings, "session/selection"));
    session.theme = themeChoiceByName(settings.value("window/theme").toString());
    session.geometry = settings.value("window/geometry").toByteArray();
    session.splitter = settings.value("window/splitter").toByteArray();
    session.leftFolded = settings.value("window/leftFolded").toBool();
    session.rightFolded = settings.value("window/rightFolded").toBool();
    session.runsFolded = settings.value("window/runsFolded", true).toBool();
    return session;
}

void saveSession(QSettings& settings, const SavedSession& session)
{
    settings.setValue("session/files", session.files);
    settings.setValue("session/currentFile", session.currentFile);
    settings.setValue("session/recentFiles", session.recentFiles);
    settings.setValue("session/dataFolder", session.dataFolder);
    settings.setValue("session/view", session.view);
    settings.setValue("session/viewStates", compact(session.viewStates));
    settings.setValue("session/selection", compact(toJson(session.selection)));
    settings.setValue("window/theme", themeChoiceName(session.theme));
    settings.setValue("window/geometry", session.geometry);
    settings.setValue("window/splitter", session.splitter);
    settings.setValue("window/leftFolded", session.leftFolded);
    settings.setValue("window/rightFolded", session.rightFolded);
    settings.setValue("window/runsFolded", session.runsFolded);
}

void addRecentFile(QStringList& recent, const QString& file)
{
    recent.removeAll(file);
    recent.prepend(file);
    while (recent.size() > kRecentFiles)
        recent.removeLast();
}

} // namespace ui
