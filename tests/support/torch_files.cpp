// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/torch_files.h"

#include <stdexcept>
#include <zlib.h>

namespace test
{

namespace
{

std::uint32_t crcOf(std::string_view content)
{
    return static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(content.data()),
                                            static_cast<uInt>(content.size())));
}

template<typename T>
std::string sized(T value, bool zip64)
{
    return little(zip64 ? 0xffffffffU : static_cast<std::uint32_t>(value));
}

} // namespace

std::string zipFile(const std::vector<ZipMember>& members, bool zip64)
{
    std::string file;
    std::string directory;
    for (const ZipMember& member : members) {
        const std::uint64_t offset = file.size();
        const std::uint64_t unpacked =
            member.unpacked == ~0U ? member.content.size() : member.unpacked;
        const std::uint32_t crc = member.crc != 0      ? member.crc
                                  : member.wrongCrc    ? crcOf(member.content) ^ 1U
                                  : member.method == 0 ? crcOf(member.content)
                                                       : 0;
        const std::string middle = little(std::uint16_t{20}) + little(std::uint16_t{0}) +
                                   little(member.method) + little(std::uint32_t{0}) + little(crc) +
                                   sized(member.content.size(), zip64) + sized(unpacked, zip64) +
                                   little(static_cast<std::uint16_t>(member.name.size()));
        file += "PK\x03\x04" + middle + little(std::uint16_t{0}) + member.name + member.content;
        const std::string extra =
            zip64 ? little(std::uint16_t{1}) + little(std::uint16_t{24}) + little(unpacked) +
                        little(std::uint64_t{member.content.size()}) + little(offset)
                  : "";
        directory += "PK\x01\x02" + little(std::uint16_t{20}) + middle +
                     little(static_cast<std::uint16_t>(extra.size())) + std::string(10, '\0') +
                     sized(offset, zip64) + member.name + extra;
    }
    const std::uint64_t start = file.size();
    file += directory;
    const std::uint64_t end64 = file.size();
    const std::uint64_t count = members.size();
    if (zip64)
        file += "PK\x06\x06" + little(std::uint64_t{44}) + little(std::uint32_t{45}) +
                little(std::uint64_t{0}) + little(count) + little(count) +
                little(std::uint64_t{directory.size()}) + little(start) + "PK\x06\x07" +
                little(std::uint32_t{0}) + little(end64) + little(std::uint32_t{1});
    const auto shortCount = static_cast<std::uint16_t>(zip64 ? 0xffff : count);
    return file + "PK\x05\x06" + little(std::uint32_t{0}) + little(shortCount) +
           little(shortCount) + sized(directory.size(), zip64) + sized(start, zip64) +
           little(std::uint16_t{0});
}

std::string rawDeflate(std::string_view content)
{
    z_stream stream = {};
    if (deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not be started");
    std::string packed(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

PickledTensor floatTensor(const std::string& name, std::vector<std::int64_t> shape)
{
    PickledTensor tensor;
    tensor.name = name;
    tensor.strides.assign(shape.size(), 1);
    std::int64_t count = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        tensor.strides[i] = count;
        count *= shape[i];
    }
    tensor.shape = std::move(shape);
    tensor.storageCount = count;
    for (std::int64_t i = 0; i < count; ++i) {
        const float value = static_cast<float>(i % 7 - 3) / 8;
        tensor.record.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    return tensor;
}

std::string pickledStateDict(const std::vector<PickledTensor>& tensors)
{
    Pickle pickle;
    pickle.global("collections", "OrderedDict").raw(")R(");
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const PickledTensor& tensor = tensors[i];
        pickle.text(tensor.name).global("torch._utils", "_rebuild_tensor_v2").raw("((");
        pickle.text("storage").global("torch", tensor.storage).text(std::to_string(i)).text("cpu");
        pickle.integer(tensor.storageCount).raw("tQ").integer(tensor.offset);
        pickle.integers(tensor.shape).integers(tensor.strides).raw("\x89");
        pickle.global("collections", "OrderedDict").raw(")RtR");
    }
    return pickle.raw("u").done();
}

std::string torchZip(const std::vector<PickledTensor>& tensors)
{
    std::vector<ZipMember> members{{.name = "a/data.pkl", .content = pickledStateDict(tensors)}};
    for (std::size_t i = 0; i < tensors.size(); ++i)
        members.push_back({.name = "a/data/" + std::to_string(i), .content = tensors[i].record});
    members.push_back({.name = "a/version", .content = "3\n"});
    return zipFile(members);
}

std::string torchLegacy(const std::vector<PickledTensor>& tensors)
{
    std::string file("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    file += Pickle().integer(1001).done();
    file += Pickle().raw("}").text("little_endian").raw("\x88s").done();
    std::string object = pickledStateDict(tensors);
    // A legacy id has a sixth part, the view.
    for (std::size_t at = object.find("tQ"); at != std::string::npos;
         at = object.find("tQ", at + 3))
        object.insert(at, "N");
    file += object;
    Pickle keys;
    keys.raw("](");
    for (std::size_t i = 0; i < tensors.size(); ++i)
        keys.text(std::to_string(i));
    file += keys.raw("e").done();
    for (const PickledTensor& tensor : tensors)
        file += little(tensor.storageCount) + tensor.record;
    return file;
}

std::string safetensors(std::string_view header, std::string_view buffer)
{
    return little(std::uint64_t{header.size()}) + std::string(header) + std::string(buffer);
}

std::vector<PickledTensor> smallNetwork()
{
    return {floatTensor("conv1.weight", {2, 1, 5, 5}), floatTensor("conv1.bias", {2}),
            floatTensor("conv2.weight", {3, 2, 3, 3}), floatTensor("conv2.bias", {3}),
            floatTensor("fc.weight", {10, 75}),        floatTensor("fc.bias", {10})};
}

} // namespace test
