// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_script.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& why)
{
    throw Error(ErrorKind::Input, "is an old TorchScript file whose model.json " + why);
}

/// Without nesting beyond what modules have: trees of strangers may be deep.
Json parseModelJson(std::string_view text)
{
    constexpr int kDeepest = 100;
    bool tooDeep = false;
    const auto limit = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kDeepest;
        return !tooDeep;
    };
    Json json = Json::parse(text, limit, false);
    if (tooDeep)
        refuse("is nested too deeply");
    if (!json.is_object())
        refuse("is not valid JSON");
    return json;
}

/// protobuf's JSON writes 64-bit numbers as texts.
std::int64_t wholeNumber(const Json& json)
{
    if (json.is_number_integer())
        return json.get<std::int64_t>();
    if (json.is_string()) {
        const auto& text = json.get_ref<const std::string&>();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc() && end == text.data() + text.size())
            return value;
    }
    refuse("has something else where a whole number should be");
}

std::string textOf(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::int64_t> extentsOf(const Json& object, const char* key)
{
    std::vector<std::int64_t> values;
    if (const auto found = object.find(key); found != object.end() && found->is_array())
        for (const Json& item : *found) {
            values.push_back(wholeNumber(item));
            if (values.back() < 0)
                refuse("has a negative extent");
        }
    return values;
}

TensorType typeOf(const std::string& name)
{
    constexpr std::array<std::pair<std::string_view, TensorType>, 9> kTypes{{
        {"FLOAT", TensorType::F32},
        {"DOUBLE", TensorType::F64},
        {"FLOAT16", TensorType::F16},
        {"INT64", TensorType::I64},
        {"INT32", TensorType::I32},
        {"INT16", TensorType::I16},
        {"INT8", TensorType::I8},
        {"UINT8", TensorType::U8},
        {"BOOL", TensorType::Bool},
    }};
    for (const auto& [candidate, type] : kTypes)
        if (candidate == name)
            return type;
    refuse("has a tensor of the unknown type " + inQuotes(name));
}

StoredTensor readTensor(ZipReader& zip, const std::string& folder, const Json& json,
                        MemoryBudget& budget)
{
    if (!json.is_object() || !json.contains("data"))
        refuse("has a tensor without data");
    TensorView view{
        .offset = 0, .shape = extentsOf(json, "dims"), .strides = extentsOf(json, "strides")};
    if (const auto offset = json.find("offset"); offset != json.end()) {
        const std::int64_t value = wholeNumber(*offset);
        if (value < 0)
            refuse("has a negative offset");
        view.offset = static_cast<std::uint64_t>(value);
    }
    const std::string record = textOf(json["data"], "key");
    return materialize(record, typeOf(textOf(json, "dataType")), zip.read(folder + record, budget),
                       view, budget);
}

/// Turns modules into the nodes of pickled ones.
class ModuleBuilder
{
public:
    explicit ModuleBuilder(PickleTree& tree) : m_tree(tree) {}

    PickleId module(const Json& json)
    {
        std::vector<PickleId> entries;
        if (const auto parameters = json.find("parameters"); parameters != json.end())
            for (const Json& parameter : *parameters) {
                if (!parameter.is_object() || !parameter.contains("tensorId"))
                    continue;
                entries.push_back(text(textOf(parameter, "name")));
                entries.push_back(tensor(wholeNumber(parameter["tensorId"])));
            }
        if (const auto children = json.find("submodules"); children != json.end())
            for (const Json& child : *children) {
                entries.push_back(text(textOf(child, "name")));
                entries.push_back(module(child)); // as deep as the JSON, which is limited
            }
        PickleNode state;
        state.kind = PickleKind::Dict;
        state.items = std::move(entries);
        PickleNode node;
        node.kind = PickleKind::Call;
        node.callee = global("__torch__\nModule");
        node.arguments = add(PickleKind::Tuple, {});
        node.state = m_tree.add(std::move(state));
        return m_tree.add(std::move(node));
    }

private:
    PickleId add(PickleKind kind, std::string_view content)
    {
        PickleNode node;
        node.kind = kind;
        node.text = content;
        return m_tree.add(std::move(node));
    }
    PickleId text(std::string content)
    {
        return add(PickleKind::Text, m_tree.keep(std::move(content)));
    }
    PickleId global(std::string_view name) { return add(PickleKind::Global, name); }
    PickleId tensor(std::int64_t index)
    {
        PickleNode node;
        node.kind = PickleKind::Persistent;
        node.arguments = text(std::to_string(index));
        return m_tree.add(std::move(node));
    }

    PickleTree& m_tree;
};

} // namespace

TorchContent readOldTorchScript(const std::shared_ptr<ZipReader>& zip, const std::string& folder,
                                MemoryBudget& budget)
{
    const Json json = parseModelJson(asText(zip->read(folder + "model.json", budget)));
    const auto main = json.find("mainModule");
    if (main == json.end() || !main->is_object())
        refuse("has no main module");
    TorchContent torch{.container = "TorchScript", .tree = {}, .storages = {}, .ownMetadata = {}};
    torch.tree.setRoot(ModuleBuilder(torch.tree).module(*main));
    std::size_t index = 0;
    if (const auto tensors = json.find("tensors"); tensors != json.end())
        for (const Json& tensor : *tensors)
            torch.storages.tensors.emplace(std::to_string(index++),
                                           readTensor(*zip, folder, tensor, budget));
    torch.storages.storage = [](const StorageReference&) -> StorageBytes {
        refuse("refers to a pickled storage");
    };
    return torch;
}

} // namespace core
