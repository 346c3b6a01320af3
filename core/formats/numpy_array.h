// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/limits.h"
#include "core/formats/tensor_file.h"
#include "core/formats/torch_objects.h"

#include <string>

namespace core
{

/// Whether the node would have become a numpy.ndarray or a NumPy scalar.
bool isNumpyArray(const PickleObjects& objects, PickleId id);

/// Throws Error(Input) naming the array where it is not one of plain numbers.
StoredTensor readNumpyArray(const PickleObjects& objects, PickleId id, const std::string& name,
                            MemoryBudget& budget);

} // namespace core
