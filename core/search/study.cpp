// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/study.h"

#include "core/base/error.h"
#include "core/search/halving_pruner.h"
#include "core/search/search_json.h"
#include "core/search/study_names.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

std::unique_ptr<Database> openStorage(const StudyPlace& place)
{
    auto database = openDatabase(place.url, OpenMode::Create);
    prepareSchema(*database, databaseTitle(place.url), place.version);
    return database;
}

std::unique_ptr<Database> openStorage(const std::string& url)
{
    auto database = openDatabase(url, OpenMode::Existing);
    requireSchema(*database, databaseTitle(url));
    return database;
}

/// Values that were fixed when the trial was queued.
SearchPoint fixedValues(const Trial& trial, const SearchSpace& space)
{
    SearchPoint fixed;
    const auto found = trial.systemAttributes.find("fixed_params");
    if (found == trial.systemAttributes.end())
        return fixed;
    const Json json = Json::parse(found->second, nullptr, false);
    for (const auto& [name, distribution] : space.dimensions)
        if (json.is_object() && json.contains(name))
            if (const auto value = internalValue(distribution, searchValueOf(json.at(name))))
                fixed[name] = *value;
    return fixed;
}

/// What the trial says of itself comes first, then the sampler; what neither knows is drawn.
SearchPoint pointFor(const Trial& trial, const SearchSpace& space,
                     const std::optional<Suggestion>& suggestion)
{
    SearchPoint point;
    for (const auto& [name, parameter] : trial.parameters)
        point[name] = parameter.internal;
    point.merge(fixedValues(trial, space));
    if (suggestion)
        for (const auto& [name, value] : suggestion->point)
            point.try_emplace(name, value);
    Random random(derivedSeed(0, static_cast<std::uint64_t>(trial.number)));
    for (const auto& [name, distribution] : space.dimensions)
        if (!point.contains(name))
            point[name] = randomValue(distribution, random);
    return point;
}

/// The failed trial as it is to be tried again. What it had on the pruner's rungs is not copied: it
/// will get there again.
Trial retryOf(const Trial& failed)
{
    Trial retry;
    retry.parameters = failed.parameters;
    retry.userAttributes = failed.userAttributes;
    for (const auto& [key, json] : failed.systemAttributes)
        if (!key.starts_with(kRungPrefix))
            retry.systemAttributes[key] = json;
    retry.systemAttributes.try_emplace("failed_trial", std::to_string(failed.number));
    const auto before = failed.systemAttributes.find("retry_history");
    Json history = before == failed.systemAttributes.end()
                       ? Json::array()
                       : Json::parse(before->second, nullptr, false);
    if (!history.is_array())
        history = Json::array();
    history.push_back(failed.number);
    retry.systemAttributes["retry_history"] = history.dump();
    return retry;
}

int retriesOf(const Trial& retry)
{
    return static_cast<int>(Json::parse(retry.systemAttributes.at("retry_history")).size());
}

} // namespace

int countedTrials(const StudyHistory& history)
{
    return static_cast<int>(std::ranges::count_if(history.trials, [](const Trial& trial) {
        return trial.state != TrialState::Fail && trial.state != TrialState::Waiting;
    }));
}

Study::Study(const StudyPlace& place, const std::string& name, Direction direction)
    : m_url(place.url), m_name(name), m_database(openStorage(place)),
      m_id(findOrCreateStudy(*m_database, name, direction)),
      m_direction(directionOfStudy(*m_database, m_id, name)), m_reader(*m_database, m_id),
      m_writer(*m_database, m_id)
{
    refresh();
}

Study::Study(const std::string& url, const std::string& name)
    : m_url(url), m_name(name), m_database(openStorage(url)),
      m_id(existingStudy(*m_database, databaseTitle(url), name)),
      m_direction(directionOfStudy(*m_database, m_id, name)), m_reader(*m_database, m_id),
      m_writer(*m_database, m_id)
{
    refresh();
}

void Study::refresh()
{
    m_reader.refresh();
}

const Trial& Study::byId(std::int64_t id) const
{
    return *std::ranges::find(trials(), id, &Trial::id);
}

void Study::requireCompatible(const SearchSpace& space) const
{
    for (const auto& [name, distribution] : space.dimensions) {
        for (const Trial& trial : trials()) {
            const auto found = trial.parameters.find(name);
            if (found == trial.parameters.end())
                continue;
            if (!areCompatible(found->second.distribution, distribution))
                throw Error(ErrorKind::Usage,
                            fmt::format("study {}: trial {} drew \"{}\" from {}, now it would be "
                                        "{}; another study can have it",
                                        m_name, trial.number, name,
                                        toJson(found->second.distribution), toJson(distribution)));
            break; // what is stored agrees with itself
        }
    }
}

