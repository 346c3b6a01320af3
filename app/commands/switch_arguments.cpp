// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/switch_arguments.h"

#include "app/common_options.h"

namespace app
{

using core::TrainingSwitches;

template<typename T>
void SwitchArguments::remember(CLI::Option* option, T TrainingSwitches::*member)
{
    m_given.push_back([this, option, member](TrainingSwitches& switches) {
        if (option->count() > 0)
            switches.*member = m_switches.*member;
    });
}

template<typename T>
CLI::Option* SwitchArguments::addNumber(CLI::App& command, const std::string& name,
                                        T TrainingSwitches::*member, const std::string& help)
{
    auto* option = command.add_option(name, m_switches.*member, help)->type_name("N");
    remember(option, member);
    return option->capture_default_str();
}

template<typename Enum>
void SwitchArguments::addChoice(CLI::App& command, const std::string& name,
                                Enum TrainingSwitches::*member, const std::string& help)
{
    remember(addWord(command, name, m_switches.*member, wordsOf(core::wordsFor(Enum())), help),
             member);
}

void SwitchArguments::add(CLI::App& command)
{
    addData(command);
    addChoice(command, "--average", &TrainingSwitches::average,
              "Measure and keep a mean of the weights: exponential over the steps, or of the last "
              "epochs");
    addNumber(command, "--average-decay", &TrainingSwitches::averageDecay,
              "What EMA keeps of its mean at a step");
    addNumber(command, "--average-share", &TrainingSwitches::averageShare,
              "Share of the epochs, the last, that SWA averages");
    addSparse(command);
}

void SwitchArguments::addData(CLI::App& command)
{
    addChoice(command, "--augment", &TrainingSwitches::augment,
              "Move each image's strokes at random before it is trained on: by whole pixels, by a "
              "turn, shear and scale, or each pixel by a smooth field");
    addNumber(command, "--augment-strength", &TrainingSwitches::augmentStrength,
              "Times the usual distances and angles");
    addChoice(command, "--sample", &TrainingSwitches::sample,
              "The images of an epoch: each once, or the more often the higher their loss");
    addNumber(command, "--sample-pressure", &TrainingSwitches::samplePressure,
              "How much likelier the image with the highest loss is than that with the lowest");
    remember(command
                 .add_option("--teacher", m_switches.teacher,
                             "Learn from this model's answers, too (distillation)")
                 ->type_name("MODEL"),
             &TrainingSwitches::teacher);
    addNumber(command, "--temperature", &TrainingSwitches::temperature,
              "What the logits of both are divided by where they are compared");
    addNumber(command, "--teacher-weight", &TrainingSwitches::teacherWeight,
              "Of the teacher's answers in the loss; the labels have the rest");
}

void SwitchArguments::addSparse(CLI::App& command)
{
    addChoice(command, "--sparse", &TrainingSwitches::sparse,
              "Train only --nonzero parameters, chosen at the initialisation; set and rigl move "
              "them while training");
    addNumber(command, "--nonzero", &TrainingSwitches::nonzero,
              "Parameters that a sparse training trains; all others are zero");
    addNumber(command, "--move-share", &TrainingSwitches::moveShare,
              "Share of a tensor's parameters that set and rigl move, rigl at first");
    addNumber(command, "--move-interval", &TrainingSwitches::moveInterval,
              "Steps between two moves of rigl");
}

void SwitchArguments::applyTo(TrainingSwitches& switches) const
{
    for (const auto& take : m_given)
        take(switches);
}

} // namespace app
