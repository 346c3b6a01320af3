// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_tensors.h"

#include "core/formats/numpy_array.h"
#include "core/formats/torch_legacy.h"

#include <algorithm>
#include <array>

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

struct NamedType {
    std::string_view storage; ///< torch.FloatStorage
    std::string_view dtype;   ///< torch.float32
    TensorType type;
};

constexpr std::array<NamedType, 15> kTypes{{
    {"DoubleStorage", "float64", TensorType::F64},
    {"FloatStorage", "float32", TensorType::F32},
    {"HalfStorage", "float16", TensorType::F16},
    {"BFloat16Storage", "bfloat16", TensorType::BF16},
    {"LongStorage", "int64", TensorType::I64},
    {"IntStorage", "int32", TensorType::I32},
    {"ShortStorage", "int16", TensorType::I16},
    {"CharStorage", "int8", TensorType::I8},
    {"ByteStorage", "uint8", TensorType::U8},
    {"BoolStorage", "bool", TensorType::Bool},
    {"", "uint64", TensorType::U64},
    {"", "uint32", TensorType::U32},
    {"", "uint16", TensorType::U16},
    {"", "float8_e4m3fn", TensorType::F8E4M3},
    {"", "float8_e5m2", TensorType::F8E5M2},
}};

std::string_view lastPart(std::string_view name)
{
    return name.substr(name.rfind('.') + 1); // npos + 1 is 0
}

std::optional<TensorType> typeOfDtype(const std::string& className)
{
    for (const NamedType& row : kTypes)
        if (row.dtype == lastPart(className))
            return row.type;
    return std::nullopt;
}

/// Follows the calls that only wrap a tensor, until one that makes it.
struct Maker {
    PickleId id = kNoPickle;
    enum class Kind { None, Torch, Numpy, Ready, Unreadable } kind = Kind::None;
    std::string function;
};

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The argument in which a wrapping call has the tensor; absent where it is no such call.
std::optional<std::size_t> wrappedArgument(std::string_view function)
{
    if (isOneOf(function,
                {"torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
                 "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer",
                 "torch.autograd.variable.Variable", "torch.nn.Parameter",
                 "torch.autograd.Variable", "torch._utils._rebuild_device_tensor_from_numpy",
                 "torch._utils._rebuild_xla_tensor", "torch.jit._pickle.restore_type_tag"}))
        return 0;
    if (isOneOf(function, {"copy_reg.__newobj__", "copyreg.__newobj__"}))
        return 1;
    return std::nullopt;
}

Maker makerOf(const PickleObjects& objects, const TorchStorages& storages, PickleId id)
{
    constexpr int kMostWrappers = 8;
    for (int depth = 0; depth < kMostWrappers; ++depth) {
        const PickleNode& node = objects.at(id);
        if (node.kind == PickleKind::Persistent) {
            const auto number = objects.integer(node.arguments);
            const auto key = number ? std::to_string(*number)
                                    : objects.text(node.arguments).value_or(std::string());
            if (storages.tensors.contains(key))
                return {id, Maker::Kind::Ready, key};
            return {};
        }
        if (node.kind != PickleKind::Call)
            return {};
        const std::string function = objects.globalName(node.callee);
        if (isOneOf(function, {"torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
                               "torch._utils._rebuild_tensor_v3"}))
            return {id, Maker::Kind::Torch, function};
        if (isNumpyArray(objects, id))
            return {id, Maker::Kind::Numpy, function};
        if (function.starts_with("torch._utils._rebuild_") && !wrappedArgument(function))
            return {id, Maker::Kind::Unreadable, function};
        if (isOneOf(function,
                    {"torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type"})) {
            // (function, type, arguments, state): the inner call was never written as one.
            const auto inner = objects.argument(id, 0);
            const auto arguments = objects.argument(id, 2);
            if (inner && arguments &&
                objects.globalName(*inner).find("_rebuild_tensor") != std::string::npos)
                return {*arguments, Maker::Kind::Torch, objects.globalName(*inner)};
            return {id, Maker::Kind::Unreadable, function};
        }
        const auto index = wrappedArgument(function);
        const auto next = index ? objects.argument(id, *index) : std::nullopt;
        if (!next)
            return {};
        id = *next;
    }
    return {};
}

/// A storage that plain pickle wrote as a whole torch file of its own.
StorageBytes embeddedStorage(const PickleObjects& objects, PickleId call)
{
    const auto hidden = objects.argument(call, 0);
    auto bytes = hidden ? objects.bytes(*hidden) : std::nullopt;
    if (!bytes)
        refuse("has a storage that is neither in the file nor in the pickle");
    const auto owner = std::make_shared<const std::string>(std::move(*bytes));
    StorageBytes storage = readEmbeddedStorage(std::as_bytes(std::span(*owner)));
    storage.owner = owner;
    return storage;
}

StorageBytes storageOf(const PickleObjects& objects, const TorchStorages& storages, PickleId id,
                       const std::string& name)
{
    if (objects.at(id).kind == PickleKind::Persistent)
        if (const auto reference = storageReference(objects, id))
            return storages.storage(*reference);
    if (objects.isCallOf(id, "torch.storage._load_from_bytes"))
        return embeddedStorage(objects, id);
    // torch.storage.TypedStorage around an untyped one
    refuse("tensor " + inQuotes(name) + " has no storage that could be read");
}

