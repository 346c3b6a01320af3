// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handbook/techniques.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

std::string network(const char* activation, const char* input = "")
{
    return fmt::format("{0}4@4x4 {1} pool, 5@3x3 {1} pool, 4@3x3 {1}, linear 10", input,
                       activation);
}

constexpr const char* kPRelu = "prelu";

/// 60 epochs in all: 20 dense, then 5 after each removal of 12 % until 300 are left.
GolfOptions course()
{
    GolfOptions options;
    options.threshold = 0; // nothing is chosen, and nothing ends it early
    options.starts = 1;
    options.startEpochs = 10;
    options.denseEpochs = 10;
    options.share = options.firstShare = 0.12;
    options.epochs = options.firstEpochs = 5;
    options.swaps = 0;
    options.curvatureImages = 10'000;
    options.trialImages = 2'000;
    options.trials = 4;
    options.promising = 2;
    options.least = *std::ranges::min_element(kLadderCounts);
    return options;
}

/// Equal in network, rate, batch and epochs.
TrainingOptions sparseTraining(SparseMethod method)
{
    const GolfOptions golf = course();
    TrainingOptions options;
    options.epochs = 60;
    options.batch = golf.batch;
    options.optimizer = OptimizerKind::Adam;
    options.lr = golf.denseRate;
    options.schedule = ScheduleKind::Cosine;
    options.lrEnd = golf.lastRate;
    options.weightDecay = 0;
    options.switches.sparse = method;
    return options;
}

class TechniqueList
{
public:
    void begin(std::string table, std::string label = "The course as it is")
    {
        m_table = std::move(table);
        add("plain", std::move(label));
    }

    template<typename Change>
    void add(std::string id, std::string label, Change change,
             std::string architecture = network(kPRelu))
    {
        GolfOptions options = course();
        change(options);
        append({std::move(id), m_table, std::move(label), std::move(architecture), options, false});
    }

    void add(std::string id, std::string label, std::string architecture = network(kPRelu))
    {
        add(
            std::move(id), std::move(label), [](GolfOptions&) {}, std::move(architecture));
    }

    void addSparse(std::string id, std::string label, SparseMethod method)
    {
        append({std::move(id), m_table, std::move(label), network(kPRelu), sparseTraining(method),
                false});
    }

    void addTaught(std::string id, std::string label, double temperature, double weight)
    {
        add(std::move(id), std::move(label), [&](GolfOptions& options) {
            options.switches.teacher = "teacher";
            options.switches.temperature = temperature;
            options.switches.teacherWeight = weight;
        });
        m_list.back().needsTeacher = true;
    }

    std::vector<Technique> take() { return std::move(m_list); }

private:
    void append(Technique technique) { m_list.push_back(std::move(technique)); }

    std::string m_table;
    std::vector<Technique> m_list;
};

void addPruning(TechniqueList& list)
{
    list.begin("criteria", "Optimal Brain Surgeon, tried out");
    list.add("criterion-surgeon-untried", "Optimal Brain Surgeon, the cheapest untried",
             [](GolfOptions& options) { options.trials = 1; });
    list.add("criterion-loss", "Smallest rise of the loss",
             [](GolfOptions& options) { options.criterion = GolfCriterion::Loss; });
    list.add("criterion-magnitude", "Smallest magnitude",
             [](GolfOptions& options) { options.criterion = GolfCriterion::Magnitude; });

    list.begin("rounds", "12 % a round, 5 epochs each");
    list.add("rounds-small", "6 % a round, 5 epochs each",
             [](GolfOptions& options) { options.share = options.firstShare = 0.06; });
    list.add("rounds-long", "12 % a round, 15 epochs each",
             [](GolfOptions& options) { options.epochs = options.firstEpochs = 15; });
    list.add("rounds-once", "All at once, then 40 epochs", [](GolfOptions& options) {
        options.share = options.firstShare = 1;
        options.epochs = options.firstEpochs = 40;
    });
    list.add("rounds-low-rate", "The rate not rewound: 0.0003 throughout",
             [](GolfOptions& options) { options.rate = 0.0003; });

    list.begin("swaps", "No swaps");
    for (const int swaps : {2, 6})
        list.add(fmt::format("swaps-{}", swaps), fmt::format("{} swaps a round", swaps),
                 [=](GolfOptions& options) {
                     options.swaps = swaps;
                     options.swapBelow = 700;
                 });

    list.begin("starts", "One dense start");
    list.add("starts-6", "The best of six by training loss",
             [](GolfOptions& options) { options.starts = 6; });
    list.add("starts-6-heat", "The best of six by training loss at 300 non-zero",
             [](GolfOptions& options) {
                 options.starts = 6;
                 options.startEpochs += options.denseEpochs;
                 options.heat = options.least;
                 options.heatShare = options.share;
                 options.heatEpochs = options.epochs;
             });

    list.begin("tickets", "The values that it has");
    for (const auto& [id, label, rewind] :
         {std::tuple("ticket", "The values that it began with: a lottery ticket",
                     GolfRewind::Initial),
          std::tuple("ticket-control", "New values in the same places", GolfRewind::Random)})
        list.add(id, label, [rewind](GolfOptions& options) {
            options.rewind = rewind;
            options.criterion = GolfCriterion::Magnitude;
        });
    list.add("ticket-none", "The values that it has, by magnitude",
             [](GolfOptions& options) { options.criterion = GolfCriterion::Magnitude; });

    list.begin("polish", "No polish");
    list.add("polish-3", "Three Levenberg-Marquardt steps after each round",
             [](GolfOptions& options) { options.polish = 3; });
}

