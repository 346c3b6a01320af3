// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/torch_content.h"
#include "core/formats/zip_reader.h"

#include <memory>
#include <string>

namespace core
{

/// TorchScript of 1.0 to 1.3: `model.json` describes modules, `tensors/N` has the numbers. The
/// modules become the nodes that a pickled module would have. Throws Error(Input).
TorchContent readOldTorchScript(const std::shared_ptr<ZipReader>& zip, const std::string& folder,
                                MemoryBudget& budget);

} // namespace core
