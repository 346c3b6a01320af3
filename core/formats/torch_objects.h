// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core
{

/// Entries of something like a dictionary whose keys are texts, in its order.
using PickleEntries = std::vector<std::pair<std::string, PickleId>>;

/// Questions about a pickle's nodes in Python's terms. Refers to the tree.
class PickleObjects
{
public:
    explicit PickleObjects(const PickleTree& tree) : m_tree(&tree) {}

    const PickleTree& tree() const { return *m_tree; }
    const PickleNode& at(PickleId id) const { return (*m_tree)[id]; }

    /// "torch.nn.modules.conv.Conv2d" for a class, and for what would be an object of it; empty for
    /// everything else. Sees through ("module", class, file, source) ids.
    std::string className(PickleId id) const;
    std::string globalName(PickleId id) const; ///< of a class only
    bool isCallOf(PickleId id, std::string_view function) const;

    /// Keys and values of a dict, an OrderedDict (filled by items, or made from a list of pairs) or
    /// another object that has items. Entries with other keys than texts are left out; of equal
    /// keys the last one counts. Absent where it is nothing of the kind.
    std::optional<PickleEntries> entries(PickleId id) const;
    /// Elements of a list, tuple, set or list-like object.
    std::optional<std::vector<PickleId>> elements(PickleId id) const;
    /// An object's attributes: what BUILD gave it, be it a dict or (dict, slots).
    PickleEntries attributes(PickleId id) const;

    std::optional<PickleId> argument(PickleId call, std::size_t index) const;
    std::optional<std::string> text(PickleId id) const; ///< Text, or Binary (Python 2)
    std::optional<std::int64_t> integer(PickleId id) const;
    std::optional<double> real(PickleId id) const; ///< also of an integer
    std::optional<bool> boolean(PickleId id) const;
    /// Non-negative numbers of a tuple, list or torch.Size.
    std::optional<std::vector<std::int64_t>> extents(PickleId id) const;
    /// Bytes, also those that Python 3 writes into protocol 2 as _codecs.encode(text, "latin1").
    std::optional<std::string> bytes(PickleId id) const;

private:
    void collectPairs(const std::vector<PickleId>& items, PickleEntries& into) const;

    const PickleTree* m_tree;
};

const PickleId* findEntry(const PickleEntries& entries,
                          std::string_view name); ///< nullptr if absent

} // namespace core
