// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/parzen_estimator.h"
#include "core/search/sampler.h"

#include <utility>

namespace core
{

/// The tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011) by the law of Optuna 3.1's
/// default: a density of the good trials over a density of the rest, and of some draws from the
/// first the one where the quotient is largest.
class TpeSampler : public Sampler
{
public:
    TpeSampler(const TpeOptions& options, std::uint64_t seed) : m_options(options), m_seed(seed) {}
    std::string_view name() const override { return "TPE"; }
    std::optional<Suggestion> suggest(const SearchSpace& space, const StudyHistory& history,
                                      int number) const override;

private:
    SearchPoint suggestTogether(const std::vector<Dimension>& dimensions,
                                const StudyHistory& history, Random& random) const;

    TpeOptions m_options;
    std::uint64_t m_seed;
};

/// The good trials and the rest, as indices into the history's trials, oldest first. Complete ones
/// go by value, then pruned ones by how far they came and their value there; with the liar the
/// running ones come last. Of n finished ones a tenth are good, 25 at most.
struct TpeSplit {
    std::vector<std::size_t> below;
    std::vector<std::size_t> above;
    int finished = 0;
};
TpeSplit splitTrials(const StudyHistory& history, bool constantLiar);

/// The densities of the two parts over the dimensions, of the trials that have values for them.
std::pair<ParzenEstimator, ParzenEstimator> tpeDensities(const std::vector<Dimension>& dimensions,
                                                         const StudyHistory& history,
                                                         const TpeSplit& split,
                                                         Bandwidth bandwidth);

} // namespace core
