// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"
#include "core/formats/torch_tensors.h"

#include <memory>
#include <string>

namespace core
{

class ZipReader;

/// A torch file taken apart: the object that was saved, as inert nodes, and where the numbers are.
/// Refers to the file's content.
struct TorchContent {
    std::string container; ///< "torch zip", "torch legacy", "torch tar", "TorchScript", "pickle"
    PickleTree tree;
    TorchStorages storages;
    std::string ownMetadata; ///< what Caddie itself wrote into the archive, as JSON
};

} // namespace core
