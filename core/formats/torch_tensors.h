// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/limits.h"
#include "core/formats/tensor_file.h"
#include "core/formats/torch_objects.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// What a storage's persistent id says.
struct StorageReference {
    std::string key;
    std::optional<TensorType> type;     ///< absent: untyped, `count` is in bytes
    std::uint64_t count = 0;            ///< elements of the whole storage
    std::optional<std::string> viewKey; ///< legacy files: a part of the storage has its own key
    std::uint64_t viewOffset = 0;
    std::uint64_t viewCount = 0;
};

/// "torch.FloatStorage": F32. Absent for untyped ones; throws Error(Input) for what we can't read.
std::optional<TensorType> storageType(const std::string& className);

/// Reads ('storage', type, key, location, count[, view]). Absent where it is something else; throws
/// Error(Input) where the storage is of a type that we can't read.
std::optional<StorageReference> storageReference(const PickleObjects& objects, PickleId persistent);

/// A storage's raw bytes and what they hold.
struct StorageBytes {
    Bytes bytes;
    std::optional<TensorType> type;
    std::shared_ptr<const std::string> owner; ///< of the bytes, where they aren't the file's
    bool bigEndian = false;
};

/// Where a container keeps what its persistent ids mean.
struct TorchStorages {
    std::function<StorageBytes(const StorageReference&)> storage;
    /// Tar files give whole tensors ids.
    std::map<std::string, StoredTensor> tensors;
};

/// Finds and reads the tensors of a pickle.
class TorchTensors
{
public:
    TorchTensors(const PickleObjects& objects, const TorchStorages& storages, MemoryBudget& budget)
        : m_objects(&objects), m_storages(&storages), m_budget(&budget)
    {
    }

    /// Whether the node would have become a tensor (or an array of NumPy's).
    bool isTensor(PickleId id) const;
    /// Reads it: shape, strides and offset are checked against the storage. Throws Error(Input)
    /// naming the tensor.
    StoredTensor read(PickleId id, const std::string& name) const;

private:
    const PickleObjects* m_objects;
    const TorchStorages* m_storages;
    MemoryBudget* m_budget;
};

/// A part of a storage seen as a tensor; sizes in elements.
struct TensorView {
    std::uint64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
    bool bigEndian = false;
};

/// Copies the view out, row-major. Throws Error(Input) where it reaches over the storage's end.
StoredTensor materialize(const std::string& name, TensorType type, Bytes storage,
                         const TensorView& view, MemoryBudget& budget);

} // namespace core