/// Arguments of the function that makes the tensor.
struct TensorArguments {
    PickleId storage = kNoPickle;
    TensorView view;
    std::optional<TensorType> type; ///< where the storage has none
};

TensorArguments argumentsOf(const PickleObjects& objects, const Maker& maker,
                            const std::string& name)
{
    const PickleNode& node = objects.at(maker.id);
    const auto& items =
        node.kind == PickleKind::Call ? objects.at(node.arguments).items : node.items;
    constexpr std::size_t kNeeded = 4;
    constexpr std::size_t kDtype = 6;
    if (items.size() < kNeeded)
        refuse("tensor " + inQuotes(name) + " is described by too few values");
    const auto offset = objects.integer(items[1]);
    auto shape = objects.extents(items[2]);
    auto strides = objects.extents(items[3]);
    if (!offset || *offset < 0 || !shape || !strides)
        refuse("tensor " + inQuotes(name) +
               " has an offset, a shape or strides that are no whole numbers from 0 up");
    TensorArguments result;
    result.storage = items[0];
    result.view = {.offset = static_cast<std::uint64_t>(*offset),
                   .shape = std::move(*shape),
                   .strides = std::move(*strides)};
    if (maker.function.ends_with("_v3") && items.size() > kDtype) {
        const std::string dtype = objects.globalName(items[kDtype]);
        result.type = typeOfDtype(dtype);
        if (!result.type)
            refuse("tensor " + inQuotes(name) + " has the unknown type " + inQuotes(dtype));
    }
    return result;
}

} // namespace

std::optional<TensorType> storageType(const std::string& className)
{
    const std::string_view name = lastPart(className);
    if (name == "UntypedStorage" || name == "_UntypedStorage" || name == "StorageBase" ||
        name == "TypedStorage")
        return std::nullopt;
    for (const NamedType& row : kTypes)
        if (!row.storage.empty() && row.storage == name)
            return row.type;
    if (name.starts_with("Q"))
        refuse("is quantised (it has a " + std::string(name) + "), expected plain numbers");
    refuse("has a storage of type " + inQuotes(className) + ", expected one of plain numbers");
}

std::optional<StorageReference> storageReference(const PickleObjects& objects, PickleId persistent)
{
    const PickleNode& node = objects.at(persistent);
    if (node.kind != PickleKind::Persistent)
        return std::nullopt;
    const auto& items = objects.at(node.arguments).items;
    constexpr std::size_t kCount = 4;
    constexpr std::size_t kView = 5;
    if (items.size() <= kCount || objects.text(items[0]) != "storage")
        return std::nullopt;
    const auto keyOf = [&objects](PickleId id) {
        const auto number = objects.integer(id);
        return number ? std::optional(std::to_string(*number)) : objects.text(id);
    };
    const auto key = keyOf(items[2]);
    const auto count = objects.integer(items[kCount]);
    if (!key || !count || *count < 0)
        refuse("has a storage without a key or a size");
    StorageReference reference;
    reference.key = *key;
    reference.type = storageType(objects.globalName(items[1]));
    reference.count = static_cast<std::uint64_t>(*count);
    if (items.size() > kView && objects.at(items[kView]).kind == PickleKind::Tuple) {
        const auto& view = objects.at(items[kView]).items;
        const auto offset = view.size() == 3 ? objects.integer(view[1]) : std::nullopt;
        const auto length = view.size() == 3 ? objects.integer(view[2]) : std::nullopt;
        if (!offset || !length || *offset < 0 || *length < 0)
            refuse("has a broken view of storage " + inQuotes(*key));
        reference.viewKey = keyOf(view[0]);
        reference.viewOffset = static_cast<std::uint64_t>(*offset);
        reference.viewCount = static_cast<std::uint64_t>(*length);
    }
    return reference;
}

bool TorchTensors::isTensor(PickleId id) const
{
    return makerOf(*m_objects, *m_storages, id).kind != Maker::Kind::None;
}

StoredTensor TorchTensors::read(PickleId id, const std::string& name) const
{
    const Maker maker = makerOf(*m_objects, *m_storages, id);
    switch (maker.kind) {
    case Maker::Kind::None:
        refuse(inQuotes(name) + " is no tensor");
    case Maker::Kind::Unreadable:
        if (maker.function.find("_rebuild_qtensor") != std::string::npos)
            refuse("is quantised (tensor " + inQuotes(name) + "), expected plain numbers");
        refuse("tensor " + inQuotes(name) + " is made by " + inQuotes(maker.function) +
               ", expected a dense tensor");
    case Maker::Kind::Ready: {
        StoredTensor tensor = m_storages->tensors.at(maker.function);
        m_budget->spend(tensor.bytes.size(), "tensor " + inQuotes(name));
        tensor.name = name;
        return tensor;
    }
    case Maker::Kind::Numpy:
        return readNumpyArray(*m_objects, maker.id, name, *m_budget);
    case Maker::Kind::Torch:
        break;
    }
    TensorArguments arguments = argumentsOf(*m_objects, maker, name);
    const StorageBytes storage = storageOf(*m_objects, *m_storages, arguments.storage, name);
    const auto type = arguments.type ? arguments.type : storage.type;
    if (!type)
        refuse("tensor " + inQuotes(name) + " has an untyped storage and no type of its own");
    arguments.view.bigEndian = storage.bigEndian;
    return materialize(name, *type, storage.bytes, arguments.view, *m_budget);
}

} // namespace core
