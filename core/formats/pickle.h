// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core
{

/// Index of a node in its PickleTree.
using PickleId = std::uint32_t;
constexpr PickleId kNoPickle = 0xffffffff;

enum class PickleKind : std::uint8_t {
    None,
    Bool,
    Integer,
    BigInteger, ///< does not fit 64 bits; `text` has its digits or little-endian bytes
    Real,
    Text,
    Binary, ///< also Python 2's str
    List,
    Tuple,
    Set,
    Dict,       ///< `items` are keys and values in turn
    Global,     ///< a name, never looked up; `text` is "module\nname"
    Call,       ///< what would have been `callee(arguments)`; never made
    Persistent, ///< `arguments` is its persistent id
};

/// Something that a pickle describes. Inert: nothing is imported, made or called.
struct PickleNode {
    PickleKind kind = PickleKind::None;
    PickleId callee = kNoPickle;    ///< Call: a Global, or a Persistent that wraps one
    PickleId arguments = kNoPickle; ///< Call: a Tuple; Persistent: the id
    PickleId state = kNoPickle;     ///< Call: what __setstate__ would have got
    union {
        std::int64_t integer = 0; ///< Bool, Integer
        double real;
    };
    std::string_view text;
    /// List, Tuple, Set: the elements. Dict: keys and values in turn. Call: keys and values that
    /// were set on the object, or the elements that were appended to it.
    std::vector<PickleId> items;
    bool appended = false; ///< Call: `items` are elements, not keys and values
};

/// All nodes of one pickle, by index, so that neither depth nor cycles need recursion. Refers to
/// the bytes that it was read from.
class PickleTree
{
public:
    const PickleNode& operator[](PickleId id) const { return m_nodes[id]; }
    PickleNode& operator[](PickleId id) { return m_nodes[id]; }
    PickleId root() const { return m_root; }
    void setRoot(PickleId id) { m_root = id; }
    std::size_t size() const { return m_nodes.size(); }

    PickleId add(PickleNode node)
    {
        m_nodes.push_back(std::move(node));
        return static_cast<PickleId>(m_nodes.size() - 1);
    }
    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }

private:
    std::deque<PickleNode> m_nodes;
    std::deque<std::string> m_texts; ///< those that are not literally in the file
    PickleId m_root = 0;
};

/// Reads one pickle (protocol 0 to 5) up to its STOP. Throws Error(Input) where it is cut off,
/// makes no sense or is larger than any network's.
PickleTree readPickle(ByteReader& reader);

} // namespace core
