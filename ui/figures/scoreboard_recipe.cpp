// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scoreboard_recipe.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace ui
{

namespace
{

constexpr const char* kLeague = "league";
constexpr std::array kSources = {"published", "claimed", "verified"};
constexpr std::array kOrigins = {ScoreOrigin::Published, ScoreOrigin::Open, ScoreOrigin::Shipped,
                                 ScoreOrigin::Run, ScoreOrigin::Submission};

[[noreturn]] void refuse(const QString& what)
{
    throw core::Error(core::ErrorKind::Input,
                      "the recipe's scoreboard makes no sense: " + what.toStdString());
}

QString text(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toString();
}

int count(const QJsonObject& object, const char* key)
{
    const int number = object.value(QLatin1String(key)).toInt(-1);
    if (number < 0)
        refuse(QStringLiteral("\"%1\" of %2 is no count")
                   .arg(QLatin1String(key), text(object, "name")));
    return number;
}

ScoreOrigin originOf(const QJsonObject& object)
{
    const auto origin = std::ranges::find(kOrigins, text(object, "origin"), originText);
    if (origin == kOrigins.end())
        refuse(QStringLiteral("the origin of %1 is \"%2\"")
                   .arg(text(object, "name"), text(object, "origin")));
    return *origin;
}

core::ScoreSource sourceOf(const QJsonObject& object)
{
    const auto source = std::ranges::find(kSources, text(object, "source").toStdString());
    if (source == kSources.end())
        refuse(QStringLiteral("the source of %1 is \"%2\"")
                   .arg(text(object, "name"), text(object, "source")));
    return static_cast<core::ScoreSource>(source - kSources.begin());
}

/// Absent: raw, as all were before there were leagues.
core::League leagueOf(const QJsonObject& object)
{
    if (!object.contains(QLatin1String(kLeague)))
        return core::League::Raw;
    const std::string name = text(object, kLeague).toStdString();
    for (const core::League league : {core::League::Transformed, core::League::Averaged})
        if (name == core::leagueName(league))
            return league;
    refuse(QStringLiteral("the league of %1 is \"%2\"")
               .arg(text(object, "name"), text(object, kLeague)));
}

KnownScore scoreOf(const QJsonObject& object)
{
    KnownScore entry;
    core::Score& score = entry.score;
    score.name = text(object, "name").toStdString();
    score.nonzero = static_cast<std::size_t>(count(object, "nonzero"));
    score.correct = count(object, "correct");
    score.images = count(object, "images");
    if (score.correct > score.images)
        refuse(QStringLiteral("%1 has more right answers than images").arg(text(object, "name")));
    score.data = text(object, "data").toStdString();
    score.selectedOn = text(object, "selectedOn").toStdString();
    score.source = sourceOf(object);
    score.modelHash = text(object, "hash").toStdString();
    score.league = leagueOf(object);
    entry.origin = originOf(object);
    entry.problem = text(object, "problem");
    return entry;
}

ScoreRange rangeIn(const QJsonObject& recipe)
{
    const auto number = [&](const char* key) {
        return recipe.value(QLatin1String(key)).toDouble();
    };
    const ScoreRange range{number("fewest"), number("most"), number("lowest"), number("highest")};
    if (!(range.fewest > 0 && range.most > range.fewest && range.most < 1e12 &&
          range.highest > range.lowest && range.lowest > -2 && range.highest < 3))
        refuse(QStringLiteral("%1 to %2 parameters, accuracy %3 to %4")
                   .arg(range.fewest)
                   .arg(range.most)
                   .arg(range.lowest)
                   .arg(range.highest));
    return range;
}

} // namespace

QJsonArray scoresToRecipe(const std::vector<KnownScore>& entries)
{
    QJsonArray scores;
    for (const KnownScore& entry : entries) {
        const core::Score& score = entry.score;
        QJsonObject object{{QStringLiteral("name"), QString::fromStdString(score.name)},
                           {QStringLiteral("hash"), QString::fromStdString(score.modelHash)},
                           {QStringLiteral("origin"), originText(entry.origin)},
                           {QStringLiteral("source"),
                            QLatin1String(kSources[static_cast<std::size_t>(score.source)])},
                           {QStringLiteral("nonzero"), static_cast<qint64>(score.nonzero)},
                           {QStringLiteral("correct"), score.correct},
                           {QStringLiteral("images"), score.images},
                           {QStringLiteral("data"), QString::fromStdString(score.data)},
                           {QStringLiteral("selectedOn"), QString::fromStdString(score.selectedOn)},
                           {QStringLiteral("problem"), entry.problem}};
        if (score.league != core::League::Raw)
            object.insert(QLatin1String(kLeague),
                          QString::fromStdString(std::string(core::leagueName(score.league))));
        scores.append(object);
    }
    return scores;
}

std::unique_ptr<ScoreboardFigure> scoreboardFromRecipe(const QJsonObject& recipe)
{
    constexpr qsizetype kMost = 10000;
    const QJsonArray models = recipe.value(QStringLiteral("models")).toArray();
    if (models.size() > kMost)
        refuse(QStringLiteral("%1 networks").arg(models.size()));
    std::vector<KnownScore> entries;
    for (const QJsonValue& model : models)
        entries.push_back(scoreOf(model.toObject()));
    return std::make_unique<ScoreboardFigure>(std::move(entries), rangeIn(recipe));
}

} // namespace ui
