// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_file.h"

#include "core/formats/file_content.h"
#include "core/formats/stored_network.h"
#include "core/model/architecture_text.h"
#include "tests/support/places.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace core;
using nlohmann::json;

namespace
{

std::filesystem::path container(const std::string& name)
{
    return test::sourcePath("tests/data/containers/" + name);
}

const json& expectations()
{
    static const json all = json::parse(test::readFile(container("expected.json")));
    return all;
}

std::vector<std::string> containerNames()
{
    std::vector<std::string> names;
    for (const auto& entry : expectations().items())
        names.push_back(entry.key());
    return names;
}

class Containers : public testing::TestWithParam<std::string>
{
};

} // namespace

// What PyTorch itself said about the tensors when it wrote them; see make_torch_files.py.
TEST_P(Containers, OpensWithTheNumbersThatPyTorchWrote)
{
    const json& expected = expectations()[GetParam()];
    const Model model = openModel(container(GetParam()));

    const auto& slices = model.parameters.slices();
    ASSERT_EQ(slices.size(), expected["tensors"].size());
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const json& tensor = expected["tensors"][i];
        EXPECT_EQ(slices[i].name, tensor["name"].get<std::string>());
        EXPECT_EQ(slices[i].shape, tensor["shape"].get<std::vector<std::int64_t>>());
        const auto values = model.parameters.of(slices[i]);
        // Multiples of 1/8: every order of summation gives the same.
        EXPECT_EQ(std::accumulate(values.begin(), values.end(), 0.0), tensor["sum"].get<double>());
        EXPECT_EQ(values.size() - static_cast<std::size_t>(std::ranges::count(values, 0.0F)),
                  tensor["nonzero"].get<std::size_t>());
    }
    if (expected.contains("format")) {
        EXPECT_EQ(model.format, expected["format"].get<std::string>());
    }
    if (expected.contains("layout")) {
        EXPECT_EQ(model.layout,
                  expected["layout"] == "stored" ? LayoutSource::Stored : LayoutSource::Inferred);
    }
    if (expected.contains("architecture")) {
        EXPECT_EQ(toText(model.architecture), expected["architecture"].get<std::string>());
    }
    if (model.layout == LayoutSource::Inferred) {
        EXPECT_GT(model.otherLayouts, 0);
    }
}

TEST_P(Containers, ConvertsToSafetensorsAndBackWithoutChangingABit)
{
    const test::TemporaryFolder folder;
    const auto read = [](const std::filesystem::path& file) {
        return readNetworks(readFileContent(file)).front().file.tensors;
    };
    convertModel(container(GetParam()), folder / "a.safetensors");
    convertModel(folder / "a.safetensors", folder / "b.pt");
    const auto first = read(folder / "a.safetensors");
    auto second = read(folder / "b.pt");
    ASSERT_EQ(first.size(), second.size());
    for (const StoredTensor& tensor : first) {
        const auto same = std::ranges::find(second, tensor.name, &StoredTensor::name);
        ASSERT_NE(same, second.end()) << tensor.name;
        EXPECT_EQ(same->type, tensor.type);
        EXPECT_EQ(same->shape, tensor.shape);
        EXPECT_EQ(same->bytes, tensor.bytes);
    }
    const Model original = openModel(container(GetParam()));
    const Model converted = openModel(folder / "b.pt");
    EXPECT_EQ(converted.architecture, original.architecture);
    EXPECT_EQ(converted.layout, original.layout);
    EXPECT_TRUE(std::ranges::equal(std::as_bytes(original.parameters.values()),
                                   std::as_bytes(converted.parameters.values())));
}

INSTANTIATE_TEST_SUITE_P(Torch, Containers, testing::ValuesIn(containerNames()),
                         [](const auto& parameter) {
                             std::string name = parameter.param;
                             std::ranges::replace_if(
                                 name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                             return name;
                         });

TEST(ContainerSet, HasEveryKindOfFile)
{
    EXPECT_GE(containerNames().size(), 20U);
}
