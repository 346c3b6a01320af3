// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/prune/brute_force.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// What a network answers if one of its parameters were another.
struct Ablation {
    int correct = 0;
    std::vector<int> correctPerClass; ///< [classes], by label
    /// Sum of all images' cross entropies, each rounded to a multiple of kLossUnit: the same
    /// whatever the order of the images.
    std::int64_t lossUnits = 0;

    static constexpr double kLossUnit = 0x1p-24;
    double meanLoss(int images) const
    {
        return static_cast<double>(lossUnits) * kLossUnit / images;
    }
};

/// What became of the removal of a parameter.
struct Removal {
    std::size_t parameter = 0;
    bool kept = false;
    int correct = 0; ///< right answers without it; where it is not kept maybe only a bound
};

/// A network and a data set, asked again and again what one other parameter would change. Calls
/// block; one thread at a time may use an object. A call whose token asks to stop returns nothing,
/// and nothing has changed. Any number of threads gives the same answers, and so do all
/// implementations over the same backend, bit for bit.
class AblationEvaluator
{
public:
    virtual ~AblationEvaluator() = default;

    virtual std::string name() const = 0; ///< of the backend: "fused AVX-512"
    virtual int images() const = 0;
    virtual bool alwaysInFull() const = 0; ///< tryValue() never ends early
    virtual std::span<const float> parameters() const = 0;

    /// Right answers with the parameters as they are; nothing if stopped.
    virtual std::optional<int> correct(std::stop_token stop = {}) = 0;

    /// Right answers if `parameter` were `value`; at least `atLeast` of them, or else any number
    /// below it, because the evaluation may end as soon as that is certain.
    virtual std::optional<int> tryValue(std::size_t parameter, float value, int atLeast,
                                        std::stop_token stop = {}) = 0;

    /// The same in full.
    virtual std::optional<Ablation> measure(std::size_t parameter, float value,
                                            std::stop_token stop = {}) = 0;

    /// Changes a parameter. Costs nothing worth mentioning where it is what was tried last and met
    /// `atLeast`.
    virtual void commit(std::size_t parameter, float value) = 0;

    /// Zeroes parameters in turn and keeps each removal that leaves `atLeast` right answers.
    /// Decides on the first one at least, and on as many of those behind it as suits; the
    /// decisions are those of one after the other. Empty if stopped.
    virtual std::vector<Removal> removeInTurn(std::span<const std::size_t> parameters, int atLeast,
                                              std::stop_token stop = {});
};

/// `data` must outlive the result. Throws Error(Input) where network and images don't fit.
std::unique_ptr<AblationEvaluator>
makeAblationEvaluator(const Architecture& architecture, std::span<const float> parameters,
                      const Dataset& data, const BackendOptions& backend,
                      PruneEvaluation evaluation = PruneEvaluation::Incremental);

} // namespace core
