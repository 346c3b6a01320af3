// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/torch_content.h"

namespace core
{

/// Five pickles (magic number, version, about the machine, the object, the storages' keys), then
/// the storages: what torch.save wrote until 2020. `looksLike` reads the first pickle only.
bool looksLikeTorchLegacy(Bytes content);
TorchContent readTorchLegacy(Bytes content);

/// The one storage in a torch file that was pickled as part of another pickle.
StorageBytes readEmbeddedStorage(Bytes content);

} // namespace core
