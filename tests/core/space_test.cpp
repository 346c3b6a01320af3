// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/space.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace core
{

namespace
{

std::string sentenceOf(const std::string& json)
{
    try {
        searchSpaceFromJson(json);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// What `optuna.distributions.distribution_to_json` of 3.1.0 gives, without the blanks.
constexpr const char* kOptunaForms[] = {
    R"({"name":"FloatDistribution","attributes":{"step":null,"low":1e-05,"high":0.01,"log":true}})",
    R"({"name":"FloatDistribution","attributes":{"step":0.25,"low":0.0,"high":1.0,"log":false}})",
    R"({"name":"IntDistribution","attributes":{"log":false,"step":2,"low":1,"high":7}})",
    R"({"name":"IntDistribution","attributes":{"log":true,"step":1,"low":1,"high":64}})",
    R"({"name":"CategoricalDistribution","attributes":{"choices":["relu",2,null,true,0.5]}})"};

} // namespace

TEST(SearchSpace, WritesDistributionsAsOptunaDoes)
{
    for (const char* form : kOptunaForms)
        EXPECT_EQ(toJson(distributionFromJson(form)), form);
}

TEST(SearchSpace, ReadsTheNamesThatOptunaHadBefore)
{
    EXPECT_EQ(distributionFromJson(
                  R"({"name":"LogUniformDistribution","attributes":{"low":0.1,"high":2}})"),
              (Distribution(FloatRange{0.1, 2, true})));
    EXPECT_EQ(
        distributionFromJson(
            R"({"name":"DiscreteUniformDistribution","attributes":{"low":0,"high":2,"q":0.5}})"),
        (Distribution(FloatRange{0, 2, false, 0.5})));
    EXPECT_EQ(distributionFromJson(
                  R"({"name":"IntUniformDistribution","attributes":{"low":1,"high":9,"step":2}})"),
              (Distribution(IntRange{1, 9, false, 2})));
}

TEST(SearchSpace, ComesBackFromItsText)
{
    for (const SearchSpacePreset& preset : searchSpacePresets())
        EXPECT_EQ(searchSpaceFromJson(toJson(preset.space)), preset.space) << preset.id;
}

TEST(SearchSpace, HasThePublishedRangesAsFirstPreset)
{
    const SearchSpace& space = searchSpacePresets().front().space;
    ASSERT_EQ(space.dimensions.size(), 4u);
    EXPECT_EQ(*space.find("batch"), (Distribution(IntRange{4, 32})));
    EXPECT_EQ(*space.find("lr"), (Distribution(FloatRange{1e-5, 1e-2, true})));
    EXPECT_EQ(*space.find("lr_step"), (Distribution(IntRange{1, 6})));
    EXPECT_EQ(*space.find("lr_gamma"), (Distribution(FloatRange{0.1, 0.99})));
}

TEST(SearchSpace, LowersAnEndThatItsStepsMiss)
{
    const SearchSpace space = searchSpaceFromJson(
        R"({"a": {"type": "int", "low": 1, "high": 8, "step": 2},
            "b": {"type": "float", "low": 0.1, "high": 0.95, "step": 0.1},
            "c": {"type": "float", "low": 0, "high": 0.9, "step": 0.1}})");
    EXPECT_EQ(std::get<IntRange>(*space.find("a")).high, 7);
    EXPECT_EQ(std::get<FloatRange>(*space.find("b")).high, 0.9);
    EXPECT_EQ(std::get<FloatRange>(*space.find("c")).high, 0.9);
}

TEST(SearchSpace, NamesTheParameterThatMakesNoSense)
{
    using testing::HasSubstr;
    EXPECT_THAT(sentenceOf(R"({"lr": {"type": "float", "low": 0, "high": 1, "log": true}})"),
                testing::AllOf(HasSubstr("\"lr\""), HasSubstr("log")));
    EXPECT_THAT(sentenceOf(R"({"batch": {"type": "int", "low": 9, "high": 4}})"),
                testing::AllOf(HasSubstr("\"batch\""), HasSubstr("from 9 to 4")));
    EXPECT_THAT(sentenceOf(R"({"act": {"type": "categorical", "choices": []}})"),
                HasSubstr("\"act\""));
    EXPECT_THAT(sentenceOf(R"({"act": {"type": "normal"}})"),
                testing::AllOf(HasSubstr("\"act\""), HasSubstr("normal")));
    EXPECT_THAT(sentenceOf("[1]"), HasSubstr("JSON object"));
    EXPECT_THAT(sentenceOf("{"), HasSubstr("JSON object"));
}

TEST(SearchSpace, TranslatesValuesBothWays)
{
    const Distribution kinds = Categories{{std::string("relu"), std::int64_t(2), {}, true}};
    for (const double index : {0.0, 1.0, 2.0, 3.0})
        EXPECT_EQ(internalValue(kinds, externalValue(kinds, index)), index);
    EXPECT_EQ(internalValue(kinds, SearchValue(2.0)), 1.0);
    EXPECT_EQ(internalValue(kinds, SearchValue(std::string("tanh"))), std::nullopt);
    const Distribution batch = IntRange{4, 32};
    EXPECT_EQ(internalValue(batch, SearchValue(14.0)), 14.0);
    EXPECT_EQ(internalValue(batch, SearchValue(14.5)), std::nullopt);
    EXPECT_EQ(externalValue(batch, 14), SearchValue(std::int64_t(14)));
}

TEST(SearchSpace, KnowsWhatARangeContains)
{
    EXPECT_TRUE(contains(FloatRange{0, 1, false, 0.1}, 0.3));
    EXPECT_FALSE(contains(FloatRange{0, 1, false, 0.1}, 0.35));
    EXPECT_FALSE(contains(FloatRange{0, 1}, 1.01));
    EXPECT_TRUE(contains(IntRange{1, 7, false, 2}, 5));
    EXPECT_FALSE(contains(IntRange{1, 7, false, 2}, 4));
    EXPECT_FALSE(contains(Categories{{true, false}}, 2));
    EXPECT_TRUE(isSingle(FloatRange{2, 2}));
    EXPECT_TRUE(isSingle(IntRange{2, 3, false, 2}));
    EXPECT_FALSE(isSingle(IntRange{2, 3}));
}

TEST(SearchSpace, FindsDistributionsIncomparableThatOptunaRefusesToMix)
{
    EXPECT_TRUE(areCompatible(FloatRange{0, 1}, FloatRange{5, 6}));
    EXPECT_FALSE(areCompatible(FloatRange{1, 2}, FloatRange{1, 2, true}));
    EXPECT_FALSE(areCompatible(FloatRange{1, 2}, IntRange{1, 2}));
    EXPECT_FALSE(areCompatible(Categories{{true}}, Categories{{true, false}}));
}

} // namespace core
