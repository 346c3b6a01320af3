// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_file.h"

#include "tests/support/limited.h"
#include "tests/support/places.h"
#include "tests/support/torch_files.h"

#include <sys/stat.h>

using namespace test;

namespace
{

/// Writes the content under a name that promises a model, and expects a refusal that names the
/// file.
void expectRefused(const std::string& part, const std::string& content,
                   const std::string& name = "model.pt")
{
    const TemporaryFolder folder;
    writeFile(folder / name, content);
    expectRefusal(part, [&] { core::openModel(folder / name); });
    expectRefusal(name, [&] { core::openModel(folder / name); });
}

std::string repeated(std::string_view part, std::size_t times)
{
    std::string text;
    text.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += part;
    return text;
}

std::string torchPickle(const std::string& pickle)
{
    return zipFile(
        {{.name = "a/data.pkl", .content = pickle}, {.name = "a/version", .content = "3"}});
}

constexpr std::size_t kDeep = 300'000;

} // namespace

TEST(HostileFile, IsRefusedWhereThereIsNone)
{
    const TemporaryFolder folder;
    expectRefusal("No such file", [&] { core::openModel(folder / "absent.pt"); });
    expectRefusal("is a folder", [&] { core::openModel(folder.path()); });
    mkfifo((folder / "pipe.pt").c_str(), 0600);
    expectRefusal("not a regular file", [&] { core::openModel(folder / "pipe.pt"); });
    expectRefusal("not a regular file", [] { core::openModel("/dev/zero"); });
    if (geteuid() != 0) {
        writeFile(folder / "secret.pt", "x");
        chmod((folder / "secret.pt").c_str(), 0);
        expectRefusal("Permission denied", [&] { core::openModel(folder / "secret.pt"); });
    }
}

TEST(HostileFile, IsRefusedAsWhatItIs)
{
    expectRefused("empty", "");
    expectRefused("Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n"
                                     "size 12345\n");
    expectRefused("HTML page", "\n<!DOCTYPE html>\n<html><head><title>404</title></head></html>");
    expectRefused("HDF5", "\x89HDF\r\n\x1a\n" + std::string(2000, '\0'), "model.h5");
    expectRefused("gzip", "\x1f\x8b\x08" + std::string(100, 'x'));
    expectRefused("PNG", "\x89PNG\r\n\x1a\n" + std::string(100, 'x'));
    expectRefused("NumPy array", "\x93NUMPY" + std::string(100, 'x'));
    expectRefused("text file", "epoch 1 loss 0.3\nepoch 2 loss 0.2\n");
    expectRefused("JSON", "{\"layers\": [1, 2, 3]}");
    expectRefused("zeros", std::string(5000, '\0'));
    expectRefused("unknown data", "\x01\x02\x03\xff\xfe garbage \x9c\x80");
    expectRefused("IDX", std::string("\0\0\x08\x03\0\0\0\x01", 8) + std::string(800, 'x'));
}

