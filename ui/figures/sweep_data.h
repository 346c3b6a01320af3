// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/study.h"
#include "ui/figures/plot_range.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace ui
{

/// A study at one moment, for everything that shows it.
struct SweepData {
    std::string study;
    std::string storage; ///< its title, without a password
    core::Direction direction = core::Direction::Maximize;
    std::vector<core::Trial> trials; ///< by number
    core::SearchSpace space;         ///< that they drew from
    /// The images that the values are accuracies on; empty where the values are something else.
    QString measuredOn;

    core::StudyHistory history() const { return {study, direction, trials}; }
    double factor() const { return measuredOn.isEmpty() ? 1 : 100; } ///< from a value to its text
    QString valueTitle() const;                                      ///< "accuracy, %"
    QString valueText(double value) const;                           ///< "98.31 %"
    const core::Trial* find(int number) const;                       ///< nullptr if absent
};

using SweepDataPointer = std::shared_ptr<const SweepData>;

/// With space and images that the trials tell of; `measuredOn` while none does yet.
SweepDataPointer sweepData(std::string study, std::string storage, core::Direction direction,
                           std::vector<core::Trial> trials, const core::SearchSpace& known = {},
                           const QString& measuredOn = {});

QString stateText(core::TrialState state); ///< "complete"
/// A user attribute as text; empty where there is none.
QString attributeOf(const core::Trial& trial, const std::string& key);
QString parameterText(const core::TrialParameter& parameter); ///< "0.002431", "prelu"
/// The value of a trial where it has one, else what it reported last.
std::optional<double> latestValue(const core::Trial& trial);
/// "40 trials: 25 complete, 12 pruned, 3 failed"
QString countsText(const SweepData& data);
/// "trial 17, complete: 98.31 %\nlr 0.00213\nbatch 14"
QString describeTrial(const SweepData& data, const core::Trial& trial);

/// From the lowest to the highest result of the complete trials, without those so bad that they
/// would squeeze the others into a corner. 0 to 1 of none.
std::pair<double, double> usualResults(const SweepData& data);
/// The same of what all trials reached.
std::pair<double, double> usualValues(const SweepData& data);
/// An axis for such a range.
std::pair<double, double> withAir(std::pair<double, double> range);
/// Results of the complete trials outside of a range of values.
int resultsOutside(const SweepData& data, std::pair<double, double> range);
QString outsideText(int trials); ///< "1 trial is outside"

} // namespace ui
