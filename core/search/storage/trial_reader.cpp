// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/storage/trial_reader.h"

#include "core/base/error.h"
#include "core/search/storage/stored_number.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace core
{

namespace
{

constexpr std::size_t kTrialsAQuery = 1000;

TrialState stateOf(const SqlValue& value)
{
    const std::string name = textOf(value);
    if (const auto state = stateByName(name))
        return *state;
    throw Error(ErrorKind::Input, fmt::format("study storage: trial state \"{}\"", name));
}

} // namespace

void TrialReader::refresh()
{
    std::vector<std::int64_t> open;
    for (const Trial& trial : m_trials)
        if (!isFinished(trial.state))
            open.push_back(trial.id);
    const std::string also =
        open.empty() ? "" : fmt::format(" OR trial_id IN ({})", fmt::join(open, ","));
    // State before details: one that is finished here has all of them.
    const auto rows = m_database.run(
        fmt::format("SELECT trial_id, number, state, datetime_start, datetime_complete FROM trials "
                    "WHERE study_id = ? AND (trial_id > {}{}) ORDER BY trial_id",
                    m_lastId, also),
        {m_study});
    std::vector<std::int64_t> changed;
    for (const SqlRow& row : rows) {
        const std::int64_t id = integerOf(row[0]);
        const auto [place, isNew] = m_places.try_emplace(id, m_trials.size());
        if (isNew)
            m_trials.emplace_back();
        Trial trial;
        trial.id = id;
        trial.number = static_cast<int>(integerOf(row[1]));
        trial.state = stateOf(row[2]);
        trial.begun = textOf(row[3]);
        trial.ended = textOf(row[4]);
        m_trials[place->second] = std::move(trial);
        m_lastId = std::max(m_lastId, id);
        changed.push_back(id);
    }
    for (std::size_t i = 0; i < changed.size(); i += kTrialsAQuery)
        readDetails(std::span(changed).subspan(i, std::min(kTrialsAQuery, changed.size() - i)));
}

void TrialReader::forget()
{
    m_lastId = 0;
    m_trials.clear();
    m_places.clear();
}

void TrialReader::readDetails(std::span<const std::int64_t> ids)
{
    const auto rowsOf = [&](std::string_view columns, std::string_view table) {
        return m_database.run(fmt::format("SELECT trial_id, {} FROM {} WHERE trial_id IN ({})",
                                          columns, table, fmt::join(ids, ",")));
    };
    for (const SqlRow& row : rowsOf("param_name, param_value, distribution_json", "trial_params"))
        at(integerOf(row[0])).parameters[textOf(row[1])] = {numberOf(row[2]),
                                                            distributionFromJson(textOf(row[3]))};
    for (const SqlRow& row : rowsOf("objective, value, value_type", "trial_values")) {
        auto& values = at(integerOf(row[0])).values;
        const auto objective = static_cast<std::size_t>(integerOf(row[1]));
        values.resize(std::max(values.size(), objective + 1));
        values[objective] = numberFrom(row[2], textOf(row[3]));
    }
    for (const SqlRow& row :
         rowsOf("step, intermediate_value, intermediate_value_type", "trial_intermediate_values"))
        at(integerOf(row[0])).reported[integerOf(row[1])] = numberFrom(row[2], textOf(row[3]));
    constexpr std::string_view kAttribute = "key, value_json";
    for (const SqlRow& row : rowsOf(kAttribute, "trial_user_attributes"))
        at(integerOf(row[0])).userAttributes[textOf(row[1])] = textOf(row[2]);
    for (const SqlRow& row : rowsOf(kAttribute, "trial_system_attributes"))
        at(integerOf(row[0])).systemAttributes[textOf(row[1])] = textOf(row[2]);
}

} // namespace core
