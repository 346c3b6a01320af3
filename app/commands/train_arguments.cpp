// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_arguments.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "core/runs/spec_words.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

using core::TrainingOptions;

/// Adds options that set members of the training's options.
class Adder
{
public:
    Adder(CLI::App& command, TrainArguments& arguments) : m_command(command), m_arguments(arguments)
    {
    }

    template<typename T>
    CLI::Option* number(const std::string& name, T TrainingOptions::*member,
                        const std::string& help)
    {
        auto* option = m_command.add_option(name, m_arguments.training.*member, help);
        remember(option, member);
        return option->type_name("N")->capture_default_str();
    }

    template<typename Enum, std::size_t N>
    CLI::Option* word(const std::string& name, Enum TrainingOptions::*member,
                      const core::Word<Enum> (&words)[N], const std::string& help)
    {
        auto* option = addWord(m_command, name, m_arguments.training.*member, wordsOf(words), help);
        remember(option, member);
        return option;
    }

    void flag(const std::string& name, bool TrainingOptions::*member, const std::string& help)
    {
        remember(m_command.add_flag(name, m_arguments.training.*member, help), member);
    }

private:
    template<typename T>
    void remember(CLI::Option* option, T TrainingOptions::*member)
    {
        m_arguments.given.push_back([this_ = &m_arguments, option, member](core::TrainSpec& spec) {
            if (option->count() > 0)
                spec.options.*member = this_->training.*member;
        });
    }

    CLI::App& m_command;
    TrainArguments& m_arguments;
};

void addRateOptions(Adder& add, TrainArguments& arguments)
{
    add.number("--lr", &TrainingOptions::lr, "Learning rate")->check(CLI::PositiveNumber);
    auto* schedule = add.word("--schedule", &TrainingOptions::schedule, core::kSchedules,
                              "How it changes; the published program had it constant");
    auto* step = add.number("--lr-step", &TrainingOptions::lrStep,
                            "Epochs after which it is multiplied; implies --schedule step, 0 "
                            "constant")
                     ->check(CLI::NonNegativeNumber);
    add.number("--lr-gamma", &TrainingOptions::lrGamma, "What it is multiplied by")
        ->check(CLI::PositiveNumber);
    add.number("--lr-end", &TrainingOptions::lrEnd, "What a cosine ends with")
        ->check(CLI::NonNegativeNumber);
    arguments.given.push_back([&arguments, schedule, step](core::TrainSpec& spec) {
        if (step->count() == 0)
            return;
        const bool steps = arguments.training.lrStep > 0;
        if (schedule->count() == 0)
            spec.options.schedule = steps ? core::ScheduleKind::Step : core::ScheduleKind::Constant;
        if (!steps && spec.options.schedule != core::ScheduleKind::Step)
            spec.options.lrStep = TrainingOptions().lrStep; // nothing reads it
    });
}

std::string presetNames()
{
    std::string names;
    for (const core::RunPreset& preset : core::runPresets())
        if (core::kindOf(preset.spec) == core::RunKind::Train)
            names += (names.empty() ? "" : "|") + preset.id;
    return names;
}

CLI::Option* addArchitectureOption(CLI::App& command, TrainArguments& arguments)
{
    auto* architecture =
        command.add_option("--arch", arguments.architecture, "The network, as text")
            ->type_name("TEXT")
            ->capture_default_str();
    arguments.given.push_back([&arguments, architecture](core::TrainSpec& spec) {
        if (architecture->count() > 0)
            spec.architecture = arguments.architecture;
    });
    return architecture;
}

void addStartOptions(CLI::App& command, TrainArguments& arguments, CLI::Option* architecture)
{
    command.add_option("--preset", arguments.preset, "Begin with these options: " + presetNames())
        ->type_name("ID");
    auto* from = command
                     .add_option("--from", arguments.from,
                                 "Go on from this model, whose layers are then the network's")
                     ->type_name("MODEL")
                     ->excludes(architecture);
    command
        .add_flag("--keep-zeros", arguments.keepZeros,
                  "Hold at zero what is zero in the model of --from, such as pruned weights")
        ->needs(from);
    command.add_option("--title", arguments.title, "What lists of runs call it")->type_name("TEXT");
}

} // namespace

CLI::Option* addRecipeOptions(CLI::App& command, TrainArguments& arguments)
{
    auto* architecture = addArchitectureOption(command, arguments);
    Adder add(command, arguments);
    add.number("--epochs", &TrainingOptions::epochs, "Passes over the training images")
        ->check(CLI::Range(1, 1000000));
    add.number("--batch", &TrainingOptions::batch, "Images a step")
        ->check(CLI::Range(1, core::kLargestBatch));
    add.word("--optimizer", &TrainingOptions::optimizer, core::kOptimizers, "What takes the steps");
    addRateOptions(add, arguments);
    add.number("--momentum", &TrainingOptions::momentum, "Of SGD")->check(CLI::Range(0.0, 1.0));
    add.number("--weight-decay", &TrainingOptions::weightDecay,
               "Decoupled in AdamW, added to the gradient in Adam and SGD")
        ->check(CLI::NonNegativeNumber);
    add.number("--label-smoothing", &TrainingOptions::labelSmoothing,
               "Share of each target that is spread over all classes")
        ->check(CLI::Range(0.0, 1.0));
    add.word("--select,--keep", &TrainingOptions::keep, core::kKept,
             "The epoch to keep. best-validation trains without the last 10,000 training images; "
             "best-test chooses by the test set, and the file says so");
    add.flag("--validation", &TrainingOptions::validation,
             "Leave out the last 10,000 training images and measure on them, whatever is kept");
    arguments.switches.add(command);
    return architecture;
}

void addTrainOptions(CLI::App& command, TrainArguments& arguments)
{
    addStartOptions(command, arguments, addRecipeOptions(command, arguments));
    addRunsOption(command, arguments.runs);
    addCommonOptions(command, arguments.common);
}

core::RunSpec specOf(const TrainArguments& arguments)
{
    core::RunSpec spec;
    spec.work = core::TrainSpec{arguments.architecture, {}};
    if (!arguments.preset.empty()) {
        const core::RunPreset* preset = core::findRunPreset(arguments.preset);
        if (!preset || core::kindOf(preset->spec) != core::RunKind::Train)
            throw core::Error(core::ErrorKind::Usage, fmt::format("--preset {}: expected one of {}",
                                                                  arguments.preset, presetNames()));
        spec = preset->spec;
    }
    auto& train = std::get<core::TrainSpec>(spec.work);
    for (const auto& take : arguments.given)
        take(train);
    arguments.switches.applyTo(train.options.switches);
    // As the file will say it.
    train.architecture = core::toText(core::parseArchitecture(train.architecture));
    train.options.seed = arguments.common.seed;
    spec.backend = arguments.common.backend;
    spec.threads = arguments.common.threads;
    spec.out = arguments.common.out;
    if (!arguments.title.empty())
        spec.title = arguments.title;
    else if (!spec.out.empty())
        spec.title = spec.out.stem().string();
    else if (spec.title.empty())
        spec.title =
            fmt::format("Train {}", core::parseArchitecture(train.architecture).trainableCount());
    return spec;
}

} // namespace app
