// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prune/curvature.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace core
{

/// What a step of the Surgeon is expected to do to the loss.
struct SurgeryCost {
    std::size_t parameter = 0;
    double loss = 0; ///< rise of the loss by a removal, or fall of it by a regrowth; not below 0
};

/// Optimal Brain Surgeon (Hassibi and Stork, NIPS 1992) on the parameters that are not zero, which
/// are taken to stand at a minimum: removing parameter q costs w_q^2 / 2 [H^-1]_qq once the others
/// have made up for it as well as they can, by -w_q / [H^-1]_qq H^-1 e_q. The inverse is exact and
/// follows each removal. One thread at a time may use an object.
class Surgeon
{
public:
    /// `damping` times the mean of the curvature's diagonal over the parameters that are not zero
    /// is added to it. Of `curvature` a copy of what is needed is kept.
    Surgeon(const Curvature& curvature, std::span<const float> parameters, double damping);
    ~Surgeon();
    Surgeon(const Surgeon&) = delete;
    Surgeon& operator=(const Surgeon&) = delete;

    /// Of the parameters that are left, the cheapest first.
    std::vector<SurgeryCost> removals(std::span<const float> parameters) const;

    /// The parameters without `removed`, which becomes zero; the others move by `share` of what
    /// makes up for it best.
    std::vector<float> without(std::span<const float> parameters, std::size_t removed,
                               double share) const;

    /// From now on `removed` stays zero.
    void commit(std::size_t removed);

private:
    struct Inverse;
    std::unique_ptr<Inverse> m_inverse;
};

/// By how much the loss is expected to fall if a parameter that is zero could move along with all
/// others: g^2 / 2 s, where g and s are what is left of its gradient and curvature when the others
/// have settled (the Schur complement). The most first. `damping` as in Surgeon.
std::vector<SurgeryCost> regrowths(const Curvature& curvature, std::span<const float> parameters,
                                   double damping);

/// One Newton step of the parameters that are not zero: -(H + d)^-1 g, where d is `damping` times
/// the mean of H's diagonal.
std::vector<float> dampedStep(const Curvature& curvature, std::span<const float> parameters,
                              double damping);

} // namespace core
