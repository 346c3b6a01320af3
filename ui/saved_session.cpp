// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saved_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

#include <bit>

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
QJsonValue toJson(std::size_t value)
{
    return static_cast<qint64>(value);
}
/// Its bits: the same number comes back, whatever it is.
QJsonValue toJson(float value)
{
    return static_cast<qint64>(std::bit_cast<std::uint32_t>(value));
}
QJsonValue toJson(const std::string& value)
{
    return QString::fromStdString(value);
}
QJsonValue toJson(core::AblationKind value)
{
    return value == core::AblationKind::Zero ? "zero" : "mean";
}
QJsonValue toJson(const core::AblationTarget& value);
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

/// Which alternative it is, and that.
QJsonValue toJson(const core::AblationTarget& value)
{
    return std::visit(
        [&](const auto& target) {
            return QJsonObject{{"alternative", static_cast<int>(value.index())},
                               {"target", toJson(target)}};
        },
        value);
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
void read(const QJsonValue& json, std::size_t& value)
{
    value = static_cast<std::size_t>(json.toInteger());
}
void read(const QJsonValue& json, float& value)
{
    value = std::bit_cast<float>(static_cast<std::uint32_t>(json.toInteger()));
}
void read(const QJsonValue& json, std::string& value)
{
    value = json.toString().toStdString();
}
void read(const QJsonValue& json, core::AblationKind& value)
{
    value = json == "mean" ? core::AblationKind::Mean : core::AblationKind::Zero;
}
void read(const QJsonValue& json, core::AblationTarget& value);
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

template<typename T>
void readTarget(const QJsonValue& json, core::AblationTarget& value)
{
    T target;
    read(json["target"], target);
    value = target;
}

void read(const QJsonValue& json, core::AblationTarget& value)
{
    switch (json["alternative"].toInt()) {
    case 1:
        readTarget<core::ChannelTarget>(json, value);
        break;
    case 2:
        readTarget<core::NeuronTarget>(json, value);
        break;
    default:
        readTarget<core::WeightTarget>(json, value);
    }
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
