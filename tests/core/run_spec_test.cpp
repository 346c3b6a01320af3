// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_spec.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

namespace core
{

namespace
{

using Json = nlohmann::json;

RunSpec unusual()
{
    RunSpec spec;
    spec.title = "A \"title\" with ü";
    TrainingOptions options{.epochs = 7,
                            .batch = 33,
                            .optimizer = OptimizerKind::Sgd,
                            .lr = 0.1 + 0.2,
                            .schedule = ScheduleKind::Cosine,
                            .lrStep = 3,
                            .lrGamma = 1.0 / 3,
                            .lrEnd = 1e-300,
                            .momentum = 0.87,
                            .weightDecay = 0.001,
                            .labelSmoothing = 0.05,
                            .keep = KeptEpoch::BestTest,
                            .validation = true,
                            .seed = 0xFFFF'FFFF'FFFF'FFFF,
                            .mask = {1, 0, 0, 1}};
    spec.work = TrainSpec{"linear 10", options};
    spec.data = "MNIST";
    spec.dataHash = "abc";
    spec.backend = BackendChoice::Fused;
    spec.threads = 3;
    spec.out = "somewhere/x.pt";
    return spec;
}

std::string messageOf(const Json& json)
{
    try {
        runSpecFromJson(json.dump());
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Input);
        return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
}

} // namespace

TEST(RunSpec, SurvivesItsJson)
{
    const std::string text = toJson(unusual());
    const RunSpec copy = runSpecFromJson(text);
    EXPECT_EQ(toJson(copy), text);
    const auto& options = std::get<TrainSpec>(copy.work).options;
    EXPECT_EQ(options.lr, 0.1 + 0.2);
    EXPECT_EQ(options.seed, 0xFFFF'FFFF'FFFF'FFFF);
    EXPECT_EQ(options.mask, (std::vector<std::uint8_t>{1, 0, 0, 1}));
    EXPECT_EQ(copy.out, "somewhere/x.pt");

    RunSpec pruning;
    pruning.work = PruneSpec{{.method = PruneMethod::BestFirst,
                              .order = PruneOrder::LossRise,
                              .passes = 3,
                              .biases = true,
                              .slopes = true,
                              .threshold = 0.981,
                              .split = Split::Test,
                              .seed = 5}};
    EXPECT_EQ(toJson(runSpecFromJson(toJson(pruning))), toJson(pruning));
    EXPECT_EQ(kindOf(runSpecFromJson(toJson(pruning))), RunKind::Prune);
}

TEST(RunSpec, KeepsTheSwitchesOfATraining)
{
    RunSpec spec = unusual();
    TrainingSwitches& switches = std::get<TrainSpec>(spec.work).options.switches;
    switches = {.augment = Augmentation::Elastic,
                .augmentStrength = 0.3,
                .sample = Sampling::Loss,
                .samplePressure = 3.5,
                .teacher = "big.safetensors",
                .teacherHash = "abc",
                .temperature = 2.5,
                .teacherWeight = 0,
                .average = Averaging::Ema,
                .averageDecay = 0.99,
                .sparse = SparseMethod::RigL,
                .nonzero = 123,
                .moveShare = 0.2,
                .moveInterval = 50};
    const RunSpec again = runSpecFromJson(toJson(spec));
    EXPECT_EQ(std::get<TrainSpec>(again.work).options.switches, switches);
    switches.average = Averaging::Swa;
    switches.averageDecay = TrainingSwitches().averageDecay;
    switches.averageShare = 0.1;
    EXPECT_EQ(std::get<TrainSpec>(runSpecFromJson(toJson(spec)).work).options.switches, switches);
}

TEST(RunSpec, SaysNothingOfSwitchesThatAreOff)
{
    // So specs from before there were any open, and open there.
    const Json json = Json::parse(toJson(unusual()));
    EXPECT_FALSE(json.at("train").contains("switches"));
}

TEST(RunSpec, RefusesUnknownSwitches)
{
    Json json = Json::parse(toJson(unusual()));
    json["train"]["switches"] = {{"average", "ema"}, {"mood", 3}};
    EXPECT_EQ(messageOf(json), "a run's spec: train.switches.mood is not known to this version");
    json["train"]["switches"] = {{"sparse", "sometimes"}};
    EXPECT_EQ(messageOf(json), "a run's spec: train.switches.sparse is \"sometimes\", expected one "
                               "of none, random, erk, magnitude, snip, grasp, synflow, set, rigl");
}

TEST(RunSpec, NamesWhatIsWrong)
{
    const Json good = Json::parse(toJson(unusual()));
    Json bad = good;
    bad["version"] = 2;
    EXPECT_NE(messageOf(bad).find("version is 2, expected 1"), std::string::npos);
    bad = good;
    bad["train"]["batch"] = "many";
    EXPECT_NE(messageOf(bad).find("train.batch is \"many\", expected a whole number"),
              std::string::npos)
        << messageOf(bad);
    bad = good;
    bad["train"]["optimizer"] = "lion";
    EXPECT_NE(messageOf(bad).find("adamw, adam, sgd"), std::string::npos) << messageOf(bad);
    bad = good;
    bad["train"].erase("lr");
    EXPECT_NE(messageOf(bad).find("train.lr is absent"), std::string::npos) << messageOf(bad);
    bad = good;
    bad["train"]["warmup"] = 3;
    EXPECT_NE(messageOf(bad).find("train.warmup is not known"), std::string::npos);
    bad = good;
    bad["train"]["seed"] = -1;
    EXPECT_NE(messageOf(bad).find("train.seed"), std::string::npos);
    bad = good;
    bad["train"]["epochs"] = 3'000'000'000U;
    EXPECT_NE(messageOf(bad).find("train.epochs"), std::string::npos);
    bad = good;
    bad["train"]["mask"] = "1012";
    EXPECT_NE(messageOf(bad).find("train.mask"), std::string::npos);
    messageOf(Json::array());
    messageOf(Json());
    EXPECT_THROW(runSpecFromJson("{"), Error);
}

TEST(RunPresets, AreAllThatTheyAreCalled)
{
    std::set<std::string> ids;
    for (const RunPreset& preset : runPresets()) {
        EXPECT_TRUE(ids.insert(preset.id).second) << preset.id;
        EXPECT_FALSE(preset.about.empty());
        EXPECT_EQ(preset.spec.title, preset.title);
        EXPECT_EQ(toJson(runSpecFromJson(toJson(preset.spec))), toJson(preset.spec));
        EXPECT_EQ(findRunPreset(preset.id), &preset);
    }
    EXPECT_EQ(findRunPreset("none"), nullptr);
    for (const auto& [id, parameters] : std::initializer_list<std::pair<const char*, std::size_t>>{
             {"published-1055", 1055}, {"published-807", 807}, {"published-820", 820}}) {
        ASSERT_TRUE(findRunPreset(id)) << id;
        const auto& train = std::get<TrainSpec>(findRunPreset(id)->spec.work);
        EXPECT_EQ(parseArchitecture(train.architecture).trainableCount(), parameters);
        EXPECT_EQ(train.options.lr, 0.0008);
        EXPECT_EQ(train.options.schedule, ScheduleKind::Constant);
        EXPECT_EQ(train.options.batch, 14);
        EXPECT_EQ(train.options.epochs, 20);
    }
    const auto& pruning =
        std::get<PruneSpec>(findRunPreset("published-pruning")->spec.work).options;
    EXPECT_EQ(pruning.split, Split::Test);
    EXPECT_EQ(pruning.threshold, 0.98);
    EXPECT_EQ(pruning.order, PruneOrder::Published);
    EXPECT_FALSE(pruning.biases || pruning.slopes);
}

} // namespace core