void addSparse(TechniqueList& list)
{
    list.begin("sparse", "Pruned and trained on");
    list.addSparse("sparse-random", "Random places", SparseMethod::Random);
    list.addSparse("sparse-erk", "Random places, Erdős–Rényi densities", SparseMethod::Erk);
    list.addSparse("sparse-magnitude", "Largest initial magnitude", SparseMethod::Magnitude);
    list.addSparse("sparse-snip", "SNIP", SparseMethod::Snip);
    list.addSparse("sparse-grasp", "GraSP", SparseMethod::Grasp);
    list.addSparse("sparse-synflow", "SynFlow", SparseMethod::SynFlow);
    list.addSparse("sparse-set", "SET", SparseMethod::Set);
    list.addSparse("sparse-rigl", "RigL", SparseMethod::RigL);
}

void addSwitches(TechniqueList& list)
{
    list.begin("sampling", "Each image once an epoch");
    list.add("sampling-loss", "The harder, the more often",
             [](GolfOptions& options) { options.switches.sample = Sampling::Loss; });

    list.begin("augmentation", "The images as they are");
    for (const auto& [id, label, augment] :
         {std::tuple("augment-shift", "Shifted", Augmentation::Shift),
          std::tuple("augment-affine", "Turned, scaled, sheared and shifted", Augmentation::Affine),
          std::tuple("augment-elastic", "Elastic", Augmentation::Elastic)})
        list.add(id, label,
                 [augment](GolfOptions& options) { options.switches.augment = augment; });

    list.begin("transformations", "Raw input");
    list.add("deskew", "Set upright", network(kPRelu, "deskew, "));
    list.add("shifts", "Averaged over five shifts", network(kPRelu, "shifts, "));
    list.add("deskew-shifts", "Both", network(kPRelu, "deskew shifts, "));

    list.begin("distillation", "No teacher");
    list.addTaught("teacher-4", "Temperature 4, weight 0.7", 4, 0.7);
    list.addTaught("teacher-2", "Temperature 2, weight 0.5", 2, 0.5);

    list.begin("smoothing", "The labels as they are");
    for (const auto& [id, smoothing] : {std::pair("smoothing-2", 0.02), {"smoothing-5", 0.05}})
        list.add(id, fmt::format("{} spread over all classes", smoothing),
                 [=](GolfOptions& options) { options.labelSmoothing = smoothing; });

    list.begin("averaging", "The last weights");
    list.add("averaging-ema", "Exponential average, 0.999 a step",
             [](GolfOptions& options) { options.switches.average = Averaging::Ema; });
    list.add("averaging-swa", "Mean of the last quarter of the epochs",
             [](GolfOptions& options) { options.switches.average = Averaging::Swa; });
}

void addActivations(TechniqueList& list)
{
    list.begin("activations", "PReLU");
    for (const auto& [activation, label] : {std::pair("relu", "ReLU"),
                                            {"leaky 0.2", "Leaky ReLU, 0.2"},
                                            {"elu", "ELU"},
                                            {"silu", "SiLU"},
                                            {"gelu", "GELU"},
                                            {"abs", "Absolute value"},
                                            {"sqrelu", "Squared ReLU"}})
        list.add(fmt::format("activation-{}", activation), label, network(activation));
}

std::vector<Technique> makeTechniques()
{
    TechniqueList list;
    addPruning(list);
    addSparse(list);
    addSwitches(list);
    addActivations(list);
    return list.take();
}

} // namespace

const std::vector<Technique>& techniques()
{
    static const std::vector<Technique> kTechniques = makeTechniques();
    return kTechniques;
}

std::vector<std::string> techniqueTables()
{
    std::vector<std::string> tables;
    for (const Technique& technique : techniques())
        if (tables.empty() || tables.back() != technique.table)
            tables.push_back(technique.table);
    return tables;
}

} // namespace core
