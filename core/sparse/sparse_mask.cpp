// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sparse/sparse_mask.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/model/parameters.h"
#include "core/sparse/saliency.h"
#include "core/sparse/tensor_shares.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numeric>

namespace core
{

namespace
{

constexpr std::size_t kMostRounds = 100;

/// What the numbers drawn are for.
enum class Draw : std::uint64_t { Places = 0x5BA25E, Images };

class Choice
{
public:
    Choice(Backend& backend, std::span<const float> parameters, const Dataset& training,
           const TrainingOptions& options, const std::stop_token& stop)
        : m_backend(backend), m_parameters(parameters), m_training(training), m_options(options),
          m_stop(stop), m_layout(backend.architecture())
    {
        for (const ParameterSlice& slice : m_layout.slices()) {
            const std::size_t before = m_candidates.size();
            for (std::size_t i = slice.offset; i < slice.offset + slice.count; ++i)
                if (isTrainable(slice.role) && (options.mask.empty() || options.mask[i] != 0))
                    m_candidates.push_back(i);
            m_available.push_back(m_candidates.size() - before);
        }
        m_count = static_cast<std::size_t>(options.switches.nonzero);
        if (m_count > m_candidates.size())
            throw Error(ErrorKind::Usage,
                        fmt::format("training: {} non-zero parameters, expected up to the {} that "
                                    "are trained",
                                    m_count, m_candidates.size()));
    }

    std::optional<std::vector<std::uint8_t>> mask()
    {
        std::optional<std::vector<std::uint8_t>> found = chosen();
        if (found)
            restoreStatistics(*found);
        return found;
    }

private:
    std::uint64_t seedOf(Draw draw) const
    {
        return derivedSeed(m_options.seed, static_cast<std::uint64_t>(draw));
    }

    std::optional<std::vector<std::uint8_t>> chosen()
    {
        switch (m_options.switches.sparse) {
        case SparseMethod::None:
            break;
        case SparseMethod::Random:
            return highest(randomNumbers());
        case SparseMethod::Erk:
        case SparseMethod::Set:
        case SparseMethod::RigL:
            return inEachTensor();
        case SparseMethod::Magnitude: {
            std::vector<double> magnitudes(m_parameters.begin(), m_parameters.end());
            std::ranges::transform(magnitudes, magnitudes.begin(),
                                   [](double value) { return std::abs(value); });
            return highest(magnitudes);
        }
        case SparseMethod::Snip:
            return highest(snipSaliency(m_parameters, gradient()));
        case SparseMethod::Grasp:
            return highest(
                graspSaliency(m_backend, m_parameters, gradient(), m_training, images()));
        case SparseMethod::SynFlow:
            return bySynapticFlow();
        }
        return std::vector<std::uint8_t>(m_parameters.size(), 1);
    }

    std::vector<std::uint8_t> highest(const std::vector<double>& saliency) const
    {
        return maskOfHighest(saliency, m_candidates, m_count);
    }

    std::vector<double> randomNumbers() const
    {
        Random random(seedOf(Draw::Places));
        std::vector<double> numbers(m_parameters.size());
        std::ranges::generate(numbers, [&] { return random.uniform(); });
        return numbers;
    }

    std::vector<std::uint8_t> inEachTensor() const
    {
        const std::vector<std::size_t> counts =
            erdosRenyiCounts(m_layout.slices(), m_available, m_count);
        const std::vector<double> numbers = randomNumbers();
        std::vector<std::uint8_t> mask(m_parameters.size());
        auto first = m_candidates.begin();
        for (std::size_t tensor = 0; tensor < counts.size(); ++tensor) {
            const auto end = first + static_cast<std::ptrdiff_t>(m_available[tensor]);
            const auto part = maskOfHighest(numbers, {first, end}, counts[tensor]);
            std::ranges::transform(mask, part, mask.begin(), std::bit_or());
            first = end;
        }
        return mask;
    }

    std::vector<int> images() const
    {
        return drawnImages(m_training, kSaliencyImages, seedOf(Draw::Images));
    }

    std::vector<float> gradient()
    {
        return lossGradient(m_backend, m_parameters, m_training, images());
    }

    std::optional<std::vector<std::uint8_t>> bySynapticFlow()
    {
        if (m_candidates.size() > kMostForSynFlow)
            throw Error(ErrorKind::Usage,
                        fmt::format("training: SynFlow tries each parameter by itself, and there "
                                    "are {}, expected up to {}",
                                    m_candidates.size(), kMostForSynFlow));
        const auto all = static_cast<double>(m_candidates.size());
        const std::size_t rounds =
            std::clamp(m_candidates.size() - m_count, std::size_t{1}, kMostRounds);
        std::vector<std::uint8_t> mask(m_parameters.size(), 1);
        for (std::size_t round = 1; round <= rounds; ++round) {
            const auto saliency = synFlowSaliency(m_backend, m_parameters, mask, m_stop);
            if (!saliency)
                return std::nullopt;
            const double part = static_cast<double>(round) / static_cast<double>(rounds);
            const double count = all * std::pow(static_cast<double>(m_count) / all, part);
            std::vector<std::size_t> left;
            std::ranges::copy_if(m_candidates, std::back_inserter(left),
                                 [&](std::size_t i) { return mask[i] != 0; });
            mask = maskOfHighest(*saliency, left, static_cast<std::size_t>(std::lround(count)));
            restoreStatistics(mask);
        }
        return mask;
    }

    void restoreStatistics(std::vector<std::uint8_t>& mask) const
    {
        for (const ParameterSlice& slice : m_layout.slices())
            if (!isTrainable(slice.role))
                std::fill_n(mask.begin() + static_cast<std::ptrdiff_t>(slice.offset), slice.count,
                            std::uint8_t{1});
    }

    Backend& m_backend;
    const std::span<const float> m_parameters;
    const Dataset& m_training;
    const TrainingOptions& m_options;
    const std::stop_token& m_stop;
    Parameters m_layout;
    std::vector<std::size_t> m_candidates; ///< ascending
    std::vector<std::size_t> m_available;  ///< of them in each tensor
    std::size_t m_count = 0;
};

} // namespace

std::optional<std::vector<std::uint8_t>>
sparseMask(Backend& backend, std::span<const float> parameters, const Dataset& training,
           const TrainingOptions& options, const std::stop_token& stop)
{
    return Choice(backend, parameters, training, options, stop).mask();
}

std::vector<int> drawnImages(const Dataset& data, int count, std::uint64_t seed)
{
    std::vector<int> indices(static_cast<std::size_t>(data.size()));
    std::iota(indices.begin(), indices.end(), 0);
    Random(seed).shuffle(std::span(indices));
    indices.resize(std::min(indices.size(), static_cast<std::size_t>(count)));
    return indices;
}

} // namespace core
