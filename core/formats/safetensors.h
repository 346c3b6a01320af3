// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"
#include "core/formats/tensor_file.h"

#include <optional>
#include <vector>

namespace core
{

/// Whether the bytes begin as a safetensors file does: a length, then a brace (maybe after white
/// space). Files that say so and are broken get safetensors' error messages.
bool looksLikeSafetensors(Bytes content);

/// Tensors in the order of the buffer. Throws Error(Input) on anything that the format forbids, and
/// on duplicate names, which it forgot to forbid.
TensorFile readSafetensors(Bytes content);

/// Canonical bytes: names sorted in the header, which is padded with spaces to a multiple of 8; in
/// the buffer the widest types first, then by name.
std::vector<std::byte> writeSafetensors(const TensorFile& file);

} // namespace core
