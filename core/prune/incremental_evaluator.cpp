// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/incremental_evaluator.h"

#include "core/backend/fitting.h"
#include "core/backend/fused/coverage.h"
#include "core/backend/prepared_backend.h"
#include "core/prune/cross_entropy.h"
#include "core/prune/lookahead.h"
#include "core/prune/sorted_blocks.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace core
{

namespace
{

/// What a trial costs before other threads are asked to help, in multiply-adds: about as long as
/// waking them takes. Most trials that fail are over by then.
constexpr std::size_t kAloneCost = 1'500'000;
constexpr int kChunk = 4; ///< blocks that a thread takes at a time

bool isSame(float a, float b)
{
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

class IncrementalEvaluator : public AblationEvaluator
{
public:
    IncrementalEvaluator(const Architecture& architecture, std::span<const float> parameters,
                         const Dataset& data, int threads)
        : m_blocks(architecture, parameters, data, threads), m_lookahead(m_blocks),
          m_parameters(parameters.begin(), parameters.end()), m_tried(m_parameters),
          m_isRun(static_cast<std::size_t>(m_blocks.count())), m_images(data.size())
    {
    }

    std::string name() const override
    {
        return fmt::format("fused {}", fused::forwardKernels().name);
    }
    int images() const override { return m_images; }
    bool alwaysInFull() const override { return false; }
    std::span<const float> parameters() const override { return m_parameters; }

    std::optional<int> correct(std::stop_token /*stop*/) override
    {
        return images() - m_blocks.wrong();
    }

    std::optional<int> tryValue(std::size_t parameter, float value, int atLeast,
                                std::stop_token stop) override
    {
        forgetTrial();
        m_trial = {parameter, m_blocks.kept().reachOf(parameter)};
        m_tried[parameter] = value;
        const int allowed = images() - atLeast;
        const std::optional<int> wrong = runBlocks(allowed, stop);
        if (!wrong || *wrong > allowed)
            forgetTrial();
        if (!wrong)
            return std::nullopt;
        return images() - *wrong;
    }

    std::optional<Ablation> measure(std::size_t parameter, float value,
                                    std::stop_token stop) override
    {
        if (!tryValue(parameter, value, 0, std::move(stop)))
            return std::nullopt;
        return count();
    }

    void commit(std::size_t parameter, float value) override
    {
        if (!m_trial || m_trial->parameter != parameter || !isSame(m_tried[parameter], value))
            tryValue(parameter, value, 0, {});
        m_parameters[parameter] = value;
        m_trial.reset();
        std::ranges::fill(m_isRun, std::uint8_t{0});
        m_blocks.accept();
    }

    std::vector<Removal> removeInTurn(std::span<const std::size_t> parameters, int atLeast,
                                      std::stop_token stop) override
    {
        forgetTrial();
        std::vector<Removal> decided =
            m_lookahead.decide(m_parameters, parameters, images() - atLeast, stop);
        if (!decided.empty()) {
            m_tried = m_parameters;
            return decided;
        }
        decided = AblationEvaluator::removeInTurn(parameters, atLeast, std::move(stop));
        if (!decided.empty() && decided.front().kept)
            m_lookahead.encourage();
        return decided;
    }

private:
    /// A change that stands in the kept activations of the blocks in m_isRun, and can be undone.
    struct Trial {
        std::size_t parameter = 0;
        fused::Reach reach;
    };

    /// The wrong answers, all of them or, above `allowed`, some; nothing if stopped.
    std::optional<int> runBlocks(int allowed, const std::stop_token& stop)
    {
        const fused::Incremental& kept = m_blocks.kept();
        const std::size_t blockCost =
            kept.costOf(m_trial->reach) * static_cast<std::size_t>(kept.lanes());
        const auto alone = static_cast<int>(
            std::min(kAloneCost / (blockCost + 1) + 1, static_cast<std::size_t>(m_blocks.count())));
        int first = 0;
        int wrongAlone = 0;
        while (first < alone && wrongAlone <= allowed && !stop.stop_requested())
            wrongAlone += runBlock(m_blocks.at(first++), 0);

        std::atomic<int> wrong = wrongAlone;
        const int chunks = (m_blocks.count() - first + kChunk - 1) / kChunk;
        if (wrongAlone <= allowed)
            m_blocks.team().run(chunks, [&](int thread, int chunk) {
                if (wrong > allowed || stop.stop_requested())
                    return;
                const int begin = first + chunk * kChunk;
                for (int i = begin; i < std::min(begin + kChunk, m_blocks.count()); ++i)
                    wrong += runBlock(m_blocks.at(i), thread);
            });
        if (stop.stop_requested())
            return std::nullopt;
        return wrong;
    }

    int runBlock(int block, int thread)
    {
        m_blocks.kept().rerun(block, m_tried, m_trial->reach, m_blocks.scratch(thread));
        m_isRun[static_cast<std::size_t>(block)] = 1;
        return m_blocks.recount(block);
    }

    void forgetTrial()
    {
        if (!m_trial)
            return;
        for (int block = 0; block < m_blocks.count(); ++block)
            if (std::exchange(m_isRun[static_cast<std::size_t>(block)], std::uint8_t{0}) != 0)
                m_blocks.kept().undo(block, m_trial->reach);
        m_tried[m_trial->parameter] = m_parameters[m_trial->parameter];
        m_trial.reset();
    }

    /// Of the activations as they are.
    Ablation count()
    {
        std::vector<Ablation> parts(static_cast<std::size_t>(m_blocks.team().threads()));
        for (Ablation& part : parts)
            part.correctPerClass.resize(static_cast<std::size_t>(m_blocks.kept().classes()));
        m_blocks.team().run(m_blocks.kept().blocks(), [&](int worker, int block) {
            countBlock(block, parts[static_cast<std::size_t>(worker)]);
        });
        Ablation sum = std::move(parts.front());
        for (std::size_t i = 1; i < parts.size(); ++i) {
            sum.correct += parts[i].correct;
            sum.lossUnits += parts[i].lossUnits;
            std::ranges::transform(sum.correctPerClass, parts[i].correctPerClass,
                                   sum.correctPerClass.begin(), std::plus());
        }
        return sum;
    }

    void countBlock(int block, Ablation& sum)
    {
        std::vector<float> logits(static_cast<std::size_t>(m_blocks.kept().classes()));
        for (int lane = 0; lane < m_blocks.kept().imagesIn(block); ++lane) {
            m_blocks.kept().logitsOf(block, lane, logits);
            const std::size_t label = m_blocks.kept().labelOf(block, lane);
            const auto prediction = std::ranges::max_element(logits) - logits.begin();
            const int right = static_cast<std::size_t>(prediction) == label ? 1 : 0;
            sum.correct += right;
            sum.correctPerClass[label] += right;
            sum.lossUnits += crossEntropyUnits(logits, label);
        }
    }

    SortedBlocks m_blocks;
    Lookahead m_lookahead;
    std::vector<float> m_parameters;
    std::vector<float> m_tried; ///< the same but for what the trial changes
    std::optional<Trial> m_trial;
    std::vector<std::uint8_t> m_isRun; ///< [block]
    int m_images = 0;
};

} // namespace

bool canEvaluateIncrementally(const Architecture& architecture, int images)
{
    constexpr std::size_t kMostMemory = std::size_t{1} << 30;
    return fused::fusedCovers(architecture) && !architecture.input().averageShifts &&
           fused::Incremental::memoryFor(architecture, images) <= kMostMemory;
}

std::unique_ptr<AblationEvaluator> makeIncrementalEvaluator(const Architecture& architecture,
                                                            std::span<const float> parameters,
                                                            const Dataset& data, int threads)
{
    requireFitting(architecture, data);
    return std::make_unique<IncrementalEvaluator>(withoutTransformation(architecture), parameters,
                                                  uprightImages(architecture, data), threads);
}

} // namespace core
