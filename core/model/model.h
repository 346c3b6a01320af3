// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/class_statistics.h"
#include "core/model/architecture.h"
#include "core/model/parameters.h"
#include "core/model/provenance.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// How sure we are of the layers between the tensors.
enum class LayoutSource {
    Stored,   ///< the file says it
    Inferred, ///< found by trying what fits the shapes
};

/// A network with everything known about it. Immutable once shared; any thread may read it.
struct Model {
    std::string name; ///< for lists and captions: the file's stem, or a shipped model's title
    std::filesystem::path file; ///< empty if it was never a file
    std::string format;         ///< "safetensors", "torch zip, whole module", ...
    Architecture architecture;
    Parameters parameters;
    Provenance provenance;
    LayoutSource layout = LayoutSource::Stored;
    int otherLayouts = 0; ///< how many more would fit, where the layout is inferred
    std::vector<std::string>
        notes; ///< warnings for the reader: NaN found, log-softmax left out, ...
    std::optional<ClassStatistics> classStatistics; ///< stored with the file
};

using ModelPointer = std::shared_ptr<const Model>;

/// SHA-256 over the architecture's text and the parameters' bytes, as hexadecimal digits: the same
/// for the same network in whatever container.
std::string modelHash(const Model& model);

} // namespace core
