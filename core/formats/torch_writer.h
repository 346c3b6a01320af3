// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/tensor_file.h"

#include <string>
#include <vector>

namespace core
{

/// The bytes that torch.save would write for an OrderedDict of these tensors, as a zip archive
/// whose members lie in the folder `name`, with the metadata in a member of our own. Throws
/// Error(Output) for types that PyTorch doesn't have.
std::vector<std::byte> writeTorchZip(const TensorFile& file, const std::string& name);

} // namespace core
