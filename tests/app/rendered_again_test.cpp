// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of figure is rendered again from its recipe. A new kind needs a recipe here.
#include "tests/app/figure_sets.h"
#include "ui/figures/figure_kind.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace
{

namespace fs = std::filesystem;
using test::Json;
using test::Outcome;

class RenderedAgain : public test::FigureSets, public testing::WithParamInterface<const char*>
{
protected:
    /// Recipes of this kind of figure, as files; those of a set have its other formats beside them.
    static std::vector<fs::path> recipes(const std::string& kind)
    {
        if (kind == "parameters")
            return {written(kind, moment())};
        if (kind == "scoreboard")
            return {written(kind, scoreboard())};
        if (kind == "training")
            return {written(kind, training())};
        if (kind == "pruning")
            return {pruning()};
        if (kind.starts_with("sweep-"))
            return {written(kind, sweep(kind))};
        if (kind == "golf")
            return {written(kind, golf())};
        std::vector<fs::path> found;
        for (const fs::path& file :
             files(kind.starts_with("compare-") ? compared() : set(), ".json"))
            if (Json::parse(test::readFile(file))["view"] == kind)
                found.push_back(file);
        constexpr std::size_t kEnough = 4; // ten digits are drawn as one is
        found.resize(std::min(found.size(), kEnough));
        return found;
    }

    static std::string runs() { return *s_program / "runs"; }

private:
    static fs::path written(const std::string& kind, Json recipe)
    {
        recipe["program"] = std::string("caddie ") + CADDIE_VERSION;
        recipe["recipe"] = 1;
        recipe["size"] = {{"dpi", 60}, {"magnification", 1}, {"widthMm", 100}};
        recipe["view"] = kind;
        const std::string file = *s_program / (kind + ".json");
        test::writeFile(file, recipe.dump() + "\n");
        return file;
    }

    static Json modelEntry(const core::Model& model)
    {
        return {{"architecture", core::toText(model.architecture)},
                {"hash", core::modelHash(model)},
                {"name", model.name},
                {"nonzero", model.parameters.nonzero()},
                {"parameters", model.parameters.count()},
                {"selectedOn", ""}};
    }

    /// The parameters of a moment of training, which no file has.
    static Json moment()
    {
        core::Model model;
        model.name = "gone";
        model.architecture = core::parseArchitecture("linear 10");
        model.parameters = core::initialParameters(model.architecture, 1);
        std::ranges::fill(model.parameters.values(), 0.0F);
        // 7,850 zeros: 2,616 times three bytes, and two more.
        return {{"content", "all"},
                {"model", modelEntry(model)},
                {"values", "u8:" + std::string(4 * 2616, 'A') + "AAA="},
                {"when", "after epoch 3"}};
    }

    static Json score(const char* name, const char* origin, const char* source, int nonzero,
                      int correct)
    {
        return {{"correct", correct},   {"data", "MNIST test, 10,000 images"},
                {"hash", ""},           {"images", 10000},
                {"name", name},         {"nonzero", nonzero},
                {"origin", origin},     {"problem", ""},
                {"selectedOn", "test"}, {"source", source}};
    }

    static Json scoreboard()
    {
        return {{"data", "MNIST test, 10,000 images"},
                {"fewest", 250},
                {"highest", 0.99},
                {"lowest", 0.97},
                {"models",
                 {score("a", "published", "published", 575, 9800),
                  score("b", "shipped", "claimed", 439, 9802),
                  score("c", "run", "verified", 900, 9850)}},
                {"most", 1500}};
    }

    /// A study of a dozen trials, with what else this kind of figure needs.
    static Json sweep(const std::string& kind)
    {
        Json trials = Json::array();
        for (int i = 0; i < 12; ++i) {
            const double value = 0.97 + 0.001 * (i * 5 % 12);
            const bool pruned = i % 4 == 3;
            trials.push_back({i,
                              pruned ? "pruned" : "complete",
                              value,
                              {4 + i, 0.00125 + 0.0005 * i},
                              {{1, value - 0.01}, {2, value}},
                              "",
                              ""});
        }
        const Json batch = {
            {"name", "IntDistribution"},
            {"attributes", {{"low", 4}, {"high", 32}, {"log", false}, {"step", 1}}}};
        const Json lr = {
            {"name", "FloatDistribution"},
            {"attributes", {{"low", 1e-5}, {"high", 1e-2}, {"log", true}, {"step", nullptr}}}};
        Json recipe = {{"study",
                        {{"name", "s"},
                         {"direction", "maximize"},
                         {"measuredOn", "MNIST validation, 10,000 images"},
                         {"space",
                          {{{"name", "batch"}, {"distribution", batch}},
                           {{"name", "lr"}, {"distribution", lr}}}},
                         {"trials", trials}}}};
        if (kind == "sweep-history" || kind == "sweep-curves" || kind == "sweep-distribution")
            recipe["range"] = {{"left", -1}, {"right", 13}, {"low", 0.9}, {"high", 1}};
        if (kind == "sweep-contour") {
            recipe["across"] = "batch";
            recipe["up"] = "lr";
        }
        return recipe;
    }

    /// The curves of a run of one epoch.
    static Json training()
    {
        const Outcome trained = s_program->run(
            {"train", "--from", s_model, "--epochs", "1", "--data", "samples", "--runs", runs(),
             "--out", *s_program / "trained.safetensors", "--quiet", "--json"});
        EXPECT_EQ(trained.code, 0) << trained.error;
        return {
            {"model", modelEntry(core::openModel(s_model))},
            {"runs",
             {{{"colour", 0}, {"epochs", 1}, {"run", trained.json()["run"]}, {"title", "one"}}}}};
    }

    /// A game that ended with its first step.
    static Json golf()
    {
        core::Model start;
        start.name = "one";
        start.architecture = core::parseArchitecture("2@3x3 prelu pool, linear 10");
        start.parameters = core::Parameters(start.architecture);
        const Outcome played = s_program->run({"golf", "--arch", core::toText(start.architecture),
                                               "--budget", "0.001", "--target", "0.5", "--data",
                                               "samples", "--runs", runs(), "--quiet", "--json"});
        EXPECT_EQ(played.code, 0) << played.error;
        return {{"model", modelEntry(start)},
                {"ranges",
                 {{"accuracy", {0.4, 1}},
                  {"loss", {0, 2}},
                  {"nonzero", {100, 5000}},
                  {"steps", {0, 20}}}},
                {"runs",
                 {{{"colour", 0},
                   {"images", 1000},
                   {"run", played.json()["run"]},
                   {"steps", 1},
                   {"title", "one"}}}}};
    }

    /// From the set of a model that a pruning made.
    static fs::path pruning()
    {
        const std::string small = *s_program / "small.safetensors";
        const Outcome pruned = s_program->run(
            {"prune", test::sourcePath("models/prelu-820.safetensors"), "--data", "samples",
             "--split", "test", "--runs", runs(), "--out", small, "--quiet"});
        EXPECT_EQ(pruned.code, 0) << pruned.error;
        return filled("pruned", {small, "--runs", runs(), "--steps", "1"}) + "/pruning.json";
    }
};

} // namespace

