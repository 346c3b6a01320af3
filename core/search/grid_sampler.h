// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/sampler.h"

namespace core
{

/// Visits every combination once, the last dimension fastest. A trial remembers its place in the
/// grid in the system attribute "grid_id", as Optuna's does, together with the grid itself.
class GridSampler : public Sampler
{
public:
    explicit GridSampler(int steps) : m_steps(steps) {}
    std::string_view name() const override { return "grid"; }
    std::optional<Suggestion> suggest(const SearchSpace& space, const StudyHistory& history,
                                      int number) const override;

private:
    int m_steps;
};

/// How many points the grid has; at most 2^62.
std::uint64_t gridSize(const SearchSpace& space, int steps);

} // namespace core
