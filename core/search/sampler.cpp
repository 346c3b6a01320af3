// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/sampler.h"

#include "core/search/grid_sampler.h"
#include "core/search/random_sampler.h"
#include "core/search/tpe_sampler.h"

namespace core
{

std::unique_ptr<Sampler> makeSampler(const SamplerOptions& options)
{
    switch (options.kind) {
    case SamplerKind::Random:
        return std::make_unique<RandomSampler>(options.seed);
    case SamplerKind::Grid:
        return std::make_unique<GridSampler>(options.gridSteps);
    case SamplerKind::Tpe:
        break;
    }
    return std::make_unique<TpeSampler>(options.tpe, options.seed);
}

} // namespace core
