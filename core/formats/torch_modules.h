// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/stored_network.h"
#include "core/formats/torch_tensors.h"

namespace core
{

/// Whether the node would have become a torch.nn.Module or a scripted one.
bool isModule(const PickleObjects& objects, const TorchTensors& tensors, PickleId id);

/// Its modules and tensors, named as state_dict() would.
StoredNetwork readModule(const PickleObjects& objects, const TorchTensors& tensors, PickleId id);

} // namespace core
