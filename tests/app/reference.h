// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/program.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace test
{

/// The published models and what PyTorch computes for them (support/record_reference.py).
struct Published {
    std::string file;      ///< in the folder of CADDIE_SEED
    std::string reference; ///< in tests/data
};

inline const std::vector<Published>& publishedModels()
{
    static const std::vector<Published> kModels = {{"model.pth", "reference_820.json"},
                                                   {"model-pruned.pth", "reference_575.json"}};
    return kModels;
}

inline Json referenceOf(const Published& published)
{
    return Json::parse(readFile(sourcePath("tests/data/" + published.reference)));
}

/// Float32 sums in another order differ in the last digits: 1e-4 relative, absolute near 0.
inline void expectClose(const std::vector<double>& found, const std::vector<double>& expected)
{
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        ASSERT_NEAR(found[i], expected[i], 1e-4 * std::max(1.0, std::abs(expected[i]))) << i;
}

} // namespace test