TEST(HostileFile, IsRefusedWhereItIsTooLarge)
{
    const TemporaryFolder folder;
    writeFile(folder / "huge.pt", "PK\x03\x04");
    ASSERT_EQ(truncate((folder / "huge.pt").c_str(), 3'000'000'000), 0); // a hole, no blocks
    expectRefusal("256 MB", [&] { core::openModel(folder / "huge.pt"); });
}

TEST(HostileZip, IsRefused)
{
    expectRefused("cut off", torchZip(smallNetwork()).substr(0, 2000));
    expectRefused("cut off", "PK\x03\x04");
    expectRefused("cut off", "PK\x03\x04" + std::string(80'000'000, '\0'));
    expectRefused("without a torch data.pkl",
                  zipFile({{.name = "readme.txt", .content = "hello"}}));
    expectRefused("NumPy archive", zipFile({{.name = "w.npy", .content = "x"}}));
    expectRefused("unpack it first", zipFile({{.name = "model.pth", .content = "x"}}));
    expectRefused("Keras", zipFile({{.name = "config.json", .content = "{}"},
                                    {.name = "model.weights.h5", .content = "x"}}));
    expectRefused("two members", zipFile({{.name = "a/data.pkl", .content = "x"},
                                          {.name = "a/data.pkl", .content = "y"}}));
    expectRefused("method 12", zipFile({{.name = "a/data.pkl", .content = "x", .method = 12}}));
    expectRefused("CRC-32", zipFile({{.name = "a/data.pkl", .content = "x", .wrongCrc = true}}));
    expectRefused("0 members", zipFile({}));
}

TEST(HostileZip, IsRefusedAsBomb)
{
    const std::string zeros(1 << 24, '\0');
    const std::string packed = rawDeflate(zeros);
    // It says 4 GB and is small; it says 10 bytes and is large; it is as large as it says.
    expectRefused(
        "64 MB",
        zipFile(
            {{.name = "a/data.pkl", .content = packed, .method = 8, .unpacked = 0xfffffff0ULL}}));
    expectRefused(
        "64 MB",
        zipFile({{.name = "a/data.pkl", .content = packed, .method = 8, .unpacked = 1ULL << 60}},
                true));
    expectRefused(
        "unpack",
        zipFile({{.name = "a/data.pkl", .content = packed, .method = 8, .unpacked = 10}}));
    expectRefused(
        "unpack",
        zipFile(
            {{.name = "a/data.pkl", .content = "garbage", .method = 8, .unpacked = 60'000'000}}));
}

TEST(HostileZip, IsRefusedWhereManyMembersTakeTooMuch)
{
    // 16 storages of 40 MB each, deflated to next to nothing.
    const std::string zeros(40'000'000, '\0');
    const std::string packed = rawDeflate(zeros);
    const auto crc = static_cast<std::uint32_t>(0x7fbb371b);
    std::vector<PickledTensor> tensors;
    std::vector<ZipMember> members;
    for (int i = 0; i < 16; ++i) {
        tensors.push_back(floatTensor("w" + std::to_string(i), {1}));
        tensors.back().shape = {10, 1, 1000, 1000};
        tensors.back().strides = {1'000'000, 1'000'000, 1000, 1};
        tensors.back().storageCount = 10'000'000;
        members.push_back({.name = "a/data/" + std::to_string(i),
                           .content = packed,
                           .method = 8,
                           .unpacked = zeros.size(),
                           .crc = crc});
    }
    members.push_back({.name = "a/data.pkl", .content = pickledStateDict(tensors)});
    expectRefused("in all", zipFile(members));
}

TEST(HostilePickle, IsRefusedHoweverDeepItIs)
{
    const std::string lists = "\x80\x02" + repeated("]", kDeep) + repeated("a", kDeep - 1) + ".";
    const std::string tuples = "\x80\x02)" + repeated("\x85", kDeep) + ".";
    const std::string marks = "\x80\x02" + repeated("(", kDeep) + repeated("t", kDeep) + ".";
    const std::string dicts = "\x80\x02" + repeated("}N", kDeep) + "N" + repeated("s", kDeep) + ".";
    const std::string calls = "\x80\x02N" + repeated(")R", kDeep) + ".";
    const std::string states =
        "\x80\x02" + repeated("c__main__\nA\n)\x81", kDeep) + repeated("b", kDeep - 1) + ".";
    for (const std::string& pickle : {lists, tuples, marks, dicts, calls, states}) {
        expectRefused("expected the weights of a network", torchPickle(pickle));
        expectRefused("expected the weights of a network", pickle);
    }
}

TEST(HostilePickle, IsRefusedWhereItIsEndlessOrRefersToItself)
{
    expectRefused("objects", "\x80\x02" + std::string(3'000'000, 'N') + ".");
    expectRefused("opcodes", "\x80\x02N" + repeated("20", 3'000'000) + ".");
    std::string memos = "\x80\x02N";
    for (std::uint32_t i = 0; i < 1'200'000; ++i)
        memos += "r" + little(i * 3000U);
    expectRefused("remembers", memos + ".");
    // l = []; l.append(l), also as a module's children
    expectRefused("without tensors", torchPickle("\x80\x02]q\x01h\x01"
                                                 "a."));
    const std::string module = Pickle()
                                   .global("model", "Net")
                                   .raw(")\x81q\x01}(")
                                   .text("_parameters")
                                   .raw("}")
                                   .text("_modules")
                                   .raw("}")
                                   .text("child")
                                   .raw("h\x01sub")
                                   .done();
    expectRefused("expected the weights of a network", torchPickle(module));
}

TEST(HostilePickle, IsRefusedWhereItMakesNoSense)
{
    expectRefused("empty stack", torchPickle("\x80\x02."));
    expectRefused("unknown opcode 0xff", torchPickle("\x80\x02\xff"));
    expectRefused("never began", torchPickle("\x80\x02t."));
    expectRefused("never stored", torchPickle("\x80\x02h\x07."));
    expectRefused("protocol 9", torchPickle("\x80\x09N."));
    expectRefused("ends after", torchPickle("\x80\x02X\xff\xff\xff\xff"
                                            "abc"));
    expectRefused("ends after", torchPickle("\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\xff"
                                            "abc"));
    expectRefused("ends after", torchPickle("\x80\x02N"));
    expectRefused("no dictionary", torchPickle("\x80\x02]NNs."));
    expectRefused("key and no value", torchPickle("\x80\x02}(Nu."));
    expectRefused("outside of the file", torchPickle("\x80\x05\x97."));
    expectRefused("extension registry", torchPickle("\x80\x02\x82\x01."));
}

TEST(HostilePickle, IsNeverExecuted)
{
    const TemporaryFolder folder;
    const std::string command = "touch " + (folder / "executed").string();
    const std::string attack =
        Pickle().global("os", "system").raw("(").text(command).raw("tR").done();
    const std::string old = "cposix\nsystem\n(S'" + command + "'\ntR.";
    for (const std::string& pickle : {torchPickle(attack), attack, old}) {
        writeFile(folder / "attack.pt", pickle);
        expectRefusal("attack.pt", [&] { core::openModel(folder / "attack.pt"); });
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "executed"));
}

TEST(HostileTensor, IsRefusedWhereItReachesOverItsStorage)
{
    const auto refusedWith = [](const std::string& part, auto change) {
        auto tensors = smallNetwork();
        change(tensors[0]);
        expectRefused(part, torchZip(tensors));
        expectRefused(part, torchLegacy(tensors));
    };
    refusedWith("needs", [](PickledTensor& t) { t.shape = {2, 1, 5, 6}; });
    refusedWith("needs", [](PickledTensor& t) { t.offset = 1; });
    refusedWith("needs", [](PickledTensor& t) { t.offset = INT64_MAX; });
    refusedWith("whole numbers", [](PickledTensor& t) { t.offset = -1; });
    refusedWith("whole numbers", [](PickledTensor& t) { t.shape[0] = -2; });
    refusedWith("whole numbers", [](PickledTensor& t) { t.strides[0] = -25; });
    refusedWith("needs", [](PickledTensor& t) { t.strides[0] = 26; });
    refusedWith("too large", [](PickledTensor& t) {
        t.strides[0] = INT64_MAX;
        t.shape[0] = 9;
    });
    refusedWith("too large", [](PickledTensor& t) {
        t.shape = {1LL << 40, 1LL << 40};
        t.strides = {0, 0};
    });
    refusedWith("bytes", [](PickledTensor& t) { // one element, shown a billion times
        t.shape = {1'000'000'000};
        t.strides = {0};
    });
    refusedWith("dimensions", [](PickledTensor& t) { t.strides.pop_back(); });
    refusedWith("dimensions", [](PickledTensor& t) {
        t.shape.assign(1000, 1);
        t.strides.assign(1000, 1);
    });
    refusedWith("quantised", [](PickledTensor& t) { t.storage = "QInt8Storage"; });
    refusedWith("ComplexFloatStorage", [](PickledTensor& t) { t.storage = "ComplexFloatStorage"; });
}

TEST(HostileTensor, IsRefusedWhereItsStorageIsNotAsItSays)
{
    auto tensors = smallNetwork();
    tensors[4].record.resize(100);
    expectRefused("record of 100 bytes", torchZip(tensors));
    tensors = smallNetwork();
    tensors[0].storageCount = INT64_MAX;
    expectRefused("record", torchZip(tensors));
    expectRefused("cut off", torchLegacy(tensors));
    tensors = smallNetwork();
    tensors[5].record.resize(8);
    expectRefused("cut off", torchLegacy(tensors));
    expectRefused("without the member",
                  zipFile({{.name = "a/data.pkl", .content = pickledStateDict(smallNetwork())}}));
}

TEST(HostileTensor, IsRefusedWhereManyViewsTakeTooMuch)
{
    // 2,000 views of one storage of 8 MB: small in the file, 16 GB in memory.
    std::vector<PickledTensor> tensors;
    for (int i = 0; i < 2000; ++i) {
        PickledTensor view = floatTensor("w" + std::to_string(i), {1});
        view.shape = {2'000'000};
        view.strides = {0};
        tensors.push_back(view);
    }
    expectRefused("in all", torchZip(tensors));
}

TEST(HostileSafetensors, IsRefused)
{
    const auto refused = [](const std::string& part, const std::string& header,
                            const std::string& buffer = "") {
        expectRefused(part, safetensors(header, buffer), "model.safetensors");
    };
    const std::string four(4, 'x');
    const auto tensor = [](const std::string& type, const std::string& shape,
                           const std::string& offsets) {
        return R"({"a":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" +
               offsets + "}}";
    };
    expectRefused("100000000", little(std::uint64_t{1} << 60) + "{}", "m.safetensors");
    expectRefused("only 2 follow", little(std::uint64_t{500}) + "{}", "m.safetensors");
    refused("not valid JSON", R"({"a":)");
    refused("not valid JSON", R"({"a)"
                              "\xff"
                              R"(":{}})");
    refused("not valid JSON", "{} x");
    refused("byte order mark", "\xef\xbb\xbf{}");
    refused("expected an object", "[]");
    refused("expected an object", R"({"a":7})");
    refused("expected a text", R"({"__metadata__":{"k":1}})");
    refused("expected a text", R"({"__metadata__":{"k":{"x":"y"}}})");
    refused("unknown type", tensor("F33", "[1]", "[0,4]"), four);
    refused("whole numbers", tensor("F32", "[1]", "[0,4.0]"), four);
    refused("whole numbers", tensor("F32", "[1]", "[-4,0]"), four);
    refused("whole numbers", tensor("F32", "[1.5]", "[0,4]"), four);
    refused("whole numbers", tensor("F32", "[-1]", "[0,4]"), four);
    refused("before it begins", tensor("F32", "[1]", "[4,0]"), four);
    refused("expected 0", tensor("F32", "[1]", "[4,8]"), four + four);
    refused("of a buffer", tensor("F32", "[2]", "[0,8]"), four);
    refused("nothing behind", tensor("F32", "[1]", "[0,4]"), four + "y");
    refused("expected 8", tensor("F32", "[2]", "[0,4]"), four);
    refused("too large", tensor("F32", "[2,9223372036854775807]", "[0,4]"), four);
    refused("whole numbers", tensor("F32", "[2,18446744073709551614]", "[0,4]"), four);
    refused("no dtype", R"({"a":{"shape":[1],"data_offsets":[0,4]}})", four);
    refused("data_offsets", tensor("F32", "[1]", "[0]"), four);
    refused("data_offsets", tensor("F32", "[1]", "[0,4,4]"), four);
    refused("twice",
            R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
            R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
            four);
    refused("twice", R"({"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
            four);
    // overlap and hole
    refused("expected 4",
            R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
            R"("b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}})",
            four + "yy");
    refused("expected 4",
            R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
            R"("b":{"dtype":"F32","shape":[1],"data_offsets":[5,9]}})",
            four + four + "y");
    refused("no tensors", "{}");
}

