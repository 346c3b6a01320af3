// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/sweep_data.h"

#include "core/search/analysis/progress.h"
#include "ui/figures/heat_map.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <set>

namespace ui
{

namespace
{

/// "MNIST validation, 10,000 images"; all of them where trials were measured on different ones.
QString measuredOnIn(const std::vector<core::Trial>& trials)
{
    std::set<std::string> known;
    for (const core::Trial& trial : trials)
        if (const auto text = trial.userAttributes.find("measured_on");
            text != trial.userAttributes.end())
            known.insert(text->second);
    QStringList images;
    for (const std::string& json : known)
        images << QString::fromStdString(core::toText(core::searchValueFromJson(json)));
    return images.join(QStringLiteral(" or "));
}

std::pair<double, double> usualRange(const SweepData& data,
                                     std::optional<double> (*valueOf)(const core::Trial&))
{
    std::vector<double> values;
    for (const core::Trial& trial : data.trials)
        if (const auto value = valueOf(trial))
            values.push_back(*value);
    if (values.empty())
        return {0, 1};
    std::ranges::sort(values);
    const auto quartile = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    // By the law of box plots, on the bad side only.
    constexpr double kFar = 1.5;
    const double reach = kFar * (quartile(0.75) - quartile(0.25));
    if (data.direction == core::Direction::Maximize)
        return {std::max(values.front(), quartile(0.25) - reach), values.back()};
    return {values.front(), std::min(values.back(), quartile(0.75) + reach)};
}

} // namespace

QString SweepData::valueTitle() const
{
    return measuredOn.isEmpty() ? QStringLiteral("objective value") : QStringLiteral("accuracy, %");
}

QString SweepData::valueText(double value) const
{
    return measuredOn.isEmpty() ? shortNumber(value, 4)
                                : QString::number(100 * value, 'f', 2) + QStringLiteral(" %");
}

const core::Trial* SweepData::find(int number) const
{
    const auto found = std::ranges::find(trials, number, &core::Trial::number);
    return found == trials.end() ? nullptr : &*found;
}

SweepDataPointer sweepData(std::string study, std::string storage, core::Direction direction,
                           std::vector<core::Trial> trials, const core::SearchSpace& known,
                           const QString& measuredOn)
{
    auto data = std::make_shared<SweepData>();
    data->study = std::move(study);
    data->storage = std::move(storage);
    data->direction = direction;
    data->trials = std::move(trials);
    data->space = core::triedSpace(data->history(), known);
    data->measuredOn = measuredOnIn(data->trials);
    if (data->measuredOn.isEmpty())
        data->measuredOn = measuredOn;
    return data;
}

QString stateText(core::TrialState state)
{
    switch (state) {
    case core::TrialState::Running:
        return QStringLiteral("running");
    case core::TrialState::Complete:
        return QStringLiteral("complete");
    case core::TrialState::Pruned:
        return QStringLiteral("pruned");
    case core::TrialState::Fail:
        return QStringLiteral("failed");
    case core::TrialState::Waiting:
        return QStringLiteral("waiting");
    }
    return {};
}

QString attributeOf(const core::Trial& trial, const std::string& key)
{
    const auto found = trial.userAttributes.find(key);
    if (found == trial.userAttributes.end())
        return {};
    try {
        return QString::fromStdString(core::toText(core::searchValueFromJson(found->second)));
    } catch (const std::exception&) { // a list or an object, of another program
        return QString::fromStdString(found->second);
    }
}

QString parameterText(const core::TrialParameter& parameter)
{
    const core::SearchValue value = parameter.external();
    if (const auto* number = std::get_if<double>(&value))
        return QString::number(*number, 'g', 4);
    return QString::fromStdString(core::toText(value));
}

std::optional<double> latestValue(const core::Trial& trial)
{
    std::optional<double> value = trial.value();
    if (!value && !trial.reported.empty())
        value = trial.reported.rbegin()->second;
    return value && std::isfinite(*value) ? value : std::nullopt;
}

QString countsText(const SweepData& data)
{
    QStringList parts;
    for (const core::TrialState state :
         {core::TrialState::Complete, core::TrialState::Pruned, core::TrialState::Running,
          core::TrialState::Waiting, core::TrialState::Fail})
        if (const int count = core::trialsIn(data.history(), state); count > 0)
            parts << QStringLiteral("%1 %2").arg(count).arg(stateText(state));
    const auto count = static_cast<int>(data.trials.size());
    const QString all =
        count == 1 ? QStringLiteral("1 trial") : QStringLiteral("%1 trials").arg(count);
    if (parts.size() == 1 && count > 1)
        return all + QStringLiteral(", all ") + parts.front().section(u' ', 1);
    return parts.isEmpty() ? QStringLiteral("no trials yet")
                           : all + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}

QString describeTrial(const SweepData& data, const core::Trial& trial)
{
    QStringList lines;
    const auto value = latestValue(trial);
    lines << QStringLiteral("trial %1, %2").arg(trial.number).arg(stateText(trial.state)) +
                 (value ? QStringLiteral(": ") + data.valueText(*value) : QString());
    for (const core::Dimension& dimension : data.space.dimensions)
        if (const auto found = trial.parameters.find(dimension.name);
            found != trial.parameters.end())
            lines << QStringLiteral("%1 %2").arg(QString::fromStdString(dimension.name),
                                                 parameterText(found->second));
    return lines.join(u'\n');
}

std::pair<double, double> usualResults(const SweepData& data)
{
    return usualRange(data, core::trialResult);
}

std::pair<double, double> usualValues(const SweepData& data)
{
    return usualRange(data, latestValue);
}

std::pair<double, double> withAir(std::pair<double, double> range)
{
    const auto [low, high] = range;
    const double air =
        std::max(0.08 * (high - low), 1e-3 * std::max({std::abs(low), std::abs(high), 1e-6}));
    return {low - air, high + air};
}

int resultsOutside(const SweepData& data, std::pair<double, double> range)
{
    return static_cast<int>(std::ranges::count_if(data.trials, [&](const core::Trial& trial) {
        const auto value = core::trialResult(trial);
        return value && (*value < range.first || *value > range.second);
    }));
}

QString outsideText(int trials)
{
    return trials == 1 ? QStringLiteral("1 trial is outside")
                       : QStringLiteral("%1 trials are outside").arg(trials);
}

} // namespace ui
