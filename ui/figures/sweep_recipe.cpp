// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/sweep_recipe.h"

#include "core/base/error.h"
#include "ui/figures/sweep_figures.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace ui
{

namespace
{

[[noreturn]] void refuse(const QString& what)
{
    throw core::Error(core::ErrorKind::Input,
                      "the recipe's study makes no sense: " + what.toStdString());
}

QJsonValue orNull(std::optional<double> number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QJsonArray trialToRecipe(const core::SearchSpace& space, const core::Trial& trial)
{
    QJsonArray values;
    for (const core::Dimension& dimension : space.dimensions) {
        const auto found = trial.parameters.find(dimension.name);
        values.append(found == trial.parameters.end() ? QJsonValue()
                                                      : QJsonValue(found->second.internal));
    }
    QJsonArray reported;
    for (const auto& [step, value] : trial.reported)
        reported.append(QJsonArray{static_cast<qint64>(step), value});
    return {trial.number,
            stateText(trial.state),
            orNull(trial.value()),
            values,
            reported,
            QString::fromStdString(trial.begun),
            QString::fromStdString(trial.ended)};
}

core::TrialState stateNamed(const QString& name)
{
    for (const core::TrialState state :
         {core::TrialState::Running, core::TrialState::Complete, core::TrialState::Pruned,
          core::TrialState::Fail, core::TrialState::Waiting})
        if (stateText(state) == name)
            return state;
    refuse(QStringLiteral("a trial is \"%1\"").arg(name));
}

/// Absent numbers were not finite.
double numberOf(const QJsonValue& value)
{
    return value.toDouble(std::numeric_limits<double>::quiet_NaN());
}

core::Trial trialOf(const QJsonArray& entry, const core::SearchSpace& space)
{
    core::Trial trial;
    trial.number = entry.at(0).toInt(-1);
    if (trial.number < 0)
        refuse(QStringLiteral("a trial has no number"));
    trial.state = stateNamed(entry.at(1).toString());
    if (entry.at(2).isDouble())
        trial.values = {entry.at(2).toDouble()};
    const QJsonArray values = entry.at(3).toArray();
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (values[i].isNull())
            continue;
        if (i >= static_cast<qsizetype>(space.dimensions.size()))
            refuse(QStringLiteral("trial %1 has %2 values").arg(trial.number).arg(values.size()));
        const core::Dimension& dimension = space.dimensions[static_cast<std::size_t>(i)];
        const double internal = values[i].toDouble();
        if (!core::contains(dimension.distribution, internal))
            refuse(QStringLiteral("%1 of trial %2 is %3")
                       .arg(QString::fromStdString(dimension.name))
                       .arg(trial.number)
                       .arg(internal));
        trial.parameters[dimension.name] = {internal, dimension.distribution};
    }
    for (const QJsonValue& step : entry.at(4).toArray())
        trial.reported[step.toArray().at(0).toInteger()] = numberOf(step.toArray().at(1));
    trial.begun = entry.at(5).toString().toStdString();
    trial.ended = entry.at(6).toString().toStdString();
    return trial;
}

core::SearchSpace spaceOf(const QJsonArray& entries)
{
    core::SearchSpace space;
    for (const QJsonValue& value : entries) {
        const QJsonObject entry = value.toObject();
        const QJsonDocument document(entry.value(QStringLiteral("distribution")).toObject());
        const std::string name = entry.value(QStringLiteral("name")).toString().toStdString();
        core::Distribution distribution =
            core::distributionFromJson(document.toJson(QJsonDocument::Compact).toStdString());
        core::requireSensible(name, distribution);
        space.dimensions.push_back({name, std::move(distribution)});
    }
    return space;
}

std::string parameterIn(const QJsonObject& recipe, const char* key, const SweepData& data)
{
    const std::string name = recipe.value(QLatin1String(key)).toString().toStdString();
    if (data.space.find(name) == nullptr)
        refuse(QStringLiteral("there is no parameter \"%1\"").arg(QString::fromStdString(name)));
    return name;
}

PlotRange rangeIn(const QJsonObject& recipe)
{
    const auto range = plotRangeFromJson(recipe.value(QStringLiteral("range")).toObject());
    if (!range)
        refuse(QStringLiteral("its range"));
    return *range;
}

} // namespace

QJsonObject sweepToRecipe(const SweepData& data)
{
    QJsonArray space;
    for (const core::Dimension& dimension : data.space.dimensions)
        space.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(dimension.name)},
                                 {QStringLiteral("distribution"),
                                  QJsonDocument::fromJson(QByteArray::fromStdString(
                                                              core::toJson(dimension.distribution)))
                                      .object()}});
    QJsonArray trials;
    for (const core::Trial& trial : data.trials)
        trials.append(trialToRecipe(data.space, trial));
    const bool up = data.direction == core::Direction::Maximize;
    return {
        {QStringLiteral("name"), QString::fromStdString(data.study)},
        {QStringLiteral("direction"), up ? QStringLiteral("maximize") : QStringLiteral("minimize")},
        {QStringLiteral("measuredOn"), data.measuredOn},
        {QStringLiteral("space"), space},
        {QStringLiteral("trials"), trials}};
}

SweepDataPointer sweepOfRecipe(const QJsonObject& recipe)
{
    constexpr qsizetype kMost = 100'000;
    const QJsonObject study = recipe.value(QStringLiteral("study")).toObject();
    auto data = std::make_shared<SweepData>();
    data->study = study.value(QStringLiteral("name")).toString().toStdString();
    const QString direction = study.value(QStringLiteral("direction")).toString();
    if (direction != QStringLiteral("maximize") && direction != QStringLiteral("minimize"))
        refuse(QStringLiteral("its direction is \"%1\"").arg(direction));
    data->direction = direction == QStringLiteral("maximize") ? core::Direction::Maximize
                                                              : core::Direction::Minimize;
    data->measuredOn = study.value(QStringLiteral("measuredOn")).toString();
    data->space = spaceOf(study.value(QStringLiteral("space")).toArray());
    const QJsonArray trials = study.value(QStringLiteral("trials")).toArray();
    if (trials.size() > kMost)
        refuse(QStringLiteral("%1 trials").arg(trials.size()));
    for (const QJsonValue& trial : trials)
        data->trials.push_back(trialOf(trial.toArray(), data->space));
    return data;
}

std::unique_ptr<SweepFigure> sweepFromRecipe(FigureKind kind, const QJsonObject& recipe)
{
    const SweepDataPointer data = sweepOfRecipe(recipe);
    switch (kind) {
    case FigureKind::SweepHistory:
        return std::make_unique<SweepHistoryFigure>(data, rangeIn(recipe));
    case FigureKind::SweepCurves:
        return std::make_unique<SweepCurvesFigure>(data, rangeIn(recipe));
    case FigureKind::SweepDistribution:
        return std::make_unique<SweepDistributionFigure>(data, rangeIn(recipe));
    case FigureKind::SweepParallel:
        return std::make_unique<SweepParallelFigure>(data);
    case FigureKind::SweepSlices:
        return std::make_unique<SweepSlicesFigure>(data);
    case FigureKind::SweepContour:
        return std::make_unique<SweepContourFigure>(contourOf(
            data, parameterIn(recipe, "across", *data), parameterIn(recipe, "up", *data)));
    case FigureKind::SweepImportance:
        return std::make_unique<SweepImportanceFigure>(
            data, core::parameterImportance(data->space, data->history()));
    default:
        refuse(figureKindName(kind) + QStringLiteral(" is no figure of a sweep"));
    }
}

} // namespace ui
