// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_objects.h"

#include "core/formats/pickle_text.h"

#include <algorithm>
#include <unordered_map>

namespace core
{

std::string PickleObjects::globalName(PickleId id) const
{
    // A persistent id may wrap the class together with its source code.
    if (at(id).kind == PickleKind::Persistent) {
        const PickleNode& wrapped = at(at(id).arguments);
        if (wrapped.kind != PickleKind::Tuple || wrapped.items.size() < 2 ||
            text(wrapped.items[0]) != "module")
            return {};
        id = wrapped.items[1];
    }
    if (at(id).kind != PickleKind::Global)
        return {};
    std::string name(at(id).text);
    std::ranges::replace(name, '\n', '.');
    std::erase(name, '\r');
    return name;
}

std::string PickleObjects::className(PickleId id) const
{
    const PickleNode& node = at(id);
    if (node.kind != PickleKind::Call)
        return globalName(id);
    const std::string callee = globalName(node.callee);
    // The function that makes an object of a class, before classes could say so themselves.
    if (callee == "copy_reg.__newobj__" || callee == "copyreg.__newobj__" ||
        callee == "copy_reg._reconstructor" || callee == "copyreg._reconstructor")
        if (const auto made = argument(id, 0))
            return globalName(*made);
    return callee;
}

bool PickleObjects::isCallOf(PickleId id, std::string_view function) const
{
    return at(id).kind == PickleKind::Call && globalName(at(id).callee) == function;
}

std::optional<PickleId> PickleObjects::argument(PickleId call, std::size_t index) const
{
    const PickleNode& node = at(call);
    if (node.kind != PickleKind::Call)
        return std::nullopt;
    const auto& arguments = at(node.arguments).items;
    return index < arguments.size() ? std::optional(arguments[index]) : std::nullopt;
}

void PickleObjects::collectPairs(const std::vector<PickleId>& items, PickleEntries& into) const
{
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
        if (auto key = text(items[i]))
            into.emplace_back(std::move(*key), items[i + 1]);
}

std::optional<PickleEntries> PickleObjects::entries(PickleId id) const
{
    const PickleNode& node = at(id);
    if (node.kind != PickleKind::Dict && node.kind != PickleKind::Call)
        return std::nullopt;
    PickleEntries all;
    if (node.kind == PickleKind::Call) {
        const std::string name = className(id);
        if (name.ends_with("OrderedDict") || name.ends_with(".dict"))
            if (const auto made = argument(id, 0)) {
                // OrderedDict([[key, value], ...]), or a dict around a dict.
                for (const PickleId pair : at(*made).items)
                    if (at(*made).kind == PickleKind::List || at(*made).kind == PickleKind::Tuple)
                        collectPairs(at(pair).items, all);
                if (at(*made).kind == PickleKind::Dict)
                    collectPairs(at(*made).items, all);
            }
    }
    if (!node.appended)
        collectPairs(node.items, all);
    if (node.kind == PickleKind::Call && all.empty() && !className(id).ends_with("Dict") &&
        !className(id).ends_with("dict"))
        return std::nullopt;

    PickleEntries unique;
    std::unordered_map<std::string, std::size_t> places;
    for (auto& [key, value] : all) {
        const auto [place, isNew] = places.emplace(key, unique.size());
        if (isNew)
            unique.emplace_back(key, value);
        else
            unique[place->second].second = value;
    }
    return unique;
}

std::optional<std::vector<PickleId>> PickleObjects::elements(PickleId id) const
{
    const PickleNode& node = at(id);
    switch (node.kind) {
    case PickleKind::List:
    case PickleKind::Tuple:
    case PickleKind::Set:
        return node.items;
    case PickleKind::Call:
        if (node.appended)
            return node.items;
        if (const auto first = argument(id, 0); first && globalName(node.callee) == "torch.Size")
            return at(*first).items;
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

PickleEntries PickleObjects::attributes(PickleId id) const
{
    const PickleNode& node = at(id);
    if (node.kind != PickleKind::Call || node.state == kNoPickle)
        return {};
    if (at(node.state).kind == PickleKind::Tuple) {
        PickleEntries all;
        for (const PickleId part : at(node.state).items)
            if (auto some = entries(part))
                all.insert(all.end(), some->begin(), some->end());
        return all;
    }
    return entries(node.state).value_or(PickleEntries{});
}

std::optional<std::string> PickleObjects::text(PickleId id) const
{
    const PickleNode& node = at(id);
    if (node.kind != PickleKind::Text && node.kind != PickleKind::Binary)
        return std::nullopt;
    return std::string(node.text);
}

std::optional<std::int64_t> PickleObjects::integer(PickleId id) const
{
    const PickleNode& node = at(id);
    if (node.kind != PickleKind::Integer && node.kind != PickleKind::Bool)
        return std::nullopt;
    return node.integer;
}

std::optional<double> PickleObjects::real(PickleId id) const
{
    if (at(id).kind == PickleKind::Real)
        return at(id).real;
    const auto whole = integer(id);
    return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<bool> PickleObjects::boolean(PickleId id) const
{
    const auto value = integer(id);
    return value ? std::optional(*value != 0) : std::nullopt;
}

std::optional<std::vector<std::int64_t>> PickleObjects::extents(PickleId id) const
{
    const auto items = elements(id);
    if (!items)
        return std::nullopt;
    std::vector<std::int64_t> values;
    for (const PickleId item : *items) {
        const auto value = integer(item);
        if (!value || *value < 0)
            return std::nullopt;
        values.push_back(*value);
    }
    return values;
}

std::optional<std::string> PickleObjects::bytes(PickleId id) const
{
    if (at(id).kind == PickleKind::Binary)
        return std::string(at(id).text);
    if (isCallOf(id, "_codecs.encode"))
        if (const auto hidden = argument(id, 0); hidden && at(*hidden).kind == PickleKind::Text)
            return latin1Bytes(at(*hidden).text);
    if (className(id).ends_with(".bytes") || className(id).ends_with(".bytearray"))
        return std::string();
    // An old pickle read back as text.
    if (at(id).kind == PickleKind::Text)
        return latin1Bytes(at(id).text);
    return std::nullopt;
}

const PickleId* findEntry(const PickleEntries& entries, std::string_view name)
{
    for (const auto& [key, value] : entries)
        if (key == name)
            return &value;
    return nullptr;
}

} // namespace core
