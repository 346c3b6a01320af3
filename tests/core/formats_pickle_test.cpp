// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_objects.h"
#include "core/formats/zip_reader.h"

#include "core/formats/pickle_text.h"
#include "tests/support/torch_files.h"

#include <gtest/gtest.h>

using namespace core;

namespace
{

PickleTree read(const std::string& bytes)
{
    ByteReader reader(std::as_bytes(std::span(bytes)), "the pickle");
    return readPickle(reader);
}

} // namespace

TEST(Pickle, ReadsTextProtocol)
{
    const std::string bytes =
        "(dp0\nS'a\\'b\\x41\\n'\np1\nI42\nsS'l'\n(lp2\nF0.5\naL123456789012345678901L\naI01\n"
        "aVsch\\u00f6n\nas.";
    const PickleTree tree = read(bytes);
    const PickleObjects objects(tree);
    const auto entries = objects.entries(tree.root());
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 2U);
    EXPECT_EQ((*entries)[0].first, "a'bA\n");
    EXPECT_EQ(objects.integer((*entries)[0].second), 42);
    const auto list = objects.elements((*entries)[1].second);
    ASSERT_TRUE(list && list->size() == 4);
    EXPECT_EQ(objects.real((*list)[0]), 0.5);
    EXPECT_EQ(objects.at((*list)[1]).kind, PickleKind::BigInteger);
    EXPECT_EQ(objects.boolean((*list)[2]), true);
    EXPECT_EQ(objects.text((*list)[3]), "sch\xc3\xb6n");
}

TEST(Pickle, ReadsNumbersOfEveryWidth)
{
    const std::string bytes(
        "\x80\x02(K\xffM\xff\xffJ\xfe\xff\xff\xff\x8a\x01\x80\x8a\x00\x8a\x02\xff\x7f"
        "G\x3f\xf8\x00\x00\x00\x00\x00\x00\x88\x89Nt.",
        36);
    const PickleTree tree = read(bytes);
    const PickleObjects objects(tree);
    const auto items = objects.elements(tree.root());
    ASSERT_TRUE(items && items->size() == 10);
    const std::vector<std::int64_t> expected{255, 65535, -2, -128, 0, 32767};
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(objects.integer((*items)[i]), expected[i]);
    EXPECT_EQ(objects.real((*items)[6]), 1.5);
}

TEST(Pickle, KeepsClassesAndCallsAsNames)
{
    const std::string bytes = test::Pickle()
                                  .global("torch.nn.modules.conv", "Conv2d")
                                  .raw(")\x81}")
                                  .text("stride")
                                  .raw("K\x02sb")
                                  .done();
    const PickleTree tree = read(bytes);
    const PickleObjects objects(tree);
    EXPECT_EQ(objects.className(tree.root()), "torch.nn.modules.conv.Conv2d");
    const auto attributes = objects.attributes(tree.root());
    ASSERT_EQ(attributes.size(), 1U);
    EXPECT_EQ(attributes[0].first, "stride");
    EXPECT_EQ(objects.integer(attributes[0].second), 2);
}

TEST(Pickle, ReadsNewProtocols)
{
    // {"k": b"v"} of protocol 4, with a frame and memos, and a class by two texts
    const std::string bytes("\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01k\x94"
                            "C\x01v\x94\x8c\x01g\x8c\x01m\x8c\x01n\x93u.",
                            34);
    const PickleTree tree = read(bytes);
    const PickleObjects objects(tree);
    const auto entries = objects.entries(tree.root());
    ASSERT_TRUE(entries && entries->size() == 2);
    EXPECT_EQ(objects.bytes((*entries)[0].second), "v");
    EXPECT_EQ(objects.className((*entries)[1].second), "m.n");
}

TEST(PickleText, TurnsLatinOneBackIntoBytes)
{
    EXPECT_EQ(latin1Bytes("a\xc3\xbf\xc2\x80"), "a\xff\x80");
    EXPECT_FALSE(latin1Bytes("\xe2\x82\xac"));
}

TEST(ZipReader, ReadsStoredDeflatedAndZip64Members)
{
    const std::string content(1000, 'c');
    const std::string packed = test::rawDeflate(content);
    const auto crc = std::uint32_t{0xadef758b};
    for (const bool zip64 : {false, true}) {
        const std::string file = test::zipFile(
            {{.name = "x/stored", .content = "abc"}, {.name = "x/empty", .content = ""}}, zip64);
        ZipReader zip(std::as_bytes(std::span(file)));
        MemoryBudget budget;
        EXPECT_EQ(zip.names(), (std::vector<std::string>{"x/stored", "x/empty"}));
        EXPECT_EQ(asText(zip.read("x/stored", budget)), "abc");
        EXPECT_TRUE(zip.read("x/empty", budget).empty());
        EXPECT_FALSE(zip.contains("x"));
    }
    const std::string file = test::zipFile(
        {{.name = "d", .content = packed, .method = 8, .unpacked = content.size(), .crc = crc}});
    ZipReader zip(std::as_bytes(std::span(file)));
    MemoryBudget budget;
    EXPECT_EQ(asText(zip.read("d", budget)), content);
}
