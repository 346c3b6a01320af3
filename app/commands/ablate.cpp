// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/data_choice.h"
#include "app/opening.h"
#include "app/output.h"
#include "app/stop_signal.h"
#include "app/unit_choice.h"
#include "core/base/error.h"
#include "core/inspect/ablation_study.h"

#include <fmt/format.h>

namespace app
{

namespace
{

struct AblateOptions {
    CommonOptions common;
    ModelChoice model;
    std::string tensor;
    std::optional<std::size_t> index;
    std::string layer;
    std::optional<int> channel;
    std::optional<int> neuron;
    core::AblationKind kind = core::AblationKind::Zero;
    int affected = 9;
};

core::AblationTarget targetOf(const AblateOptions& options, const core::Model& model)
{
    if (!options.tensor.empty() && options.index)
        return core::WeightTarget{
            core::parameterIndex(model.parameters, options.tensor, *options.index)};
    if (!options.layer.empty() && options.channel)
        return core::ChannelTarget{chooseUnit(model.architecture, options.layer), *options.channel};
    if (options.neuron)
        return core::NeuronTarget{*options.neuron};
    throw core::Error(core::ErrorKind::Usage,
                      "what to ablate is missing: expected --tensor and --index, --layer and "
                      "--channel, or --neuron");
}

Json asJson(const core::AblationEffect& effect, const std::vector<core::AffectedImage>& affected)
{
    Json perClass = Json::array();
    for (std::size_t label = 0; label < effect.correctPerClass.size(); ++label)
        perClass.push_back({{"label", label},
                            {"images", effect.imagesPerClass[label]},
                            {"correct", effect.correctPerClass[label]},
                            {"change", effect.changeOf(static_cast<int>(label))}});
    Json images = Json::array();
    for (const core::AffectedImage& image : affected)
        images.push_back({{"image", image.image},
                          {"label", image.label},
                          {"before", image.before},
                          {"after", image.after},
                          {"probability_before", shortest(image.probabilityBefore)},
                          {"probability", shortest(image.probability)}});
    return {{"images", effect.images},          {"correct_before", effect.correctBefore},
            {"correct", effect.correct},        {"change", effect.change()},
            {"loss_before", effect.lossBefore}, {"loss", effect.loss},
            {"per_class", std::move(perClass)}, {"affected", std::move(images)}};
}

/// "+3", "-2", "0"
std::string signedCount(int count)
{
    return count == 0 ? "0" : fmt::format("{:+}", count);
}

std::string classTable(const core::AblationEffect& effect)
{
    Table table({"label", "images", "right", "change"});
    for (std::size_t label = 0; label < effect.correctPerClass.size(); ++label)
        table.add({std::to_string(label), std::to_string(effect.imagesPerClass[label]),
                   std::to_string(effect.correctPerClass[label]),
                   signedCount(effect.changeOf(static_cast<int>(label)))});
    return table.text();
}

std::string affectedTable(const std::vector<core::AffectedImage>& affected)
{
    if (affected.empty())
        return "No image's answer changes.\n";
    Table table({"image", "label", "answer", "then", "probability", "then"}, 0);
    for (const core::AffectedImage& image : affected)
        table.add({std::to_string(image.image), std::to_string(image.label),
                   std::to_string(image.before), std::to_string(image.after),
                   percent(image.probabilityBefore), percent(image.probability)});
    return "The images whose label's probability moves most:\n" + table.text();
}

std::string asText(const core::Model& model, const std::string& what, const AblateOptions& options,
                   const std::string& data, const core::AblationEffect& effect,
                   const std::vector<core::AffectedImage>& affected)
{
    const auto share = [&](int correct) {
        return percent(effect.images == 0 ? 0.0 : static_cast<double>(correct) / effect.images);
    };
    return fmt::format("{} without {}{}: {} of {} right on {}, {}\n"
                       "  accuracy  {} instead of {}\n"
                       "  loss      {:.4f} instead of {:.4f}\n\n{}\n{}",
                       printable(model.name), printable(what),
                       options.kind == core::AblationKind::Mean ? ", held at its mean" : "",
                       core::withThousands(effect.correct), core::withThousands(effect.images),
                       printable(data), effect.change(), share(effect.correct),
                       share(effect.correctBefore), effect.loss, effect.lossBefore,
                       classTable(effect), affectedTable(affected));
}

int ablate(const AblateOptions& options)
{
    const StopSignal stop;
    const auto model = openChosenModel(options.model, options.common).model;
    const core::AblationTarget target = targetOf(options, *model);
    const auto data = loadData(options.common, options.common.split);
    core::AblationStudy study(model, data, options.common.backendOptions());
    const bool mean = options.kind == core::AblationKind::Mean;
    core::AblationHistory history(model->parameters);
    const core::MeanActivations* means =
        mean ? study.means(model->parameters.values(), stop.token()) : nullptr;
    if (stop.requested())
        return kExitStopped;
    const bool changes = history.ablate(model->architecture, target, options.kind, means);
    if (!changes)
        note(options.common, "this is zero already, so nothing changes");
    const auto effect = study.effect(history.parameters().values(), stop.token());
    const auto affected =
        study.mostAffected(history.parameters().values(), options.affected, stop.token());
    if (!effect || !affected)
        return kExitStopped;
    if (!options.common.out.empty())
        core::saveModel(core::ablatedModel(*model, history, data->split), options.common.out);
    const std::string what = core::describe(model->architecture, model->parameters, target);
    Json result = {{"model", model->name},
                   {"data", data->description()},
                   {"target", what},
                   {"kind", mean ? "mean" : "zero"},
                   {"nonzero", history.parameters().nonzero()}};
    result.update(asJson(*effect, *affected));
    result["backend"] = study.backendName();
    result["out"] = outAsJson(options.common);
    printResult(options.common, result,
                asText(*model, what, options, data->description(), *effect, *affected) +
                    outAsText(options.common));
    return 0;
}

void addTargetOptions(CLI::App& command, AblateOptions& options)
{
    auto* tensor = command
                       .add_option("--tensor", options.tensor,
                                   "Ablate one entry of this tensor, such as features.0.weight")
                       ->type_name("NAME");
    auto* index =
        command.add_option("--index", options.index, "Its place in the tensor, in row-major order")
            ->type_name("I");
    tensor->needs(index);
    index->needs(tensor);
    auto* layer = command
                      .add_option("--layer", options.layer,
                                  "Ablate a channel of this layer: its number from 1, or name")
                      ->type_name("LAYER")
                      ->excludes(tensor);
    auto* channel = command.add_option("--channel", options.channel, "The channel, counted from 0")
                        ->type_name("C");
    layer->needs(channel);
    channel->needs(layer);
    command.add_option("--neuron", options.neuron, "Ablate this neuron of those the logits read")
        ->type_name("N")
        ->excludes(tensor)
        ->excludes(layer);
}

} // namespace

void addAblate(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand(
        "ablate", "What a model gets right without a weight, a channel or a neuron");
    auto options = std::make_shared<AblateOptions>();
    addModelArgument(*command, options->model);
    addTargetOptions(*command, *options);
    addWord<core::AblationKind>(
        *command, "--kind", options->kind,
        {{"zero", core::AblationKind::Zero}, {"mean", core::AblationKind::Mean}},
        "What takes its place: nothing, or its mean over the data");
    command
        ->add_option("--affected", options->affected,
                     "How many of the most affected images to list")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(0, 60000));
    addCommonOptions(*command, options->common);
    command->footer("Change is how many more images are right (fewer, where negative). --out "
                    "saves the ablated model as .safetensors, .pt or .pth.\n\n"
                    "Examples:\n"
                    "  caddie ablate model.pth --tensor features.0.weight --index 5 --json\n"
                    "  caddie ablate model.pth --layer conv1 --channel 2 --kind mean\n"
                    "  caddie ablate model.pth --neuron 17 --out without17.safetensors");
    command->callback([options, &run] { run = [options] { return ablate(*options); }; });
}

} // namespace app
