// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes from a click on a weight until its effect on the whole data set is there: the
// window's ablations with everything behind them, but no window. One weight after the other, each
// undone again, every kernel weight of the model.
//     QT_QPA_PLATFORM=offscreen build/release/bin/ui_ablation MNIST [MODEL]
#include "core/data/mnist.h"
#include "tests/benchmarks/window_benchmark.h"
#include "ui/ablations.h"
#include "ui/session.h"

#include <QApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

template<typename Condition>
void waitFor(Condition condition)
{
    while (!condition()) {
        QCoreApplication::processEvents();
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
}

bool idle(const ui::Ablations& ablations)
{
    const auto& report = ablations.report();
    return report.value && !report.running && report.value->imagesKnown;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: ui_ablation MNIST [MODEL]\n");
        return 2;
    }
    const QApplication application(argc, argv);
    const auto folder = core::findMnist(std::filesystem::path(argv[1]));
    if (!folder) {
        std::fprintf(stderr, "ui_ablation: no MNIST in %s\n", argv[1]);
        return 4;
    }
    ui::Session session(1);
    session.setDataset(
        std::make_shared<core::Dataset>(core::loadMnist(*folder, core::Split::Test)));
    session.addModel(benchmark::makeModel(argc > 2 ? argv[2] : nullptr));
    ui::Ablations& ablations = session.ablations();
    ablations.prepare();
    waitFor([&] { return session.evaluation() && !session.classStatistics().running; });

    std::vector<std::size_t> weights;
    const core::Parameters& parameters = session.current()->parameters;
    for (const core::ParameterSlice& slice : parameters.slices())
        for (std::size_t i = 0; i < slice.count; ++i)
            if (slice.role == core::ParameterRole::Weight &&
                parameters.values()[slice.offset + i] != 0)
                weights.push_back(slice.offset + i);
    std::vector<double> clicks;
    std::vector<double> effects;
    for (const std::size_t weight : weights) {
        waitFor([&] { return idle(ablations); });
        const auto start = Clock::now();
        ablations.ablate(core::WeightTarget{weight});
        clicks.push_back(millisecondsSince(start));
        waitFor([&] { return !ablations.report().running; });
        effects.push_back(millisecondsSince(start));
        ablations.undo();
    }
    std::ranges::sort(clicks);
    std::ranges::sort(effects);
    const std::size_t count = effects.size();
    std::printf("%zu weights, %s\n", count, session.dataset()->description().c_str());
    std::printf("  the click itself  median %6.2f ms   worst %6.2f\n", clicks[count / 2],
                clicks.back());
    std::printf("  until its effect  median %6.2f ms   99 %% %6.2f   worst %6.2f\n",
                effects[count / 2], effects[count * 99 / 100], effects.back());
    return 0;
}
