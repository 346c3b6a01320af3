// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/numpy_array.h"

#include "core/formats/torch_tensors.h"

#include <array>

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& name, const std::string& why)
{
    throw Error(ErrorKind::Input, "array " + inQuotes(name) + " " + why);
}

struct NamedType {
    std::string_view name;
    TensorType type;
};

constexpr std::array<NamedType, 12> kTypes{{
    {"f8", TensorType::F64},
    {"f4", TensorType::F32},
    {"f2", TensorType::F16},
    {"i8", TensorType::I64},
    {"i4", TensorType::I32},
    {"i2", TensorType::I16},
    {"i1", TensorType::I8},
    {"u8", TensorType::U64},
    {"u4", TensorType::U32},
    {"u2", TensorType::U16},
    {"u1", TensorType::U8},
    {"b1", TensorType::Bool},
}};

struct Dtype {
    TensorType type = TensorType::F32;
    bool bigEndian = false;
};

/// numpy.dtype('f4', ...) with the state (version, '<', ...).
Dtype readDtype(const PickleObjects& objects, PickleId id, const std::string& name)
{
    const auto code = objects.argument(id, 0);
    const std::string text = code ? objects.text(*code).value_or("") : "";
    for (const NamedType& row : kTypes) {
        if (row.name != text)
            continue;
        Dtype dtype{.type = row.type};
        if (const PickleId state = objects.at(id).state; state != kNoPickle) {
            const auto parts = objects.elements(state);
            dtype.bigEndian = parts && parts->size() > 1 && objects.text((*parts)[1]) == ">";
        }
        return dtype;
    }
    refuse(name, "has the type " + inQuotes(text) + ", expected plain numbers");
}

std::vector<std::int64_t> denseStrides(const std::vector<std::int64_t>& shape, bool firstFastest)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    std::int64_t step = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const std::size_t d = firstFastest ? i : shape.size() - 1 - i;
        strides[d] = step;
        if (__builtin_mul_overflow(step, shape[d], &step))
            step = 0; // the shape's product is refused later
    }
    return strides;
}

bool endsWithAny(const std::string& name, std::initializer_list<std::string_view> ends)
{
    for (const std::string_view end : ends)
        if (name.ends_with(end))
            return true;
    return false;
}

} // namespace

bool isNumpyArray(const PickleObjects& objects, PickleId id)
{
    if (objects.at(id).kind != PickleKind::Call)
        return false;
    const std::string function = objects.globalName(objects.at(id).callee);
    return function.starts_with("numpy.") &&
           endsWithAny(function,
                       {".multiarray._reconstruct", ".multiarray.scalar", ".numeric._frombuffer"});
}

StoredTensor readNumpyArray(const PickleObjects& objects, PickleId id, const std::string& name,
                            MemoryBudget& budget)
{
    const std::string function = objects.globalName(objects.at(id).callee);
    std::optional<PickleId> dtype;
    std::optional<PickleId> data;
    std::optional<std::vector<std::int64_t>> shape;
    bool firstFastest = false;
    if (function.ends_with(".scalar")) {
        dtype = objects.argument(id, 0);
        data = objects.argument(id, 1);
        shape.emplace();
    } else if (function.ends_with("._frombuffer")) { // (buffer, dtype, shape, order)
        data = objects.argument(id, 0);
        dtype = objects.argument(id, 1);
        if (const auto part = objects.argument(id, 2))
            shape = objects.extents(*part);
        const auto order = objects.argument(id, 3);
        firstFastest = order && objects.text(*order) == "F";
    } else if (const PickleId state = objects.at(id).state; state != kNoPickle) {
        // (version, shape, dtype, is Fortran, data)
        const auto parts = objects.elements(state);
        if (parts && parts->size() == 5) {
            shape = objects.extents((*parts)[1]);
            dtype = (*parts)[2];
            firstFastest = objects.boolean((*parts)[3]).value_or(false);
            data = (*parts)[4];
        }
    }
    if (!dtype || !data || !shape)
        refuse(name, "is not described as NumPy would");
    const Dtype type = readDtype(objects, *dtype, name);
    const auto bytes = objects.bytes(*data);
    if (!bytes)
        refuse(name, "has no bytes");
    const TensorView view{.offset = 0,
                          .shape = *shape,
                          .strides = denseStrides(*shape, firstFastest),
                          .bigEndian = type.bigEndian};
    return materialize(name, type.type, std::as_bytes(std::span(*bytes)), view, budget);
}

} // namespace core
