// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"
#include "core/formats/tensor_file.h"

#include <map>
#include <string>
#include <vector>

namespace core
{

/// A module of a whole pickled network, with what its file says about it.
struct StoredModule {
    std::string path;       ///< "features.0"; empty for the network itself
    std::string type;       ///< the class's last name: "Conv2d"
    bool known = false;     ///< a class of torch.nn, whose meaning is known
    bool container = false; ///< has modules inside
    std::map<std::string, std::vector<double>> numbers; ///< attributes: numbers, flags, pairs
    std::map<std::string, std::string> texts; ///< attributes: words, such as padding="same"
    std::size_t tensors = 0;                  ///< parameters of its own
};

/// A network as some file has it: named tensors and, where a whole module was saved, its modules
/// from the outside in, in the order in which they were registered.
struct StoredNetwork {
    TensorFile file;
    std::vector<StoredModule> modules;
    bool sharesModules = false;     ///< a module is registered in two places
    std::vector<std::string> notes; ///< for the reader of the model
};

/// All networks in the content of a file, the most promising first; at least one. Throws
/// Error(Input) where there is none, saying what there is instead.
std::vector<StoredNetwork> readNetworks(Bytes content);

} // namespace core
