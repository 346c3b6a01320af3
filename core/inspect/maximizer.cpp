// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/maximizer.h"

#include "core/base/error.h"
#include "core/inspect/ascent.h"

#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

void requireSensible(const MaximizerOptions& options)
{
    const auto refuse = [](const std::string& sentence) {
        throw Error(ErrorKind::Usage, "feature visualisation: " + sentence);
    };
    if (options.steps < 0)
        refuse(fmt::format("{} steps, expected 0 or more", options.steps));
    if (!(options.lr > 0) || !std::isfinite(options.lr))
        refuse(fmt::format("learning rate {}, expected a number above 0", options.lr));
    if (!(options.l2 >= 0) || !(options.totalVariation >= 0) || !(options.blur >= 0) ||
        !(options.startNoise >= 0) || !std::isfinite(options.startNoise) || options.blur > 100)
        refuse("L2, total variation, blur and start noise must be 0 or more");
    if (options.jitter < 0)
        refuse(fmt::format("jitter of {} pixels, expected 0 or more", options.jitter));
}

} // namespace

MaximizerOptions maximizerPreset(std::string_view name)
{
    if (name == "plain")
        return {};
    if (name == "smooth")
        return {.l2 = 0.05, .totalVariation = 0.15, .blur = 0.7, .range = PixelRange::Unit};
    if (name == "robust")
        return {.steps = 384,
                .l2 = 0.05,
                .totalVariation = 0.1,
                .jitter = 2,
                .start = StartImage::Fourier,
                .range = PixelRange::Unit};
    throw Error(ErrorKind::Usage,
                fmt::format("preset \"{}\", expected plain, smooth or robust", name));
}

Maximization maximize(Backend& backend, std::span<const float> parameters,
                      std::vector<MaximizerTarget> targets, const MaximizerOptions& options,
                      const MaximizerObserver& observer, std::stop_token stop)
{
    requireSensible(options);
    Maximization result;
    result.targets = std::move(targets);
    if (result.targets.empty())
        return result;
    Ascent ascent(backend, parameters, result.targets, options);
    const auto report = [&](std::span<const float> values) {
        if (observer)
            observer({result.steps, values, ascent.images()});
    };
    result.start = ascent.values();
    while (result.steps < options.steps && !result.stopped) {
        ascent.climb();
        if (observer && options.jitter != 0)
            report(ascent.values()); // the step saw them jittered
        else
            report(ascent.valuesBefore());
        ascent.show();
        ++result.steps;
        result.stopped = stop.stop_requested() && result.steps < options.steps;
    }
    result.images.assign(ascent.images().begin(), ascent.images().end());
    result.end = ascent.values();
    report(result.end);
    return result;
}

} // namespace core
