// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/incremental_evaluator.h"

#include "core/backend/fused/aligned.h"
#include "core/backend/fused/coverage.h"
#include "core/backend/fused/incremental.h"
#include "core/backend/fused/workers.h"
#include "core/base/error.h"
#include "core/prune/cross_entropy.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <utility>

namespace core
{

namespace
{

using fused::Incremental;

/// What a trial costs before other threads are asked to help, in multiply-adds: about as long as
/// waking them takes. Most trials that fail are over by then.
constexpr std::size_t kAloneCost = 1'500'000;
constexpr int kChunk = 4; ///< blocks that a thread takes at a time

class IncrementalEvaluator : public AblationEvaluator
{
public:
    IncrementalEvaluator(const Architecture& architecture, std::span<const float> parameters,
                         const Dataset& data, int threads)
        : m_kept(architecture, data.size()), m_team(std::max(threads, 1)),
          m_parameters(parameters.begin(), parameters.end()), m_tried(m_parameters)
    {
        for (int i = 0; i < m_team.threads(); ++i)
            m_scratch.emplace_back(m_kept.scratchFloats());
        const auto blocks = static_cast<std::size_t>(m_kept.blocks());
        m_order.resize(blocks);
        std::iota(m_order.begin(), m_order.end(), 0);
        m_wrong.resize(blocks);
        m_triedWrong.resize(blocks);
        m_isRun.resize(blocks);
        fillHardestFirst(data);
    }

    std::string name() const override
    {
        return fmt::format("fused {}", fused::forwardKernels().name);
    }
    int images() const override { return m_kept.images(); }
    bool alwaysInFull() const override { return false; }
    std::span<const float> parameters() const override { return m_parameters; }

    std::optional<int> correct(std::stop_token /*stop*/) override { return m_correct; }

    std::optional<int> tryValue(std::size_t parameter, float value, int atLeast,
                                std::stop_token stop) override
    {
        forgetTrial();
        beginTrial(parameter, value);
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
        if (!tryValue(parameter, value, 0, stop))
            return std::nullopt;
        return count();
    }

    void commit(std::size_t parameter, float value) override
    {
        if (!m_trial || m_trial->parameter != parameter ||
            std::bit_cast<std::uint32_t>(m_tried[parameter]) != std::bit_cast<std::uint32_t>(value))
            tryValue(parameter, value, 0, {});
        m_parameters[parameter] = value;
        m_trial.reset();
        std::ranges::fill(m_isRun, std::uint8_t{0});
        m_wrong.swap(m_triedWrong);
        m_correct = images() - std::accumulate(m_wrong.begin(), m_wrong.end(), 0);
        // Where most are wrong a later trial fails soonest.
        std::ranges::stable_sort(m_order, std::ranges::greater(), [&](int block) {
            return m_wrong[static_cast<std::size_t>(block)];
        });
    }

private:
    /// A change that stands in the kept activations of the blocks in m_isRun, and can be undone.
    struct Trial {
        std::size_t parameter = 0;
        fused::Reach reach;
    };

    void fill(const Dataset& data, const std::vector<int>& order)
    {
        m_team.run(m_kept.blocks(), [&](int worker, int block) {
            m_kept.fill(block, m_parameters, data, order, scratch(worker));
            m_wrong[static_cast<std::size_t>(block)] =
                m_kept.imagesIn(block) - m_kept.countCorrect(block);
        });
        m_correct = images() - std::accumulate(m_wrong.begin(), m_wrong.end(), 0);
    }

    void fillHardestFirst(const Dataset& data)
    {
        std::vector<int> order(static_cast<std::size_t>(data.size()));
        std::iota(order.begin(), order.end(), 0);
        fill(data, order);
        const std::vector<float> margins = marginsOfAll();
        std::ranges::stable_sort(order, {},
                                 [&](int i) { return margins[static_cast<std::size_t>(i)]; });
        fill(data, order);
    }

    /// How far the logit of the label is above the highest other, by position.
    std::vector<float> marginsOfAll() const
    {
        std::vector<float> margins;
        std::vector<float> logits(static_cast<std::size_t>(m_kept.classes()));
        for (int block = 0; block < m_kept.blocks(); ++block)
            for (int lane = 0; lane < m_kept.imagesIn(block); ++lane) {
                m_kept.logitsOf(block, lane, logits);
                const float own = std::exchange(logits[m_kept.labelOf(block, lane)],
                                                -std::numeric_limits<float>::infinity());
                const float margin = own - *std::ranges::max_element(logits);
                margins.push_back(std::isnan(margin) ? -std::numeric_limits<float>::infinity()
                                                     : margin);
            }
        return margins;
    }

    void beginTrial(std::size_t parameter, float value)
    {
        m_trial = {parameter, m_kept.reachOf(parameter)};
        m_tried[parameter] = value;
    }