TEST(HostileSafetensors, IsRefusedHoweverDeepItsHeaderIs)
{
    expectRefused("", safetensors(repeated("[", kDeep) + repeated("]", kDeep), ""));
    expectRefused("", safetensors(repeated(R"({"a":)", kDeep) + "1" + repeated("}", kDeep), ""));
    expectRefused("deep",
                  safetensors(R"({"a":{"x":)" + repeated("[", kDeep) + repeated("]", kDeep) +
                                  R"(,"dtype":"F32","shape":[],"data_offsets":[0,0]}})",
                              ""));
    expectRefused(
        "expected an object",
        safetensors(R"({"a":)" + repeated("[", 1'000'000) + repeated("]", 1'000'000) + "}", ""));
    expectRefused("broken layout",
                  safetensors(R"({"__metadata__":{"caddie.architecture":"9@9x9 frobnicate"},)"
                              R"("c.weight":{"dtype":"F32","shape":[10,1,28,28],)"
                              R"("data_offsets":[0,31360]}})",
                              std::string(31360, '\0')));
}

TEST(UnsupportedNetwork, IsRefusedWithItsReason)
{
    const auto refused = [](const std::string& part, const std::vector<PickledTensor>& tensors) {
        expectRefused(part, torchZip(tensors));
        expectRefused(part, torchLegacy(tensors));
    };
    refused("fully connected",
            {floatTensor("fc1.weight", {12, 784}), floatTensor("fc1.bias", {12}),
             floatTensor("fc2.weight", {10, 12}), floatTensor("fc2.bias", {10})});
    refused("colour", {floatTensor("conv1.weight", {4, 3, 3, 3}), floatTensor("conv1.bias", {4}),
                       floatTensor("fc.weight", {10, 4})});
    refused("not supported: \"lstm.weight_ih_l0\" [8,4]",
            {floatTensor("lstm.weight_ih_l0", {8, 4}), floatTensor("lstm.weight_hh_l0", {8, 2})});
    refused("not supported: \"up.weight\" [3,2,4]", {floatTensor("up.weight", {3, 2, 4})});
    refused("at least 10 classes",
            {floatTensor("conv1.weight", {4, 1, 28, 28}), floatTensor("fc.weight", {1, 4})});
    refused("no strides, paddings and pools fit",
            {floatTensor("conv1.weight", {4, 1, 5, 5}), floatTensor("fc.weight", {10, 4 * 101})});
    refused("don't follow one another",
            {floatTensor("a.weight", {4, 1, 5, 5}), floatTensor("b.weight", {4, 1, 3, 3}),
             floatTensor("c.weight", {5, 9, 3, 3}), floatTensor("fc.weight", {10, 20})});
    // conv transposed: [in, out, k, k]
    refused("don't follow one another",
            {floatTensor("a.weight", {4, 1, 5, 5}), floatTensor("b.weight", {64, 100, 4, 4}),
             floatTensor("c.weight", {64, 10, 4, 4})});
}

TEST(UnsupportedNetwork, IsRefusedWhereThereAreNoWeights)
{
    const std::string optimizer =
        Pickle().raw("}(").text("state").raw("}").text("param_groups").raw("]u").done();
    expectRefused("optimizer only", torchPickle(optimizer));
    expectRefused("optimizer only", torchPickle(Pickle()
                                                    .raw("}")
                                                    .text("optimizer")
                                                    .raw(optimizer.substr(2, optimizer.size() - 3))
                                                    .raw("s")
                                                    .done()));
    expectRefused("dictionary of 1 entries",
                  torchPickle(Pickle().raw("}").text("epoch").integer(3).raw("s").done()));
    expectRefused(
        "sklearn.linear_model.LogisticRegression",
        Pickle().global("sklearn.linear_model", "LogisticRegression").raw(")\x81").done());
    expectRefused("expected the weights", torchPickle("\x80\x02N."));
}
