// SPDX-License-Identifier: GPL-3.0-or-later
// How long the effect of ablating a single weight takes to answer, for every weight of a model in
// random order, as clicks come; and whether each answer is that of a full evaluation.
//
//     weight_ablation MODEL [MNIST_FOLDER]     without a folder, on 10,000 built-in sample digits
#include "core/base/random.h"
#include "core/data/mnist.h"
#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/inspect/ablation_study.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void report(const std::string& name, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-22s %4zu  median %6.2f ms  90 %% %6.2f ms  slowest %6.2f ms\n", name.c_str(),
                times.size(), times[times.size() / 2], times[times.size() * 9 / 10], times.back());
}

/// All trainable parameters that are not zero, with the tensor each is of.
std::vector<std::pair<std::size_t, std::string>> parametersOf(const core::Model& model)
{
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const core::ParameterSlice& slice : model.parameters.slices())
        for (std::size_t i = 0; i < slice.count && isTrainable(slice.role); ++i)
            if (model.parameters.of(slice)[i] != 0.0F)
                found.emplace_back(slice.offset + i, slice.name);
    return found;
}

int run(const std::string& file, const core::DatasetPointer& data)
{
    const auto model = std::make_shared<const core::Model>(core::openModel(file));
    auto start = Clock::now();
    core::AblationStudy study(model, data);
    std::printf("%s, %s, %s; ready after %.0f ms\n", model->name.c_str(),
                data->description().c_str(), study.backendName().c_str(), millisecondsSince(start));
    const auto backend = core::makeBackend(model->architecture);
    auto parameters = parametersOf(*model);
    core::Random(1).shuffle(std::span(parameters));
    std::map<std::string, std::vector<double>> times;
    std::vector<double> weights;
    std::vector<double> all;
    std::vector<double> full;
    std::size_t different = 0;
    for (const auto& [parameter, tensor] : parameters) {
        core::AblationHistory history(model->parameters);
        history.ablate(model->architecture, core::WeightTarget{parameter},
                       core::AblationKind::Zero);
        start = Clock::now();
        const auto effect = study.effect(history.parameters().values());
        const double time = millisecondsSince(start);
        start = Clock::now();
        const auto expected = backend->evaluate(history.parameters().values(), *data);
        full.push_back(millisecondsSince(start));
        times[tensor].push_back(time);
        all.push_back(time);
        const auto* slice = model->parameters.find(tensor);
        if (slice->role == core::ParameterRole::Weight)
            weights.push_back(time);
        bool same = effect->correct == expected.correct;
        for (std::size_t label = 0; label < effect->correctPerClass.size(); ++label)
            same = same && effect->correctPerClass[label] ==
                               expected.confusion[label * (effect->correctPerClass.size() + 1)];
        different += same ? 0 : 1;
    }
    for (const auto& [tensor, of] : times)
        report(tensor, of);
    report("all weights", weights);
    report("all parameters", all);
    report("full evaluations", full);
    std::printf("answers other than a full evaluation's: %zu\n", different);
    return different == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: weight_ablation MODEL [MNIST_FOLDER]\n");
        return 2;
    }
    try {
        return run(argv[1], std::make_shared<const core::Dataset>(
                                argc > 2 ? core::loadMnist(argv[2], core::Split::Test)
                                         : core::sampleDigits(10000)));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
