// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/pruner.h"
#include "core/search/sampler.h"
#include "core/search/storage/schema.h"
#include "core/search/storage/trial_reader.h"
#include "core/search/storage/trial_writer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// Where studies are kept: tables that Optuna reads and writes as well.
struct StudyPlace {
    std::string url;                                   ///< a file or a URL (openDatabase)
    StorageVersion version = StorageVersion::Optuna30; ///< of a storage that is made anew
};

/// A line of a list of studies.
struct StudySummary {
    std::string name;
    std::vector<Direction> directions; ///< one an objective
    int trials = 0;
    int complete = 0;
    std::string begun; ///< when its first trial was; empty where there is none
};

/// All studies of a storage that exists, by name. Throws Error(Input).
std::vector<StudySummary> listStudies(const std::string& url);

/// Removes a study with all its trials, entirely or not at all. Throws Error(Input) if it is
/// absent.
void removeStudy(const std::string& url, const std::string& name);

/// Trials that are complete, pruned or running.
int countedTrials(const StudyHistory& history);

/// One study with one objective, through a connection of its own. Any number of processes, on any
/// number of machines, may work on it, Optuna's among them. Every change is a transaction: a kill
/// leaves a trial that runs, to be freed by freeStale(), and nothing half-written. Calls block;
/// one thread at a time. They throw Error as openDatabase does.
class Study
{
public:
    /// Opens it, or makes it together with its storage. One that exists keeps its direction.
    Study(const StudyPlace& place, const std::string& name, Direction direction);
    /// Opens one that exists. Throws Error(Input) naming those that do.
    Study(const std::string& url, const std::string& name);

    const std::string& url() const { return m_url; }
    const std::string& name() const { return m_name; }
    Direction direction() const { return m_direction; }

    /// Reads what has changed.
    void refresh();
    /// As last read, by number.
    const std::vector<Trial>& trials() const { return m_reader.trials(); }
    StudyHistory history() const { return {m_name, m_direction, trials()}; }

    /// The next trial to run: the oldest that waits, else a new one. Its values are those it waits
    /// with, and the sampler's for the others. Nobody else makes a trial meanwhile. Absent where
    /// the sampler has nothing left, and where none waits and `limit` of them count (0: no limit).
    /// Throws Error(Usage) where the space contradicts what earlier trials drew from.
    std::optional<Trial> ask(const SearchSpace& space, const Sampler& sampler, int limit = 0);
    /// Running trials whose workers give signs of life.
    int runningElsewhere();

    // Each returns false, and changes nothing, where the trial is not RUNNING any more: somebody
    // took the worker for dead.

    bool report(std::int64_t trial, std::int64_t step, double value,
                const TrialAttributes& system = {});
    /// A pruned trial without a value gets the last one that it reported; one that is complete with
    /// no number has failed.
    bool tell(const Trial& trial, TrialState state, std::optional<double> value = {},
              const TrialAttributes& user = {});

    /// Gives a running trial back: it waits for the next worker, with its values and as its number,
    /// and nothing reported.
    bool release(std::int64_t trial);

    /// Says that the worker of a running trial lives.
    void beat(std::int64_t trial);
    /// Fails running trials without a sign of life for so long, and queues each again at most
    /// `retries` times, as Optuna's RetryFailedTrialCallback does. Returns their numbers. Trials
    /// whose workers never gave one are left alone.
    std::vector<int> freeStale(double graceSeconds, int retries);

    /// Queues a trial with these values; the sampler will choose the others. Returns its number.
    /// Throws Error(Usage) naming a value that the space does not have.
    int enqueue(const std::map<std::string, SearchValue>& values, const SearchSpace& space);

    std::optional<std::string> userAttribute(const std::string& key); ///< JSON text
    void setUserAttribute(const std::string& key, const std::string& json);

private:
    template<typename Work>
    auto change(Work work);
    void requireCompatible(const SearchSpace& space) const;
    const Trial& byId(std::int64_t id) const;

    std::string m_url;
    std::string m_name;
    std::unique_ptr<Database> m_database;
    std::int64_t m_id = 0;
    Direction m_direction = Direction::Maximize;
    TrialReader m_reader;
    TrialWriter m_writer;
};

} // namespace core
