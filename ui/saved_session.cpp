// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saved_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

namespace ui
{

namespace
{

constexpr int kRecentFiles = 10;
constexpr const char* kKey = "session";

template<typename T>
concept Saved = requires(T& value)
{
    savedFields(value);
};

QJsonValue toJson(bool value)
{
    return value;
}
QJsonValue toJson(int value)
{
    return value;
}
QJsonValue toJson(const QString& value)
{
    return value;
}
QJsonValue toJson(const QStringList& value)
{
    return QJsonArray::fromStringList(value);
}
QJsonValue toJson(const QByteArray& value)
{
    return QString::fromLatin1(value.toBase64());
}
QJsonValue toJson(const QJsonObject& value)
{
    return value;
}
QJsonValue toJson(core::Stage value)
{
    return value == core::Stage::Pre ? "pre" : "post";
}
QJsonValue toJson(ThemeChoice value)
{
    return themeChoiceName(value);
}
QJsonValue toJson(const std::optional<int>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}
template<Saved T>
QJsonValue toJson(const T& value);
template<typename T>
QJsonValue toJson(const std::vector<T>& values)
{
    QJsonArray array;
    for (const T& value : values)
        array.append(toJson(value));
    return array;
}
template<Saved T>
QJsonValue toJson(const T& value)
{
    QJsonObject object;
    forEachField(value, [&](const char* key, const auto& member) { object[key] = toJson(member); });
    return object;
}

void read(const QJsonValue& json, bool& value)
{
    value = json.toBool(value);
}
void read(const QJsonValue& json, int& value)
{
    value = json.toInt(value);
}
void read(const QJsonValue& json, QString& value)
{
    value = json.toString(value);
}
void read(const QJsonValue& json, QStringList& value)
{
    value.clear();
    for (const QJsonValue& text : json.toArray())
        value.append(text.toString());
}
void read(const QJsonValue& json, QByteArray& value)
{
    value = QByteArray::fromBase64(json.toString().toLatin1());
}
void read(const QJsonValue& json, QJsonObject& value)
{
    value = json.toObject();
}
void read(const QJsonValue& json, core::Stage& value)
{
    value = json == "pre" ? core::Stage::Pre : core::Stage::Post;
}
void read(const QJsonValue& json, ThemeChoice& value)
{
    value = themeChoiceByName(json.toString());
}
void read(const QJsonValue& json, std::optional<int>& value)
{
    value = json.isDouble() ? std::optional(json.toInt()) : std::nullopt;
}
template<Saved T>
void read(const QJsonValue& json, T& value);
template<typename T>
void read(const QJsonValue& json, std::vector<T>& values)
{
    values.clear();
    for (const QJsonValue& item : json.toArray())
        read(item, values.emplace_back());
}
template<Saved T>
void read(const QJsonValue& json, T& value)
{
    const QJsonObject object = json.toObject();
    forEachField(value, [&](const char* key, auto& member) {
        if (object.contains(key))
            read(object[key], member);
    });
}

} // namespace

SavedSession loadSession(const QSettings& settings)
{
    SavedSession session;
    read(QJsonDocument::fromJson(settings.value(kKey).toByteArray()).object(), session);
    return session;
}

void saveSession(QSettings& settings, const SavedSession& session)
{
    const QJsonObject object = toJson(session).toObject();
    settings.setValue(kKey, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void addRecentFile(QStringList& recent, const QString& file)
{
    recent.removeAll(file);
    recent.prepend(file);
    while (recent.size() > kRecentFiles)
        recent.removeLast();
}

} // namespace ui
