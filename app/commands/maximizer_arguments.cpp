// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/maximizer_arguments.h"

namespace app
{

core::MaximizerOptions MaximizerArguments::settings(std::uint64_t seed) const
{
    core::MaximizerOptions settings = core::maximizerPreset(preset);
    settings.seed = seed;
    settings.steps = steps.value_or(settings.steps);
    settings.lr = lr.value_or(settings.lr);
    settings.l2 = l2.value_or(settings.l2);
    settings.totalVariation = totalVariation.value_or(settings.totalVariation);
    settings.blur = blur.value_or(settings.blur);
    settings.jitter = jitter.value_or(settings.jitter);
    settings.startNoise = startNoise.value_or(settings.startNoise);
    if (!start.empty())
        settings.start = start == "fourier" ? core::StartImage::Fourier : core::StartImage::Pixels;
    if (!range.empty())
        settings.range = range == "free" ? core::PixelRange::Free : core::PixelRange::Unit;
    if (minimize)
        settings.direction = core::AscentDirection::Minimize;
    return settings;
}

void addMaximizerOptions(CLI::App& command, MaximizerArguments& arguments)
{
    const auto number = [&command](const std::string& name, auto& target, const std::string& help) {
        return command.add_option(name, target, help)->type_name("N");
    };
    command.add_option("--preset", arguments.preset, "Settings to start from")
        ->type_name("plain|smooth|robust")
        ->check(CLI::IsMember({"plain", "smooth", "robust"}))
        ->capture_default_str();
    number("--steps", arguments.steps, "Steps of Adam")->check(CLI::Range(0, 1000000));
    number("--lr", arguments.lr, "Learning rate")->check(CLI::PositiveNumber);
    number("--l2", arguments.l2, "Weight of the mean squared difference from grey")
        ->check(CLI::NonNegativeNumber);
    number("--tv", arguments.totalVariation, "Weight of the total variation")
        ->check(CLI::NonNegativeNumber);
    number("--blur", arguments.blur, "Pixels by which the gradient is smoothed")
        ->check(CLI::Range(0.0, 28.0));
    number("--jitter", arguments.jitter, "Pixels by which each step may shift the image")
        ->check(CLI::Range(0, 28));
    number("--noise", arguments.startNoise, "Deviation of the start image around grey")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--start", arguments.start, "What is optimised")
        ->type_name("pixels|fourier")
        ->check(CLI::IsMember({"pixels", "fourier"}));
    command.add_option("--range", arguments.range, "Whether pixels stay in 0..1")
        ->type_name("unit|free")
        ->check(CLI::IsMember({"unit", "free"}));
    command.add_flag("--minimize", arguments.minimize, "Descend instead");
}

Json settingsAsJson(const core::MaximizerOptions& settings)
{
    return {{"steps", settings.steps},
            {"lr", settings.lr},
            {"l2", settings.l2},
            {"tv", settings.totalVariation},
            {"blur", settings.blur},
            {"jitter", settings.jitter},
            {"noise", settings.startNoise},
            {"start", settings.start == core::StartImage::Fourier ? "fourier" : "pixels"},
            {"range", settings.range == core::PixelRange::Free ? "free" : "unit"},
            {"direction",
             settings.direction == core::AscentDirection::Minimize ? "minimize" : "maximize"}};
}

} // namespace app
