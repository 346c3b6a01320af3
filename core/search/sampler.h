// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/search/trial.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace core
{

/// What a sampler wants to be tried next.
struct Suggestion {
    SearchPoint point;
    TrialAttributes attributes; ///< system attributes of the trial, for the sampler itself
};

/// Chooses points from what a study knows. It keeps no state of its own: what is told to the study
/// is all it needs, so that any number of workers share it and a killed one is not missed. Not
/// thread-safe.
class Sampler
{
public:
    virtual ~Sampler() = default;

    virtual std::string_view name() const = 0;

    /// A value for every dimension of `space`, for a trial whose number decides the random numbers:
    /// the same history gives the same point. Absent where nothing is left to try. Trials whose
    /// values lie in other ranges are welcome.
    virtual std::optional<Suggestion> suggest(const SearchSpace& space, const StudyHistory& history,
                                              int number) const = 0;
};

enum class SamplerKind { Tpe, Random, Grid };

struct TpeOptions {
    int startup = 10;          ///< finished trials before which it is random
    int candidates = 24;       ///< drawn from the good ones' density; the best is taken
    bool multivariate = false; ///< all dimensions together instead of one by one
    bool constantLiar = false; ///< running trials count as bad ones, so that workers spread out
};

struct SamplerOptions {
    SamplerKind kind = SamplerKind::Tpe;
    std::uint64_t seed = 1;
    TpeOptions tpe = {};
    int gridSteps = 5; ///< of a continuous or large range
};

std::unique_ptr<Sampler> makeSampler(const SamplerOptions& options);

/// Uniform, on the logarithm where the range is log.
double randomValue(const Distribution& distribution, Random& random);

/// The values of a range that a grid visits: all of a small one, else `steps` spread evenly.
std::vector<double> gridValues(const Distribution& distribution, int steps);

} // namespace core
