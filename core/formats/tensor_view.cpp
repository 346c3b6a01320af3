// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_tensors.h"

#include <algorithm>
#include <cstring>

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& name, const std::string& why)
{
    throw Error(ErrorKind::Input, fmt::format("tensor {} {}", inQuotes(name), why));
}

/// Elements of the tensor, and one past the last element of the storage that it touches.
struct Reach {
    std::uint64_t count = 1;
    std::uint64_t end = 0;
};

Reach reachOf(const std::string& name, const TensorView& view)
{
    if (view.shape.size() != view.strides.size() || view.shape.size() > kMostDimensions)
        refuse(name, fmt::format("has {} dimensions and {} strides", view.shape.size(),
                                 view.strides.size()));
    Reach reach;
    if (std::ranges::find(view.shape, 0) != view.shape.end()) {
        reach.count = 0;
        return reach;
    }
    std::uint64_t last = view.offset;
    for (std::size_t i = 0; i < view.shape.size(); ++i) {
        const auto extent = static_cast<std::uint64_t>(view.shape[i]);
        std::uint64_t step = 0;
        if (__builtin_mul_overflow(reach.count, extent, &reach.count) ||
            __builtin_mul_overflow(extent - 1, static_cast<std::uint64_t>(view.strides[i]),
                                   &step) ||
            __builtin_add_overflow(last, step, &last))
            refuse(name, "has the shape " + describeShape(view.shape) + ", which is too large");
    }
    if (__builtin_add_overflow(last, 1, &reach.end))
        refuse(name, "begins too far behind its storage's start");
    return reach;
}

bool isContiguous(const TensorView& view)
{
    std::int64_t expected = 1;
    for (std::size_t i = view.shape.size(); i-- > 0;) {
        if (view.shape[i] != 1 && view.strides[i] != expected)
            return false;
        expected *= view.shape[i];
    }
    return true;
}

void copyStrided(const TensorView& view, Bytes storage, std::size_t element, std::uint64_t count,
                 std::byte* to)
{
    std::vector<std::int64_t> index(view.shape.size(), 0);
    std::uint64_t at = view.offset;
    for (std::uint64_t i = 0; i < count; ++i) {
        std::memcpy(to, storage.data() + at * element, element);
        to += element;
        for (std::size_t d = view.shape.size(); d-- > 0;) {
            const auto stride = static_cast<std::uint64_t>(view.strides[d]);
            if (++index[d] < view.shape[d]) {
                at += stride;
                break;
            }
            at -= stride * static_cast<std::uint64_t>(view.shape[d] - 1);
            index[d] = 0;
        }
    }
}

} // namespace

StoredTensor materialize(const std::string& name, TensorType type, Bytes storage,
                         const TensorView& view, MemoryBudget& budget)
{
    const Reach reach = reachOf(name, view);
    const std::size_t element = bytesPerElement(type);
    if (reach.end > storage.size() / element)
        refuse(name, fmt::format("with shape {} needs {} elements of its storage, which has {}",
                                 describeShape(view.shape), reach.end, storage.size() / element));
    std::uint64_t bytes = 0;
    if (__builtin_mul_overflow(reach.count, element, &bytes))
        refuse(name, "has the shape " + describeShape(view.shape) + ", which is too large");
    budget.spend(bytes, "tensor " + inQuotes(name));

    StoredTensor tensor{.name = name, .type = type, .shape = view.shape, .bytes = {}};
    tensor.bytes.resize(static_cast<std::size_t>(bytes));
    if (bytes > 0 && isContiguous(view))
        std::memcpy(tensor.bytes.data(), storage.data() + view.offset * element,
                    tensor.bytes.size());
    else if (bytes > 0)
        copyStrided(view, storage, element, reach.count, tensor.bytes.data());
    if (view.bigEndian)
        for (std::size_t i = 0; i < tensor.bytes.size(); i += element)
            std::reverse(tensor.bytes.begin() + static_cast<std::ptrdiff_t>(i),
                         tensor.bytes.begin() + static_cast<std::ptrdiff_t>(i + element));
    return tensor;
}

} // namespace core
