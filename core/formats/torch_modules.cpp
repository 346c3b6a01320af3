// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_modules.h"

#include <algorithm>
#include <set>

namespace core
{

namespace
{

constexpr std::size_t kMostModules = 5'000;
constexpr std::size_t kDeepestModule = 64;

bool isScripted(const std::string& className)
{
    return className.starts_with("__torch__");
}

/// The sub-modules, parameters and buffers of one module, whichever way it keeps them.
struct Parts {
    PickleEntries modules;
    PickleEntries tensors;
    PickleEntries options;
};

bool looksLikeScripted(const PickleObjects& objects, PickleId id)
{
    return isScripted(objects.className(id)) && objects.at(id).kind == PickleKind::Call;
}

Parts partsOf(const PickleObjects& objects, const TorchTensors& tensors, PickleId id)
{
    Parts parts;
    const PickleEntries attributes = objects.attributes(id);
    if (isScripted(objects.className(id))) {
        for (const auto& entry : attributes)
            if (tensors.isTensor(entry.second))
                parts.tensors.push_back(entry);
            else if (looksLikeScripted(objects, entry.second))
                parts.modules.push_back(entry);
            else
                parts.options.push_back(entry);
        return parts;
    }
    std::set<std::string> unsaved;
    for (const auto& [name, value] : attributes) {
        if (name == "_non_persistent_buffers_set") {
            auto names = objects.elements(value);
            if (!names) // set([...]) as a call
                if (const auto made = objects.argument(value, 0))
                    names = objects.elements(*made);
            for (const PickleId item : names.value_or(std::vector<PickleId>{}))
                unsaved.insert(objects.text(item).value_or(""));
        }
    }
    for (const auto& [name, value] : attributes) {
        if (name == "_modules") {
            parts.modules = objects.entries(value).value_or(PickleEntries{});
        } else if (name == "_parameters" || name == "_buffers") {
            for (auto& entry : objects.entries(value).value_or(PickleEntries{}))
                if (tensors.isTensor(entry.second) &&
                    (name == "_parameters" || !unsaved.contains(entry.first)))
                    parts.tensors.push_back(std::move(entry));
        } else if (!name.starts_with("_")) {
            parts.options.emplace_back(name, value);
        }
    }
    return parts;
}

/// Numbers, flags, words, and pairs of them.
void readOptions(const PickleObjects& objects, const PickleEntries& options, StoredModule& module)
{
    for (const auto& [name, value] : options) {
        if (const auto number = objects.real(value)) {
            module.numbers[name] = {*number};
        } else if (const auto word = objects.text(value)) {
            module.texts[name] = *word;
        } else if (const auto items = objects.elements(value)) {
            std::vector<double> numbers;
            for (const PickleId item : *items)
                if (const auto part = objects.real(item))
                    numbers.push_back(*part);
            if (numbers.size() == items->size())
                module.numbers[name] = std::move(numbers);
        }
    }
}

/// "torch.nn.modules.conv.Conv2d" and how TorchScript mangles it.
StoredModule describeModule(const std::string& path, const std::string& className)
{
    StoredModule module;
    module.path = path;
    module.type = className.substr(className.rfind('.') + 1);
    module.known =
        className.starts_with("torch.nn.") || className.starts_with("__torch__.torch.nn.modules.");
    return module;
}

} // namespace

bool isModule(const PickleObjects& objects, const TorchTensors& tensors, PickleId id)
{
    if (objects.at(id).kind != PickleKind::Call || tensors.isTensor(id))
        return false;
    if (isScripted(objects.className(id)))
        return !objects.attributes(id).empty();
    const PickleEntries attributes = objects.attributes(id);
    return findEntry(attributes, "_modules") != nullptr &&
           findEntry(attributes, "_parameters") != nullptr;
}

StoredNetwork readModule(const PickleObjects& objects, const TorchTensors& tensors, PickleId id)
{
    struct Pending {
        std::string path;
        PickleId id;
        std::size_t depth;
    };
    StoredNetwork network;
    std::set<PickleId> seen;
    std::vector<Pending> pending{{"", id, 0}};
    while (!pending.empty()) {
        const Pending now = pending.back();
        pending.pop_back();
        if (!isModule(objects, tensors, now.id) && !looksLikeScripted(objects, now.id))
            continue; // a child that was set to None
        if (!seen.insert(now.id).second) {
            network.sharesModules = true;
            continue;
        }
        if (seen.size() > kMostModules || now.depth > kDeepestModule)
            throw Error(ErrorKind::Input,
                        fmt::format("has more than {} modules or nests them more than {} deep",
                                    kMostModules, kDeepestModule));
        const std::string prefix = now.path.empty() ? "" : now.path + ".";
        Parts parts = partsOf(objects, tensors, now.id);
        StoredModule module = describeModule(now.path, objects.className(now.id));
        readOptions(objects, parts.options, module);
        module.container = !parts.modules.empty();
        module.tensors = parts.tensors.size();
        for (const auto& [name, tensor] : parts.tensors)
            network.file.tensors.push_back(tensors.read(tensor, prefix + name));
        network.modules.push_back(std::move(module));
        std::ranges::reverse(parts.modules);
        for (const auto& [name, child] : parts.modules)
            pending.push_back({prefix + name, child, now.depth + 1});
    }
    return network;
}

} // namespace core
