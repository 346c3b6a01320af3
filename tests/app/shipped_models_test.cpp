// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "tests/app/program.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

namespace
{

using test::Json;
using test::Program;

std::vector<std::filesystem::path> shippedModels()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(test::sourcePath("models")))
        if (entry.path().extension() == ".safetensors")
            files.push_back(entry.path());
    return files;
}

/// The row of a Markdown table that begins with a name; empty: there is none.
std::string rowOf(const std::string& document, const std::string& name)
{
    std::ifstream lines(test::sourcePath(document));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("| `" + name + "` |"))
            return line;
    return {};
}

/// "| 1,055 |"
std::string countCell(const Json& count)
{
    return fmt::format("| {} |", core::withThousands(count.get<int>()));
}

Json verified(const Program& program, const std::filesystem::path& model, const std::string& data)
{
    const auto outcome = program.run({"verify", model, "--data", data, "--json"});
    EXPECT_EQ(outcome.code, 0) << model << outcome.error;
    return outcome.json();
}

} // namespace

TEST(ShippedModels, HaveARowInBothTablesWithTheirCountsAndSampleDigits)
{
    const Program program;
    ASSERT_GE(shippedModels().size(), 5U);
    for (const auto& file : shippedModels()) {
        const std::string name = file.filename();
        const Json found = verified(program, file, "samples");
        for (const std::string& row :
             {rowOf("models/README.md", name), rowOf("README.md", "models/" + name)}) {
            EXPECT_NE(row.find(countCell(found["parameters"])), std::string::npos) << name << row;
            EXPECT_NE(row.find(countCell(found["nonzero"])), std::string::npos) << name << row;
            EXPECT_TRUE(
                row.ends_with(fmt::format("| {:.2f} % |", 100 * found["accuracy"].get<double>())))
                << name << found["accuracy"] << row;
        }
    }
}

TEST(ShippedModels, HoldWhatTheyClaimOnMnist)
{
    CADDIE_NEEDS_MNIST();
    const Program program;
    for (const auto& file : shippedModels()) {
        const std::string name = file.filename();
        const Json found = verified(program, file, test::mnistFolder()->string());
        EXPECT_TRUE(found["claim"]["holds"]) << name;
        EXPECT_TRUE(found["meets_goal"]) << name;
        const bool onTest = found["provenance"].value("selected_on", "") == "test";
        for (const std::string& row :
             {rowOf("models/README.md", name), rowOf("README.md", "models/" + name)}) {
            EXPECT_NE(row.find(fmt::format("| {:.2f} %", 100 * found["accuracy"].get<double>())),
                      std::string::npos)
                << name << row;
            EXPECT_EQ(row.find("selected on it") != std::string::npos, onTest) << name << row;
        }
    }
}
