// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "core/runs/spec_words.h"
#include "core/search/train_objective.h"

#include <charconv>
#include <fmt/format.h>

namespace core
{

namespace
{

using Values = std::map<std::string, TrialParameter>;

[[noreturn]] void refuse(const std::string& name, const SearchValue& value, const char* expected)
{
    throw Error(ErrorKind::Usage,
                fmt::format("\"{}\" = {}: expected {}", name, toText(value), expected));
}

double number(const std::string& name, const SearchValue& value)
{
    if (const auto* real = std::get_if<double>(&value))
        return *real;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*integer);
    refuse(name, value, "a number");
}

template<typename Enum, std::size_t N>
Enum wordIn(const Word<Enum> (&words)[N], const std::string& name, const SearchValue& value)
{
    for (const Word<Enum>& word : words)
        if (value == SearchValue(std::string(word.text)))
            return word.value;
    refuse(name, value, "one of its words, as on the command line");
}

constexpr Word<ActivationKind> kActivations[] = {
    {"relu", ActivationKind::ReLU},       {"prelu", ActivationKind::PReLU},
    {"leaky", ActivationKind::LeakyReLU}, {"sigmoid", ActivationKind::Sigmoid},
    {"tanh", ActivationKind::Tanh},       {"silu", ActivationKind::SiLU},
    {"gelu", ActivationKind::GELU},       {"elu", ActivationKind::ELU},
    {"abs", ActivationKind::Abs},         {"sqrelu", ActivationKind::SquaredReLU}};
constexpr Word<PoolKind> kPools[] = {{"max", PoolKind::Max}, {"average", PoolKind::Average}};

/// "channels2" is 2 behind "channels"; 0 where it is something else.
int numberBehind(const std::string& name, std::string_view prefix)
{
    int index = 0;
    if (!name.starts_with(prefix))
        return 0;
    const char* end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + prefix.size(), end, index);
    return error == std::errc() && rest == end ? index : 0;
}

bool isOfArchitecture(const std::string& name)
{
    return name == "activation" || name == "pool" || numberBehind(name, "channels") > 0 ||
           numberBehind(name, "kernel") > 0;
}

void changeConvolution(std::vector<Layer>& layers, const std::string& name, int index, int value)
{
    int count = 0;
    for (Layer& layer : layers) {
        auto* convolution = std::get_if<Convolution>(&layer);
        if (!convolution || ++count != index)
            continue;
        if (name.starts_with("channels"))
            convolution->outputs = value;
        else
            convolution->kernelHeight = convolution->kernelWidth = value;
        return;
    }
    throw Error(ErrorKind::Usage,
                fmt::format("\"{}\": the network has {} convolutions", name, count));
}

void change(std::vector<Layer>& layers, const std::string& name, const SearchValue& value)
{
    for (Layer& layer : layers) {
        if (auto* activation = std::get_if<Activation>(&layer); activation && name == "activation")
            activation->kind = wordIn(kActivations, name, value);
        if (auto* pool = std::get_if<Pool>(&layer); pool && name == "pool")
            pool->kind = wordIn(kPools, name, value);
    }
    const int index = std::max(numberBehind(name, "channels"), numberBehind(name, "kernel"));
    if (index > 0)
        changeConvolution(layers, name, index, static_cast<int>(number(name, value)));
}

std::string architectureWith(const std::string& text, const Values& values)
{
    const Architecture base = parseArchitecture(text);
    std::vector<Layer> layers = base.layers();
    for (const auto& [name, value] : values)
        if (isOfArchitecture(name))
            change(layers, name, value.external());
    return toText(Architecture(std::move(layers), base.input()));
}

/// Whether it is a switch of the training, but for the teacher, whom all trials share; then it is
/// set, where there is a value.
bool setSwitch(TrainingSwitches& switches, const std::string& name, const SearchValue* value)
{
    bool found = false;
    forEachSwitch(switches, [&](const char* own, auto& target, bool) {
        using Value = std::remove_cvref_t<decltype(target)>;
        if constexpr (!std::is_same_v<Value, std::string>) {
            if (name != own)
                return;
            found = true;
            if (!value)
                return;
            if constexpr (std::is_enum_v<Value>)
                target = wordIn(wordsFor(target), name, *value);
            else
                target = static_cast<Value>(number(name, *value));
        }
    });
    return found;
}

/// Whether it is an option of the training; then it is set.
bool setOption(TrainingOptions& options, const std::string& name, const SearchValue& value)
{
    const auto real = [&] { return number(name, value); };
    const auto whole = [&] { return static_cast<int>(number(name, value)); };
    if (name == "batch")
        options.batch = whole();
    else if (name == "epochs")
        options.epochs = whole();
    else if (name == "seed")
        options.seed = static_cast<std::uint64_t>(real());
    else if (name == "lr")
        options.lr = real();
    else if (name == "lr_step")
        options.lrStep = whole();
    else if (name == "lr_gamma")
        options.lrGamma = real();
    else if (name == "lr_end")
        options.lrEnd = real();
    else if (name == "momentum")
        options.momentum = real();
    else if (name == "weight_decay")
        options.weightDecay = real();
    else if (name == "label_smoothing")
        options.labelSmoothing = real();
    else if (name == "optimizer")
        options.optimizer = wordIn(kOptimizers, name, value);
    else if (name == "schedule")
        options.schedule = wordIn(kSchedules, name, value);
    else
        return setSwitch(options.switches, name, &value);
    return true;
}

} // namespace

void requireTrainSpace(const SearchSpace& space)
{
    for (const auto& [name, distribution] : space.dimensions) {
        TrainingOptions ignored;
        const bool isWord = name == "optimizer" || name == "schedule" || name == "architecture" ||
                            setSwitch(ignored.switches, name, nullptr);
        if (!isWord && !isOfArchitecture(name) && !setOption(ignored, name, SearchValue(1.0)))
            throw Error(ErrorKind::Usage,
                        fmt::format("search space: \"{}\" is nothing that a training has; "
                                    "'caddie sweep --help' lists what it has",
                                    name));
    }
}

TrainSpec trainSpecOf(const TrainSpec& base, const Values& values)
{
    TrainSpec spec = base;
    const auto architecture = values.find("architecture");
    if (architecture != values.end())
        spec.architecture = toText(architecture->second.external());
    spec.architecture = architectureWith(spec.architecture, values);
    if (!values.contains("schedule") && (values.contains("lr_step") || values.contains("lr_gamma")))
        spec.options.schedule = ScheduleKind::Step;
    for (const auto& [name, value] : values)
        setOption(spec.options, name, value.external());
    core::requireSensible(spec.options);
    return spec;
}

} // namespace core
