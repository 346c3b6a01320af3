// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_writer.h"

#include "core/base/error.h"
#include "core/formats/own_metadata.h"
#include "core/formats/torch_zip.h"
#include "core/formats/zip_writer.h"

#include <algorithm>
#include <fmt/format.h>

namespace core
{

namespace
{

constexpr std::size_t kAlignment = 64;

std::string_view storageClass(const StoredTensor& tensor)
{
    switch (tensor.type) {
    case TensorType::F64:
        return "DoubleStorage";
    case TensorType::F32:
        return "FloatStorage";
    case TensorType::F16:
        return "HalfStorage";
    case TensorType::BF16:
        return "BFloat16Storage";
    case TensorType::I64:
        return "LongStorage";
    case TensorType::I32:
        return "IntStorage";
    case TensorType::I16:
        return "ShortStorage";
    case TensorType::I8:
        return "CharStorage";
    case TensorType::U8:
        return "ByteStorage";
    case TensorType::Bool:
        return "BoolStorage";
    default:
        break;
    }
    throw Error(ErrorKind::Output,
                fmt::format("tensor {} is of type {}, which torch files of this version don't have",
                            inQuotes(tensor.name), typeName(tensor.type)));
}

/// Protocol 2, as torch.save uses it, without memo: nothing occurs twice.
class PickleWriter
{
public:
    PickleWriter() { m_bytes = "\x80\x02"; }

    std::string finish() { return m_bytes + "."; }

    void opcodes(std::string_view codes) { m_bytes += codes; }
    void global(std::string_view module, std::string_view name)
    {
        m_bytes += fmt::format("c{}\n{}\n", module, name);
    }
    void text(std::string_view value)
    {
        m_bytes += 'X';
        number(value.size(), 4);
        m_bytes += value;
    }
    void integer(std::int64_t value)
    {
        if (value >= 0 && value < 256) {
            m_bytes += 'K';
            number(static_cast<std::uint64_t>(value), 1);
        } else if (value >= 0 && value < std::int64_t{1} << 31) {
            m_bytes += 'J';
            number(static_cast<std::uint64_t>(value), 4);
        } else {
            m_bytes += "\x8a\x08";
            number(static_cast<std::uint64_t>(value), 8);
        }
    }
    void integers(const std::vector<std::int64_t>& values)
    {
        m_bytes += '(';
        for (const std::int64_t value : values)
            integer(value);
        m_bytes += 't';
    }

private:
    void number(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            m_bytes += static_cast<char>(value >> (8 * i) & 0xffU);
    }

    std::string m_bytes;
};

std::vector<std::int64_t> stridesOf(const std::vector<std::int64_t>& shape)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;)
        strides[i - 1] = strides[i] * std::max<std::int64_t>(shape[i], 1);
    return strides;
}

void writeTensor(PickleWriter& pickle, const StoredTensor& tensor, std::size_t key)
{
    pickle.text(tensor.name);
    pickle.global("torch._utils", "_rebuild_tensor_v2");
    pickle.opcodes("((");
    pickle.text("storage");
    pickle.global("torch", storageClass(tensor));
    pickle.text(std::to_string(key));
    pickle.text("cpu");
    pickle.integer(static_cast<std::int64_t>(tensor.count()));
    pickle.opcodes("tQ"); // the tuple is a persistent id
    pickle.integer(0);    // offset
    pickle.integers(tensor.shape);
    pickle.integers(stridesOf(tensor.shape));
    pickle.opcodes("\x89"); // requires no gradient
    pickle.global("collections", "OrderedDict");
    pickle.opcodes(")Rt"); // no hooks
    pickle.opcodes("R");
}

std::string pickled(const TensorFile& file)
{
    PickleWriter pickle;
    pickle.global("collections", "OrderedDict");
    pickle.opcodes(")R(");
    for (std::size_t i = 0; i < file.tensors.size(); ++i)
        writeTensor(pickle, file.tensors[i], i);
    pickle.opcodes("u");
    return pickle.finish();
}

/// A folder's name that every zip program can write.
std::string folderName(const std::string& name)
{
    std::string folder = name.substr(0, 100);
    std::ranges::replace_if(
        folder, [](unsigned char c) { return c < 0x20 || c >= 0x7f || c == '/' || c == '\\'; },
        '_');
    return folder.empty() ? "archive" : folder;
}

} // namespace

std::vector<std::byte> writeTorchZip(const TensorFile& file, const std::string& name)
{
    ZipWriter zip;
    const std::string folder = folderName(name) + "/";
    const auto add = [&](const std::string& member, std::string_view content) {
        zip.add(folder + member, std::as_bytes(std::span(content)), kAlignment);
    };
    add("data.pkl", pickled(file));
    add("byteorder", "little");
    for (std::size_t i = 0; i < file.tensors.size(); ++i)
        zip.add(folder + "data/" + std::to_string(i), file.tensors[i].bytes, kAlignment);
    if (!file.metadata.empty())
        add(std::string(kOwnMember), printMetadata(file.metadata));
    add("version", "3\n");
    return zip.finish();
}

} // namespace core
