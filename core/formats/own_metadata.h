// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"

#include <map>
#include <string>

namespace core
{

// What Caddie stores beside the tensors, as texts under these keys: safetensors has a place for
// them, a torch file gets a member of its own.
constexpr const char* kArchitectureKey = "caddie.architecture";
constexpr const char* kTensorOrderKey = "caddie.tensors"; ///< JSON list: names in the layers' order
constexpr const char* kProvenanceKey = "caddie.provenance";
constexpr const char* kClassStatisticsKey = "caddie.class_statistics";
/// "inferred" where the layout was; absent where it is certain.
constexpr const char* kLayoutKey = "caddie.layout";

using Metadata = std::map<std::string, std::string>;

Metadata metadataOf(const Model& model);

/// The other way round: provenance and statistics. Throws Error(Input) where they are broken.
void takeMetadata(const Metadata& metadata, Model& model);
std::vector<std::string> tensorOrder(const Metadata& metadata); ///< empty where it doesn't say

std::string printMetadata(const Metadata& metadata); ///< as one JSON object
Metadata parseMetadata(const std::string& json);     ///< throws Error(Input)

} // namespace core
