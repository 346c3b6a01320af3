// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/own_metadata.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"

#include <nlohmann/json.hpp>

namespace core
{

namespace
{

using Json = nlohmann::json;

/// Null where it is no JSON or nested more deeply than anything we write.
Json parseFlat(const std::string& text)
{
    constexpr int kDeepest = 4;
    bool tooDeep = false;
    const auto limit = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kDeepest;
        return !tooDeep;
    };
    Json json = Json::parse(text, limit, false);
    return tooDeep || json.is_discarded() ? Json() : json;
}

} // namespace

Metadata metadataOf(const Model& model)
{
    Json names = Json::array();
    for (const ParameterSlice& slice : model.parameters.slices())
        names.push_back(slice.name);
    Metadata metadata;
    metadata["format"] = "pt";
    metadata[kArchitectureKey] = toText(model.architecture);
    metadata[kTensorOrderKey] = names.dump(-1, ' ', false, Json::error_handler_t::replace);
    metadata[kProvenanceKey] = toJson(model.provenance);
    if (model.layout == LayoutSource::Inferred)
        metadata[kLayoutKey] = "inferred";
    if (model.classStatistics)
        metadata[kClassStatisticsKey] = toJson(*model.classStatistics);
    return metadata;
}

void takeMetadata(const Metadata& metadata, Model& model)
{
    if (const auto found = metadata.find(kProvenanceKey); found != metadata.end())
        model.provenance = provenanceFromJson(found->second);
    if (const auto found = metadata.find(kClassStatisticsKey); found != metadata.end())
        model.classStatistics = classStatisticsFromJson(found->second);
}

std::vector<std::string> tensorOrder(const Metadata& metadata)
{
    std::vector<std::string> names;
    const auto found = metadata.find(kTensorOrderKey);
    if (found == metadata.end())
        return names;
    const Json json = parseFlat(found->second);
    if (json.is_array())
        for (const Json& name : json)
            if (name.is_string())
                names.push_back(name.get<std::string>());
    return names;
}

std::string printMetadata(const Metadata& metadata)
{
    return Json(metadata).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Metadata parseMetadata(const std::string& json)
{
    const Json object = parseFlat(json);
    Metadata metadata;
    if (!object.is_object())
        throw Error(ErrorKind::Input, "has metadata of Caddie that is no JSON object");
    for (const auto& [key, value] : object.items())
        if (value.is_string())
            metadata[key] = value.get<std::string>();
    return metadata;
}

} // namespace core
