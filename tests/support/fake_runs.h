// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "tests/support/fake_network.h"
#include "ui/runs/run_board.h"
#include "ui/runs/run_source.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

/// Runs that only a test moves. Shared between the test and the source that the board owns.
struct FakeRuns {
    std::mutex mutex;
    core::QueueObserver observer;
    std::vector<core::RunSummary> runs; ///< the newest first
    std::map<std::string, ui::RunHistory> histories;
    std::vector<std::string> asked; ///< "pause a", "add Title", ...
    std::string refusal;            ///< what every ask throws, if not empty
    int reads = 0;                  ///< of the list
    std::map<std::string, core::ModelPointer> best;
    int bestReads = 0;

    core::RunSummary& add(const std::string& id, core::RunKind kind, core::RunStatus status)
    {
        const std::lock_guard lock(mutex);
        core::RunSummary run;
        run.id = id;
        run.title = "Title of " + id;
        run.kind = kind;
        run.status = status;
        run.parameters = run.nonzero = 820;
        run.folder = "/runs/" + id;
        runs.insert(runs.begin(), run);
        ui::RunHistory& history = histories[id];
        history.start = sharedModel("start of " + id);
        history.spec.title = run.title;
        history.spec.data = "MNIST";
        if (kind == core::RunKind::Prune)
            history.spec.work = core::PruneSpec{};
        if (kind == core::RunKind::Golf)
            history.spec.work = core::GolfSpec{core::kGolfArchitecture, {}};
        return runs.front();
    }

    void addSteps(const std::string& id, int count); ///< of a game

    void set(const std::string& id, const std::function<void(core::RunSummary&)>& change)
    {
        {
            const std::lock_guard lock(mutex);
            change(*std::ranges::find(runs, id, &core::RunSummary::id));
        }
        observer.changed(id);
    }
};

inline core::EpochResult fakeEpoch(int epoch, int correct = 9000)
{
    core::EpochResult result;
    result.epoch = epoch;
    result.lr = 0.0008;
    result.trainImages = 60000;
    result.trainCorrect = 6 * correct - 100 * epoch;
    result.trainLoss = 1.0 / epoch;
    result.testImages = 10000;
    result.testCorrect = correct + epoch;
    result.testLoss = 0.9 / epoch;
    result.seconds = 0.5;
    return result;
}

/// Visit N (from 1) of parameter N - 1; every third is removed, every sixth for the better.
inline core::PruneVisit fakeVisit(int visit)
{
    core::PruneVisit made;
    made.visit = static_cast<std::uint64_t>(visit);
    made.parameter = static_cast<std::size_t>(visit - 1);
    made.value = 0.25F;
    made.removed = visit % 3 == 0;
    made.correctBefore = 9840;
    made.correct = visit % 6 == 0 ? 9842 : visit % 3 == 0 ? 9839 : 9799;
    made.exact = made.removed;
    made.nonzero = 820 - visit / 3;
    return made;
}

/// Step N (from 1) of a game on 10,000 images down from 820: a start, then rounds of a removal and
/// a swap, of which every second one is refused.
inline core::GolfStep fakeStep(int step)
{
    core::GolfStep made;
    made.step = static_cast<std::uint64_t>(step);
    const int within = (step - 2) % 3;
    made.round = step == 1 ? 0 : 1 + (step - 2) / 3;
    made.phase = step == 1     ? core::GolfPhase::Start
                 : within == 0 ? core::GolfPhase::Prune
                 : within == 1 ? core::GolfPhase::Grow
                               : core::GolfPhase::Shrink;
    made.nonzero = 820 - made.round + (made.phase == core::GolfPhase::Grow ? 20 : 0);
    made.trainLoss = 0.03 + 0.0001 * made.round;
    made.trainCorrect = 59000 - made.round;
    made.correct = 9850 - made.round / 4 - (within == 0 ? 3 : 0);
    made.accepted = made.phase != core::GolfPhase::Shrink || made.round % 2 == 0;
    made.bestNonzero = made.round == 0 ? 0 : 820 - made.round;
    made.bestCorrect = made.round == 0 ? 0 : 9850 - made.round / 4;
    made.epochs = static_cast<std::uint64_t>(6 * step);
    return made;
}

inline void FakeRuns::addSteps(const std::string& id, int count)
{
    const std::lock_guard lock(mutex);
    for (int step = 1; step <= count; ++step)
        histories[id].steps.push_back(fakeStep(step));
}

class FakeRunSource : public ui::RunSource
{
public:
    explicit FakeRunSource(std::shared_ptr<FakeRuns> fakes) : m_fakes(std::move(fakes)) {}

    void setData(core::RunData) override {}
    std::string add(const core::RunSpec& spec, const core::ModelPointer&) override
    {
        note("add", spec.title);
        m_fakes->add("new", core::kindOf(spec), core::RunStatus::Running);
        return "new";
    }
    void resume(const std::string& id) override { note("resume", id); }
    void pause(const std::string& id) override { note("pause", id); }
    void stopAndKeep(const std::string& id) override { note("stop", id); }
    void remove(const std::string& id) override
    {
        note("remove", id);
        const std::lock_guard lock(m_fakes->mutex);
        std::erase_if(m_fakes->runs, [&](const auto& run) { return run.id == id; });
    }
    std::vector<core::RunSummary> runs() const override
    {
        const std::lock_guard lock(m_fakes->mutex);
        ++m_fakes->reads;
        return m_fakes->runs;
    }
    ui::RunHistory history(const core::RunSummary& run) const override
    {
        const std::lock_guard lock(m_fakes->mutex);
        const auto found = m_fakes->histories.find(run.id);
        if (found == m_fakes->histories.end())
            throw core::Error(core::ErrorKind::Input, run.id + " is damaged.");
        return found->second;
    }
    core::ModelPointer best(const core::RunSummary& run) const override
    {
        const std::lock_guard lock(m_fakes->mutex);
        ++m_fakes->bestReads;
        const auto found = m_fakes->best.find(run.id);
        return found == m_fakes->best.end() ? nullptr : found->second;
    }
    std::vector<float> parametersAfter(const core::RunSummary&, int epoch) const override
    {
        return std::vector<float>(820, static_cast<float>(epoch));
    }

private:
    void note(const std::string& verb, const std::string& what)
    {
        const std::lock_guard lock(m_fakes->mutex);
        if (!m_fakes->refusal.empty())
            throw core::Error(core::ErrorKind::Output, m_fakes->refusal);
        m_fakes->asked.push_back(verb + " " + what);
    }

    std::shared_ptr<FakeRuns> m_fakes;
};

inline ui::RunSourceMaker fakeRunSource(std::shared_ptr<FakeRuns> fakes)
{
    return [fakes](core::QueueObserver observer) {
        fakes->observer = std::move(observer);
        return std::make_unique<FakeRunSource>(fakes);
    };
}
