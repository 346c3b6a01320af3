// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/switch_arguments.h"

namespace app
{

using core::TrainingSwitches;

void addSwitchOptions(CLI::App& command, GivenOptions<TrainingSwitches>& switches)
{
    switches.addChoice(
        command, "--augment", &TrainingSwitches::augment,
        "Move each image's strokes at random before it is trained on: by whole pixels, by a "
        "turn, shear and scale, or each pixel by a smooth field");
    switches.add(command, "--augment-strength", &TrainingSwitches::augmentStrength,
                 "Times the usual distances and angles");
    switches.addChoice(
        command, "--sample", &TrainingSwitches::sample,
        "The images of an epoch: each once, or the more often the higher their loss");
    switches.add(command, "--sample-pressure", &TrainingSwitches::samplePressure,
                 "How much likelier the image with the highest loss is than that with the lowest");
    switches
        .add(command, "--teacher", &TrainingSwitches::teacher,
             "Learn from this model's answers, too (distillation)")
        ->type_name("MODEL");
    switches.add(command, "--temperature", &TrainingSwitches::temperature,
                 "What the logits of both are divided by where they are compared");
    switches.add(command, "--teacher-weight", &TrainingSwitches::teacherWeight,
                 "Of the teacher's answers in the loss; the labels have the rest");
    switches.addChoice(
        command, "--average", &TrainingSwitches::average,
        "Measure and keep a mean of the weights: exponential over the steps, or of the last "
        "epochs");
    switches.add(command, "--average-decay", &TrainingSwitches::averageDecay,
                 "What EMA keeps of its mean at a step");
    switches.add(command, "--average-share", &TrainingSwitches::averageShare,
                 "Share of the epochs, the last, that SWA averages");
}

void addSparseOptions(CLI::App& command, GivenOptions<TrainingSwitches>& switches)
{
    switches.addChoice(
        command, "--sparse", &TrainingSwitches::sparse,
        "Train only --nonzero parameters, chosen at the initialisation; set and rigl move "
        "them while training");
    switches.add(command, "--nonzero", &TrainingSwitches::nonzero,
                 "Parameters that a sparse training trains; all others are zero");
    switches.add(command, "--move-share", &TrainingSwitches::moveShare,
                 "Share of a tensor's parameters that set and rigl move, rigl at first");
    switches.add(command, "--move-interval", &TrainingSwitches::moveInterval,
                 "Steps between two moves of rigl");
}

} // namespace app