TEST_P(RenderedAgain, ByteForByteFromEachFormat)
{
    const std::vector<fs::path> all = recipes(GetParam());
    ASSERT_FALSE(all.empty()) << "no recipe of the kind " << GetParam();
    for (fs::path recipe : all) {
        for (const char* format : {".svg", ".pdf", ".png", ".json", ".csv"}) {
            const std::string once = *s_program / (std::string("once") + format);
            const Outcome outcome = run({"--recipe", recipe, "--out", once, "--runs", runs()});
            ASSERT_EQ(outcome.code, 0) << recipe << outcome.error;
            if (const fs::path first = fs::path(recipe).replace_extension(format);
                fs::exists(first)) {
                EXPECT_EQ(test::readFile(once), test::readFile(first)) << first;
            }
            if (format == std::string(".csv"))
                continue; // carries no recipe
            const Outcome checked = run({"--check", once, "--runs", runs()});
            EXPECT_EQ(checked.code, 0) << recipe << format << checked.error;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EachKind, RenderedAgain, testing::ValuesIn([] {
                             std::vector<const char*> names;
                             for (const ui::NamedFigureKind& kind : ui::kFigureKinds)
                                 names.push_back(kind.name);
                             return names;
                         }()),
                         [](const testing::TestParamInfo<const char*>& info) {
                             std::string name = info.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });
