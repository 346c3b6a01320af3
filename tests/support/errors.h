// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <string>

namespace test
{

/// Runs `action`, expecting one sentence of that kind which contains `part`.
template<typename Action>
void expectError(core::ErrorKind kind, const std::string& part, Action action)
{
    try {
        action();
        ADD_FAILURE() << "no error, expected one about \"" << part << "\"";
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
        EXPECT_THAT(error.what(), testing::HasSubstr(part));
        EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("\n")));
    }
}

} // namespace test