/// What nobody else is to come between: with the study locked and just read.
template<typename Work>
auto Study::change(Work work)
{
    try {
        WriteTransaction transaction(*m_database);
        m_writer.lockStudy();
        refresh();
        const auto result = work();
        transaction.commit();
        return result;
    } catch (...) {
        m_reader.forget();
        throw;
    }
}

std::optional<Trial> Study::ask(const SearchSpace& space, const Sampler& sampler, int limit)
{
    return change([&]() -> std::optional<Trial> {
        requireCompatible(space);
        const std::optional<std::int64_t> waiting = m_writer.claimWaiting();
        if (!waiting && limit > 0 && countedTrials(history()) >= limit)
            return std::nullopt;
        const int number = waiting ? byId(*waiting).number : static_cast<int>(trials().size());
        const auto suggestion = sampler.suggest(space, history(), number);
        if (!suggestion && !waiting)
            return std::nullopt;
        const std::int64_t id = waiting ? *waiting : m_writer.create(TrialState::Running);
        m_writer.beat(id);
        refresh();
        Trial trial = byId(id);
        const SearchPoint point = pointFor(trial, space, suggestion);
        for (const auto& [name, distribution] : space.dimensions)
            if (trial.parameters.try_emplace(name, point.at(name), distribution).second)
                m_writer.setParameter(id, name, trial.parameters.at(name));
        if (!waiting) {
            m_writer.setSystemAttributes(id, suggestion->attributes);
            trial.systemAttributes = suggestion->attributes;
        }
        return trial;
    });
}

int Study::runningElsewhere()
{
    return m_writer.beatingTrials();
}

bool Study::report(std::int64_t trial, std::int64_t step, double value,
                   const TrialAttributes& system)
{
    WriteTransaction transaction(*m_database);
    if (!m_writer.holdRunning(trial))
        return false;
    m_writer.report(trial, step, value);
    m_writer.setSystemAttributes(trial, system);
    transaction.commit();
    return true;
}

bool Study::tell(const Trial& trial, TrialState state, std::optional<double> value,
                 const TrialAttributes& user)
{
    if (state == TrialState::Pruned && !value && trial.lastStep())
        value = trial.reported.at(*trial.lastStep());
    if (state == TrialState::Complete && (!value || std::isnan(*value)))
        state = TrialState::Fail;
    if (value && (state == TrialState::Fail || std::isnan(*value)))
        value.reset();
    WriteTransaction transaction(*m_database);
    m_writer.setUserAttributes(trial.id, user);
    if (!m_writer.finish(trial.id, state, value))
        return false;
    transaction.commit();
    return true;
}

bool Study::release(std::int64_t trial)
{
    WriteTransaction transaction(*m_database);
    if (!m_writer.release(trial))
        return false;
    transaction.commit();
    return true;
}

void Study::beat(std::int64_t trial)
{
    m_writer.beat(trial);
}

std::vector<int> Study::freeStale(double graceSeconds, int retries)
{
    std::vector<int> freed;
    if (m_writer.staleTrials(graceSeconds).empty()) // without keeping anybody waiting
        return freed;
    return change([&] {
        for (const std::int64_t id : m_writer.staleTrials(graceSeconds)) {
            if (!m_writer.finish(id, TrialState::Fail, std::nullopt))
                continue;
            const Trial retry = retryOf(byId(id));
            if (retriesOf(retry) <= retries)
                m_writer.createWaiting(retry);
            freed.push_back(byId(id).number);
        }
        return freed;
    });
}

int Study::enqueue(const std::map<std::string, SearchValue>& values, const SearchSpace& space)
{
    Json fixed = Json::object();
    for (const auto& [name, value] : values) {
        const Distribution* distribution = space.find(name);
        const auto internal = distribution ? internalValue(*distribution, value) : std::nullopt;
        if (!internal || !contains(*distribution, *internal))
            throw Error(ErrorKind::Usage,
                        fmt::format("\"{}\" = {}: {}", name, toText(value),
                                    distribution ? "expected a value of " + toJson(*distribution)
                                                 : "the search space has no such parameter"));
        fixed[name] = jsonOf(externalValue(*distribution, *internal));
    }
    Trial trial;
    trial.systemAttributes["fixed_params"] = fixed.dump();
    return change([&] {
        const std::int64_t id = m_writer.createWaiting(trial);
        refresh();
        return byId(id).number;
    });
}

std::optional<std::string> Study::userAttribute(const std::string& key)
{
    const auto rows = m_database->run(
        "SELECT value_json FROM study_user_attributes WHERE study_id = ? AND key = ?", {m_id, key});
    return rows.empty() ? std::nullopt : std::optional(textOf(rows[0][0]));
}

void Study::setUserAttribute(const std::string& key, const std::string& json)
{
    m_writer.setAttribute("study_user_attributes", "study_id", m_id, key, json);
}

} // namespace core
