// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torch_networks.h"

#include "core/formats/torch_modules.h"

#include <algorithm>
#include <array>
#include <set>

namespace core
{

namespace
{

constexpr std::size_t kDeepestSearch = 5;
constexpr std::size_t kMostNetworks = 8;
constexpr std::size_t kMostVisited = 20'000;

/// Looks through what was saved, the outermost things first.
class NetworkSearch
{
public:
    NetworkSearch(const TorchContent& torch, MemoryBudget& budget)
        : m_torch(&torch), m_objects(torch.tree), m_tensors(m_objects, torch.storages, budget)
    {
    }

    std::vector<StoredNetwork> run()
    {
        std::vector<Place> level{{m_torch->tree.root(), ""}};
        for (std::size_t depth = 0; depth <= kDeepestSearch && !level.empty(); ++depth) {
            std::vector<Place> next;
            for (const Place& place : level)
                visit(place, depth > 0, next);
            level = std::move(next);
        }
        if (m_networks.empty())
            refuse();
        return std::move(m_networks);
    }

private:
    struct Place {
        PickleId id;
        std::string path; ///< keys from the outside in, for messages
    };

    void visit(const Place& place, bool inside, std::vector<Place>& next)
    {
        if (m_visited.size() >= kMostVisited || !m_visited.insert(place.id).second ||
            m_networks.size() >= kMostNetworks)
            return;
        if (isModule(m_objects, m_tensors, place.id))
            return add(readModule(m_objects, m_tensors, place.id), place, inside, "whole module");
        if (m_tensors.isTensor(place.id)) {
            ++m_looseTensors;
            return;
        }
        auto entries = m_objects.entries(place.id);
        if (entries && isOptimizer(*entries)) {
            m_optimizer = true;
            return;
        }
        if (entries && countTensors(*entries) > 0)
            readStateDict(*entries, place, inside);
        if (!entries || entries->empty())
            entries = m_objects.attributes(place.id);
        for (const auto& [key, value] : *entries)
            next.push_back({value, place.path + "/" + key});
        const auto elements = m_objects.elements(place.id).value_or(std::vector<PickleId>{});
        if (elements.size() > 1 && std::ranges::all_of(elements, [this](PickleId item) {
                return m_tensors.isTensor(item);
            }))
            return readList(elements, place, inside);
        for (const PickleId item : elements)
            next.push_back({item, place.path});
    }

    /// list(model.parameters()): in order, without names.
    void readList(const std::vector<PickleId>& tensors, const Place& place, bool inside)
    {
        PickleEntries entries;
        for (const PickleId tensor : tensors)
            entries.emplace_back(std::to_string(entries.size()), tensor);
        m_looseTensors += tensors.size();
        readStateDict(entries, place, inside);
    }

    static bool isOptimizer(const PickleEntries& entries)
    {
        return findEntry(entries, "param_groups") != nullptr &&
               findEntry(entries, "state") != nullptr;
    }

    std::size_t countTensors(const PickleEntries& entries) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            entries, [this](const auto& entry) { return m_tensors.isTensor(entry.second); }));
    }

    void readStateDict(const PickleEntries& entries, const Place& place, bool inside)
    {
        if (entries.size() > kMostTensors)
            throw Error(ErrorKind::Input, fmt::format("has {} tensors, expected at most {}",
                                                      entries.size(), kMostTensors));
        StoredNetwork network;
        for (const auto& [name, value] : entries)
            if (m_tensors.isTensor(value))
                network.file.tensors.push_back(m_tensors.read(value, name));
        // An accuracy or an epoch may be a tensor, too.
        const bool hasWeights = std::ranges::any_of(
            network.file.tensors, [](const StoredTensor& t) { return t.shape.size() > 1; });
        if (hasWeights)
            add(std::move(network), place, inside, "state_dict");
    }

    void add(StoredNetwork network, const Place& place, bool inside, const std::string& kind)
    {
        if (network.file.tensors.empty())
            return;
        const std::string& container = m_torch->container;
        network.file.format = container;
        if (container != "TorchScript" && container != "torch tar")
            network.file.format += ", " + kind;
        if (inside) {
            network.file.format += " in a checkpoint";
            if (!place.path.empty())
                network.notes.push_back("found under " + inQuotes(place.path) + " of the file");
        }
        m_networks.push_back(std::move(network));
    }

    [[noreturn]] void refuse() const
    {
        const PickleId root = m_torch->tree.root();
        std::string found;
        if (m_optimizer)
            found = "has the state of an optimizer only";
        else if (m_objects.at(root).kind == PickleKind::Persistent || m_looseTensors > 0)
            found = fmt::format("has {} tensors without names", m_looseTensors);
        else
            found = "has " + describe(root);
        throw Error(ErrorKind::Input, fmt::format("{} ({}), expected the weights of a network",
                                                  found, m_torch->container));
    }

    std::string describe(PickleId id) const
    {
        const PickleNode& node = m_objects.at(id);
        switch (node.kind) {
        case PickleKind::Dict:
            return fmt::format("a dictionary of {} entries without tensors", node.items.size() / 2);
        case PickleKind::List:
        case PickleKind::Tuple:
        case PickleKind::Set:
            return fmt::format("a list of {} things without tensors", node.items.size());
        case PickleKind::Call:
            return "an object of class " + inQuotes(m_objects.className(id));
        case PickleKind::Global:
            return "the class " + inQuotes(m_objects.className(id));
        default:
            return "a single value";
        }
    }

    const TorchContent* m_torch;
    PickleObjects m_objects;
    TorchTensors m_tensors;
    std::set<PickleId> m_visited;
    std::vector<StoredNetwork> m_networks;
    std::size_t m_looseTensors = 0;
    bool m_optimizer = false;
};

} // namespace

std::vector<StoredNetwork> findNetworks(const TorchContent& torch, MemoryBudget& budget)
{
    return NetworkSearch(torch, budget).run();
}

} // namespace core
