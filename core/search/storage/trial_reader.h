// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/storage/database.h"
#include "core/search/trial.h"

#include <vector>

namespace core
{

/// The trials of a study as they were last read, by number. What is finished is not read again.
class TrialReader
{
public:
    TrialReader(Database& database, std::int64_t study) : m_database(database), m_study(study) {}

    const std::vector<Trial>& trials() const { return m_trials; }
    void refresh();
    void forget(); ///< what was read in a transaction that came to nothing

private:
    void readDetails(std::span<const std::int64_t> ids);
    Trial& at(std::int64_t id) { return m_trials[m_places.at(id)]; }

    Database& m_database;
    std::int64_t m_study;
    std::int64_t m_lastId = 0;
    std::vector<Trial> m_trials;
    std::map<std::int64_t, std::size_t> m_places; ///< by id
};

} // namespace core
