// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/program.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace test
{

/// A model and the whole set of its figures, and that of comparing it with a wider one: made when
/// first asked for, once a suite, and small, because every pixel counts.
class FigureSets : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        s_program = std::make_unique<Program>();
        s_model = s_program->makeModel("m.safetensors");
        s_other = s_program->makeModel(
            "other.safetensors", 5, "6@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10");
    }
    static void TearDownTestSuite() { s_program.reset(); }

    /// The folder with the set of the model.
    static std::string set()
    {
        return filled("set", {s_model, "--steps", "3", "--preset", "robust", "--seed", "7"});
    }
    static std::string compared() { return filled("compared", {s_model, s_other, "--steps", "3"}); }

    static std::string filled(const char* name, std::vector<std::string> more)
    {
        const std::string folder = *s_program / name;
        if (std::filesystem::exists(folder))
            return folder;
        more.insert(more.begin(), "figures");
        more.insert(more.end(), {"--data", "samples", "--out", folder, "--width-mm", "100", "--dpi",
                                 "60", "--quiet"});
        const Outcome outcome = s_program->run(more);
        EXPECT_EQ(outcome.code, 0) << outcome.error;
        return folder;
    }

    /// `caddie figures` with both models to find, on the sample digits.
    static Outcome run(const std::vector<std::string>& more)
    {
        std::vector<std::string> all = {"figures", s_model,   s_other,
                                        "--data",  "samples", "--quiet"};
        all.insert(all.end(), more.begin(), more.end());
        return s_program->run(all);
    }

    static std::vector<std::filesystem::path> files(const std::string& folder,
                                                    const std::string& extension)
    {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == extension)
                found.push_back(entry.path());
        std::ranges::sort(found);
        return found;
    }

    static inline std::unique_ptr<Program> s_program;
    static inline std::string s_model;
    static inline std::string s_other;
};

} // namespace test