    /// The wrong answers, all of them or, above `allowed`, some; nothing if stopped.
    std::optional<int> runBlocks(int allowed, const std::stop_token& stop)
    {
        const std::size_t blockCost =
            m_kept.costOf(m_trial->reach) * static_cast<std::size_t>(m_kept.lanes());
        const auto alone = static_cast<int>(
            std::min(kAloneCost / (blockCost + 1) + 1, static_cast<std::size_t>(m_kept.blocks())));
        int first = 0;
        int wrongAlone = 0;
        while (first < alone && wrongAlone <= allowed && !stop.stop_requested())
            wrongAlone += runBlock(m_order[static_cast<std::size_t>(first++)], scratch(0));

        std::atomic<int> wrong = wrongAlone;
        if (wrongAlone <= allowed)
            m_team.run((m_kept.blocks() - first + kChunk - 1) / kChunk, [&](int worker, int chunk) {
                const int begin = first + chunk * kChunk;
                if (wrong > allowed || stop.stop_requested())
                    return;
                for (int i = begin; i < std::min(begin + kChunk, m_kept.blocks()); ++i)
                    wrong += runBlock(m_order[static_cast<std::size_t>(i)], scratch(worker));
            });
        if (stop.stop_requested())
            return std::nullopt;
        return wrong;
    }

    int runBlock(int block, float* workerScratch)
    {
        const auto at = static_cast<std::size_t>(block);
        m_kept.rerun(block, m_tried, m_trial->reach, workerScratch);
        m_isRun[at] = 1;
        m_triedWrong[at] = m_kept.imagesIn(block) - m_kept.countCorrect(block);
        return m_triedWrong[at];
    }

    void forgetTrial()
    {
        if (!m_trial)
            return;
        for (int block = 0; block < m_kept.blocks(); ++block)
            if (std::exchange(m_isRun[static_cast<std::size_t>(block)], std::uint8_t{0}) != 0)
                m_kept.undo(block, m_trial->reach);
        m_tried[m_trial->parameter] = m_parameters[m_trial->parameter];
        m_trial.reset();
    }

    /// Of the activations as they are.
    Ablation count()
    {
        std::vector<Ablation> parts(static_cast<std::size_t>(m_team.threads()));
        for (Ablation& part : parts)
            part.correctPerClass.resize(static_cast<std::size_t>(m_kept.classes()));
        m_team.run(m_kept.blocks(), [&](int worker, int block) {
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

    void countBlock(int block, Ablation& sum) const
    {
        std::vector<float> logits(static_cast<std::size_t>(m_kept.classes()));
        for (int lane = 0; lane < m_kept.imagesIn(block); ++lane) {
            m_kept.logitsOf(block, lane, logits);
            const std::size_t label = m_kept.labelOf(block, lane);
            const auto prediction = std::ranges::max_element(logits) - logits.begin();
            const int right = static_cast<std::size_t>(prediction) == label ? 1 : 0;
            sum.correct += right;
            sum.correctPerClass[label] += right;
            sum.lossUnits += crossEntropyUnits(logits, label);
        }
    }

    float* scratch(int worker) { return m_scratch[static_cast<std::size_t>(worker)].data(); }

    Incremental m_kept;
    fused::Workers m_team;
    std::vector<float> m_parameters;
    std::vector<float> m_tried; ///< the same but for what the trial changes
    std::optional<Trial> m_trial;
    int m_correct = 0;
    std::vector<int> m_order;      ///< blocks, the hardest first
    std::vector<int> m_wrong;      ///< [block] answers
    std::vector<int> m_triedWrong; ///< [block] in the trial
    std::vector<std::uint8_t> m_isRun;
    std::vector<fused::AlignedFloats> m_scratch; ///< [worker]
};

void requireFitting(const Architecture& architecture, const Dataset& data)
{
    const InputSpec& input = architecture.input();
    if (data.height != input.height || data.width != input.width)
        throw Error(ErrorKind::Input,
                    fmt::format("{} has images of {}x{} pixels, the network expects {}x{}",
                                data.description(), data.height, data.width, input.height,
                                input.width));
    const auto highest = std::ranges::max_element(data.labels);
    if (highest != data.labels.end() && *highest >= architecture.classes())
        throw Error(ErrorKind::Input,
                    fmt::format("{} has the label {}, the network has {} logits",
                                data.description(), *highest, architecture.classes()));
}

} // namespace

bool canEvaluateIncrementally(const Architecture& architecture, int images)
{
    constexpr std::size_t kMostMemory = std::size_t{1} << 30;
    return fused::fusedCovers(architecture) &&
           Incremental::memoryFor(architecture, images) <= kMostMemory;
}

std::unique_ptr<AblationEvaluator> makeIncrementalEvaluator(const Architecture& architecture,
                                                            std::span<const float> parameters,
                                                            const Dataset& data, int threads)
{
    requireFitting(architecture, data);
    return std::make_unique<IncrementalEvaluator>(architecture, parameters, data, threads);
}

} // namespace core
