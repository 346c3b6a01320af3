// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/sampler.h"

namespace core
{

class RandomSampler : public Sampler
{
public:
    explicit RandomSampler(std::uint64_t seed) : m_seed(seed) {}
    std::string_view name() const override { return "random"; }
    std::optional<Suggestion> suggest(const SearchSpace& space, const StudyHistory& history,
                                      int number) const override;

private:
    std::uint64_t m_seed;
};

} // namespace core
