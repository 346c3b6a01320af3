// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

TEST(HandbookCommand, FindsThePagesThatComeWithTheProgram)
{
    const test::Program program;
    const auto list = program.run({"handbook"});
    ASSERT_EQ(list.code, 0) << list.error;
    EXPECT_EQ(list.error, "");
    EXPECT_THAT(list.out, testing::HasSubstr("44-playing-golf"));
    EXPECT_THAT(program.run({"handbook", "swaps"}).out, testing::StartsWith("# Swaps\n"));
}

TEST(HandbookCommand, RefusesAFolderWithoutPages)
{
    const test::Program program;
    test::expectRefused(program.run({"handbook", "--folder", program / "nowhere"}), 3,
                        "nowhere: is no folder, expected the handbook's pages");
    test::expectRefused(program.run({"handbook", "--folder", program.home()}), 3,
                        "home: has no pages, expected the handbook's");
}
