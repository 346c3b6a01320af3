// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include "tests/support/errors.h"
#include "tests/support/torch_files.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace core;

namespace
{

TensorFile read(const std::string& bytes)
{
    return readSafetensors(std::as_bytes(std::span(bytes)));
}

std::string written(const TensorFile& file)
{
    const auto bytes = writeSafetensors(file);
    return std::string(asText(bytes));
}

StoredTensor tensor(const std::string& name, TensorType type, std::vector<std::int64_t> shape,
                    const std::string& content)
{
    const auto bytes = std::as_bytes(std::span(content));
    return {.name = name,
            .type = type,
            .shape = std::move(shape),
            .bytes = {bytes.begin(), bytes.end()}};
}

template<typename T>
std::vector<float> floats(TensorType type, std::vector<T> values)
{
    const auto bytes = std::as_bytes(std::span(values));
    return StoredTensor{.name = "t",
                        .type = type,
                        .shape = {static_cast<std::int64_t>(values.size())},
                        .bytes = {bytes.begin(), bytes.end()}}
        .toFloats();
}

} // namespace

TEST(Safetensors, AcceptsWhatTheFormatAllows)
{
    EXPECT_TRUE(read(test::safetensors("{}", "")).tensors.empty());
    EXPECT_TRUE(read(test::safetensors("  {}\n\t ", "")).tensors.empty());
    EXPECT_EQ(read(test::safetensors(R"({"__metadata__":{"a":"b"}})", "")).metadata.at("a"), "b");

    const TensorFile one =
        read(test::safetensors(R"({"s":{"data_offsets":[0,4],"shape":[],"dtype":"F32"}})",
                               std::string("\0\0\x80\x3f", 4)));
    EXPECT_EQ(one.tensors.at(0).toFloats(), std::vector<float>{1.0F});

    // A zero-size dimension, an unknown field, data that no pointer could be cast to.
    const TensorFile odd = read(test::safetensors(
        R"({"z":{"dtype":"F64","shape":[3,0],"data_offsets":[1,1]},)"
        R"("b":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"note":{"x":[1,null,true,"y",0.5]}},)"
        R"("f":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}})",
        std::string("\x07\0\0\x80\x3f", 5)));
    ASSERT_EQ(odd.tensors.size(), 3U);
    EXPECT_EQ(odd.tensors[0].name, "b");
    EXPECT_EQ(odd.tensors[1].count(), 0U);
    EXPECT_EQ(odd.tensors[2].toFloats(), std::vector<float>{1.0F});
}

TEST(Safetensors, WritesNamesSortedAndPadsTheHeaderToEightBytes)
{
    TensorFile file;
    file.metadata["note"] = "x";
    file.tensors = {tensor("b", TensorType::U8, {3}, "xyz"), tensor("a", TensorType::U8, {1}, "w")};
    const std::string bytes = written(file);
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0]));
    EXPECT_EQ(length % 8, 0U);
    EXPECT_EQ(
        bytes.substr(8, length).substr(0, 86),
        R"({"__metadata__":{"note":"x"},"a":{"data_offsets":[0,1],"dtype":"U8","shape":[1]},"b":{)");
    EXPECT_EQ(bytes.substr(8 + length), "wxyz");
}

TEST(Safetensors, AlignsEveryTensor)
{
    TensorFile file;
    file.tensors = {tensor("a", TensorType::Bool, {3}, "xyz"),
                    tensor("b", TensorType::I64, {}, std::string(8, 'b')),
                    tensor("c", TensorType::F16, {1}, "cc"),
                    tensor("d", TensorType::F32, {1}, "dddd")};
    const std::string bytes = written(file);
    EXPECT_TRUE(bytes.ends_with("bbbbbbbbddddccxyz")) << bytes;
}

TEST(Safetensors, KeepsEveryTypeAndBit)
{
    TensorFile file;
    int index = 0;
    for (const TensorType type :
         {TensorType::F64, TensorType::F32, TensorType::F16, TensorType::BF16, TensorType::I64,
          TensorType::I32, TensorType::I16, TensorType::I8, TensorType::U8, TensorType::Bool,
          TensorType::U64, TensorType::U32, TensorType::U16, TensorType::F8E4M3,
          TensorType::F8E5M2}) {
        EXPECT_EQ(typeByName(typeName(type)), type);
        // 0xff... is a signalling or quiet NaN in every float type.
        file.tensors.push_back(tensor(std::string(1, static_cast<char>('a' + index++)), type, {2},
                                      std::string(2 * bytesPerElement(type), '\xff')));
    }
    const TensorFile again = read(written(file));
    ASSERT_EQ(again.tensors.size(), file.tensors.size());
    for (const StoredTensor& expected : file.tensors) {
        const auto found = std::ranges::find(again.tensors, expected.name, &StoredTensor::name);
        ASSERT_NE(found, again.tensors.end());
        EXPECT_EQ(found->type, expected.type);
        EXPECT_EQ(found->bytes, expected.bytes);
    }
    EXPECT_EQ(written(again), written(file));
}

TEST(StoredTensor, BecomesFloats)
{
    using V = std::vector<float>;
    EXPECT_EQ(floats<std::uint16_t>(TensorType::F16, {0x3c00, 0xc000, 0x0001, 0x7bff, 0x8000}),
              (V{1.0F, -2.0F, 0x1p-24F, 65504.0F, -0.0F}));
    EXPECT_TRUE(std::isinf(floats<std::uint16_t>(TensorType::F16, {0x7c00})[0]));
    EXPECT_TRUE(std::isnan(floats<std::uint16_t>(TensorType::F16, {0x7c01})[0]));
    EXPECT_EQ(floats<std::uint16_t>(TensorType::BF16, {0x3f80, 0xc040}), (V{1.0F, -3.0F}));
    EXPECT_EQ(floats<double>(TensorType::F64, {0.5, -1e300}), (V{0.5F, -INFINITY}));
    EXPECT_EQ(floats<std::int64_t>(TensorType::I64, {-3, 1LL << 40}), (V{-3.0F, 0x1p40F}));
    EXPECT_EQ(floats<std::int8_t>(TensorType::I8, {-3, 100}), (V{-3.0F, 100.0F}));
    EXPECT_EQ(floats<std::uint8_t>(TensorType::Bool, {0, 1}), (V{0.0F, 1.0F}));
    // 1.0 and the largest number of each of the two eight-bit formats
    EXPECT_EQ(floats<std::uint8_t>(TensorType::F8E4M3, {0x38, 0x7e}), (V{1.0F, 448.0F}));
    EXPECT_EQ(floats<std::uint8_t>(TensorType::F8E5M2, {0x3c, 0x7b}), (V{1.0F, 57344.0F}));
    EXPECT_TRUE(std::isnan(floats<std::uint8_t>(TensorType::F8E4M3, {0x7f})[0]));
}
