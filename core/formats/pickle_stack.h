// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/formats/pickle.h"
#include "core/formats/pickle_text.h"

#include <fmt/format.h>
#include <unordered_map>

namespace core
{

/// What a pickle's opcodes work on: a stack of nodes with marks, and numbered memories of nodes.
/// All of it limited; everything impossible throws Error(Input).
class PickleStack
{
protected:
    explicit PickleStack(ByteReader& reader) : m_reader(reader) {}

    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::Input,
                    fmt::format("{} {} at byte {}", m_reader.what(), why, m_reader.position()));
    }

    // --- the stack

    void push(PickleId id) { m_stack.push_back(id); }

    void pushNode(PickleNode node)
    {
        if (m_tree.size() >= kMostNodes)
            refuse(fmt::format("has more than {} objects", kMostNodes));
        push(m_tree.add(std::move(node)));
    }

    void pushKind(PickleKind kind) { pushNode(nodeOf(kind)); }

    static PickleNode nodeOf(PickleKind kind)
    {
        PickleNode node;
        node.kind = kind;
        return node;
    }

    void pushInteger(std::int64_t value)
    {
        PickleNode node = nodeOf(PickleKind::Integer);
        node.integer = value;
        pushNode(std::move(node));
    }

    void pushText(PickleKind kind, std::string_view value)
    {
        PickleNode node = nodeOf(kind);
        node.text = value;
        pushNode(std::move(node));
    }

    std::size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }

    PickleId top() const
    {
        if (m_stack.size() <= floor())
            refuse("takes an object from an empty stack");
        return m_stack.back();
    }

    PickleId pop()
    {
        const PickleId id = top();
        m_stack.pop_back();
        return id;
    }

    std::vector<PickleId> popMark()
    {
        if (m_marks.empty())
            refuse("ends a group that never began");
        std::vector<PickleId> items(m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back()),
                                    m_stack.end());
        m_stack.resize(m_marks.back());
        m_marks.pop_back();
        return items;
    }

    std::vector<PickleId> popSome(std::size_t count)
    {
        std::vector<PickleId> items(count);
        for (std::size_t i = count; i-- > 0;)
            items[i] = pop();
        return items;
    }

    void pushItems(PickleKind kind, std::vector<PickleId> items)
    {
        PickleNode node = nodeOf(kind);
        node.items = std::move(items);
        pushNode(std::move(node));
    }

    // --- what is put into the container on top

    void append(const std::vector<PickleId>& items)
    {
        PickleNode& target = m_tree[top()];
        switch (target.kind) {
        case PickleKind::Call:
            target.appended = true;
            break;
        case PickleKind::List:
        case PickleKind::Set:
            break;
        default:
            refuse("appends to something that is no list");
        }
        target.items.insert(target.items.end(), items.begin(), items.end());
    }

    void setItems(const std::vector<PickleId>& items)
    {
        PickleNode& target = m_tree[top()];
        if (target.kind != PickleKind::Dict && target.kind != PickleKind::Call)
            refuse("sets an entry of something that is no dictionary");
        if (items.size() % 2 != 0)
            refuse("has a dictionary with a key and no value");
        target.items.insert(target.items.end(), items.begin(), items.end());
    }

    // --- marks and memories

    void mark() { m_marks.push_back(m_stack.size()); }

    void dropTop()
    {
        // POP also takes back a MARK.
        if (!m_marks.empty() && m_stack.size() == m_marks.back())
            m_marks.pop_back();
        else
            pop();
    }

    std::uint64_t memoKey(std::string_view line) const
    {
        const auto key = parseInteger(line);
        if (!key || *key < 0)
            refuse("has a broken memo number");
        return static_cast<std::uint64_t>(*key);
    }

    void memorize(std::uint64_t key)
    {
        if (m_memo.size() >= kMostMemos)
            refuse(fmt::format("remembers more than {} objects", kMostMemos));
        m_memo[key] = top();
    }

    void recall(std::uint64_t key)
    {
        const auto found = m_memo.find(key);
        if (found == m_memo.end())
            refuse(fmt::format("recalls object {}, which it never stored,", key));
        push(found->second);
    }

    std::size_t remembered() const { return m_memo.size(); }

    ByteReader& m_reader;
    PickleTree m_tree;

private:
    static constexpr std::size_t kMostNodes = 1'000'000;
    static constexpr std::size_t kMostMemos = 1'000'000;

    std::vector<PickleId> m_stack;
    std::vector<std::size_t> m_marks; ///< sizes of the stack where groups began
    std::unordered_map<std::uint64_t, PickleId> m_memo;
};

} // namespace core
