// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/lookahead.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace core
{

namespace
{

// Measured on the published pass: fewer scouts are wrong too often, more cost more than they tell.
constexpr int kScoutShare = 6; ///< one block in so many is a scout
constexpr int kChunk = 4;      ///< blocks that a thread takes at a time
constexpr std::size_t kMost = 6;

} // namespace

Lookahead::Lookahead(SortedBlocks& blocks)
    : m_blocks(blocks), m_scouts((blocks.count() + kScoutShare - 1) / kScoutShare), m_most(kMost),
      m_isRun(static_cast<std::size_t>(blocks.count()))
{
}

std::vector<Removal> Lookahead::decide(std::vector<float>& parameters,
                                       std::span<const std::size_t> candidates, int allowed,
                                       const std::stop_token& stop)
{
    if (m_most == 1)
        return {};
    Scouting scouting = scout(parameters, candidates, allowed, stop);
    if (scouting.reaches.empty())
        return std::move(scouting.decided);
    const std::vector<int> wrong = runOthers(scouting, allowed, stop);
    if (wrong.empty()) {
        takeBack(scouting, parameters);
        return {};
    }
    auto next = wrong.begin();
    for (Removal& removal : scouting.decided)
        if (removal.kept)
            removal.correct = m_blocks.kept().images() - *next++;
    for (int place = 0; place < m_scouts; ++place)
        m_blocks.recount(m_blocks.at(place));
    m_blocks.accept();
    std::ranges::fill(m_isRun, std::uint8_t{0});
    parameters = std::move(scouting.parameters.back());
    encourage();
    return std::move(scouting.decided);
}

void Lookahead::encourage()
{
    m_most = std::min(2 * m_most, kMost);
}

Lookahead::Scouting Lookahead::scout(const std::vector<float>& parameters,
                                     std::span<const std::size_t> candidates, int allowed,
                                     const std::stop_token& stop)
{
    int wrongElsewhere = m_blocks.wrong();
    for (int place = 0; place < m_scouts; ++place)
        wrongElsewhere -= m_blocks.wrongIn(m_blocks.at(place));
    Scouting scouting;
    std::vector<float> tried = parameters;
    for (const std::size_t candidate : candidates) {
        if (scouting.reaches.size() == m_most || stop.stop_requested())
            break;
        const float before = std::exchange(tried[candidate], 0.0F);
        const fused::Reach reach = m_blocks.kept().reachOf(candidate);
        int wrong = 0;
        const Outlook outlook = scoutOne(tried, reach, wrongElsewhere, allowed, wrong);
        if (outlook == Outlook::Likely) {
            scouting.reaches.push_back(reach);
            scouting.parameters.push_back(tried);
            scouting.wrong.push_back(wrong);
        } else {
            tried[candidate] = before;
        }
        if (outlook == Outlook::Unsure)
            break; // only all blocks can tell
        scouting.decided.push_back(
            {candidate, outlook == Outlook::Likely, m_blocks.kept().images() - wrong});
    }
    return scouting;
}

Lookahead::Outlook Lookahead::scoutOne(const std::vector<float>& parameters,
                                       const fused::Reach& reach, int wrongElsewhere, int allowed,
                                       int& wrong)
{
    int place = 0;
    for (; place < m_scouts && wrong <= allowed; ++place) {
        const int block = m_blocks.at(place);
        m_blocks.kept().rerun(block, parameters, reach, m_blocks.scratch(0));
        wrong += m_blocks.recount(block);
    }
    if (wrong + wrongElsewhere <= allowed)
        return Outlook::Likely;
    while (place-- > 0)
        m_blocks.kept().undo(m_blocks.at(place), reach);
    return wrong > allowed ? Outlook::Lost : Outlook::Unsure;
}

/// The wrong answers with each of the removals; nothing if one is not kept after all, or if
/// stopped.
std::vector<int> Lookahead::runOthers(const Scouting& scouting, int allowed,
                                      const std::stop_token& stop)
{
    std::vector<std::atomic<int>> wrong(scouting.reaches.size());
    std::ranges::copy(scouting.wrong, wrong.begin());
    std::atomic<bool> failed = false;
    const int chunks = (m_blocks.count() - m_scouts + kChunk - 1) / kChunk;
    m_blocks.team().run(chunks, [&](int thread, int chunk) {
        if (failed || stop.stop_requested())
            return;
        const int begin = m_scouts + chunk * kChunk;
        for (int place = begin; place < std::min(begin + kChunk, m_blocks.count()); ++place) {
            const int block = m_blocks.at(place);
            m_isRun[static_cast<std::size_t>(block)] = 1;
            for (std::size_t i = 0; i < wrong.size(); ++i) {
                m_blocks.kept().refresh(block, scouting.parameters[i],
                                        std::span(&scouting.reaches[i], 1),
                                        m_blocks.scratch(thread));
                if ((wrong[i] += m_blocks.recount(block)) > allowed)
                    failed = true;
            }
        }
    });
    if (failed || stop.stop_requested())
        return {};
    return {wrong.begin(), wrong.end()};
}

void Lookahead::takeBack(const Scouting& scouting, std::span<const float> parameters)
{
    for (int place = 0; place < m_scouts; ++place)
        m_isRun[static_cast<std::size_t>(m_blocks.at(place))] = 1;
    m_blocks.team().run(m_blocks.count(), [&](int thread, int block) {
        if (std::exchange(m_isRun[static_cast<std::size_t>(block)], std::uint8_t{0}) != 0)
            m_blocks.kept().refresh(block, parameters, scouting.reaches, m_blocks.scratch(thread));
    });
    m_most = 1;
}

} // namespace core
