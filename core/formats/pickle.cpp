// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle.h"

#include "core/formats/limits.h"
#include "core/formats/pickle_stack.h"
#include "core/formats/pickle_text.h"

#include <algorithm>
#include <bit>

namespace core
{

namespace
{

constexpr std::size_t kMostOpcodes = 4'000'000;
constexpr int kNewestProtocol = 5;

/// Runs the opcodes of one pickle over a stack of node indices.
class PickleMachine : private PickleStack
{
public:
    explicit PickleMachine(ByteReader& reader) : PickleStack(reader) {}

    PickleTree run()
    {
        for (std::size_t count = 0; count < kMostOpcodes; ++count) {
            const auto opcode = m_reader.number<std::uint8_t>();
            if (opcode == '.') {
                m_tree.setRoot(pop());
                return std::move(m_tree);
            }
            if (!number(opcode) && !text(opcode) && !container(opcode) && !stackOrMemo(opcode) &&
                !object(opcode))
                refuse(fmt::format("has the unknown opcode 0x{:02x}", opcode));
        }
        refuse(fmt::format("has more than {} opcodes", kMostOpcodes));
    }

private:
    // --- opcodes; each group says whether it knew the opcode

    bool number(std::uint8_t opcode)
    {
        switch (opcode) {
        case 'N':
            pushKind(PickleKind::None);
            return true;
        case 0x88:
            pushBool(true);
            return true;
        case 0x89:
            pushBool(false);
            return true;
        case 'J':
            pushInteger(m_reader.number<std::int32_t>());
            return true;
        case 'K':
            pushInteger(m_reader.number<std::uint8_t>());
            return true;
        case 'M':
            pushInteger(m_reader.number<std::uint16_t>());
            return true;
        case 'I':
            integerLine(m_reader.line());
            return true;
        case 'L':
            integerLine(m_reader.line());
            return true;
        case 0x8a:
            longBytes(m_reader.number<std::uint8_t>());
            return true;
        case 0x8b:
            longBytes(m_reader.number<std::uint32_t>());
            return true;
        case 'F':
            pushReal(parseReal(m_reader.line()));
            return true;
        case 'G': {
            // The only big-endian number of the format.
            const auto bits = m_reader.number<std::uint64_t>();
            pushReal(std::bit_cast<double>(__builtin_bswap64(bits)));
            return true;
        }
        default:
            return false;
        }
    }

    void pushBool(bool value)
    {
        PickleNode node = nodeOf(PickleKind::Bool);
        node.integer = value ? 1 : 0;
        pushNode(std::move(node));
    }

    void pushReal(std::optional<double> value)
    {
        if (!value)
            refuse("has a broken number");
        PickleNode node = nodeOf(PickleKind::Real);
        node.real = *value;
        pushNode(std::move(node));
    }

    void integerLine(std::string_view line)
    {
        if (line == "00" || line == "01")
            return pushBool(line == "01");
        if (line.ends_with('L'))
            line.remove_suffix(1);
        if (const auto value = parseInteger(line))
            return pushInteger(*value);
        if (line.empty() || !std::ranges::all_of(line.substr(line[0] == '-' ? 1 : 0), isDigit))
            refuse("has a broken number");
        pushText(PickleKind::BigInteger, line);
    }

    void longBytes(std::uint32_t count)
    {
        const Bytes bytes = m_reader.take(count);
        if (count > 8)
            return pushText(PickleKind::BigInteger, asText(bytes));
        pushInteger(signedLittleEndian(asText(bytes)));
    }

    bool text(std::uint8_t opcode)
    {
        switch (opcode) {
        case 'X':
            pushText(PickleKind::Text, counted<std::uint32_t>());
            return true;
        case 0x8c:
            pushText(PickleKind::Text, counted<std::uint8_t>());
            return true;
        case 0x8d:
            pushText(PickleKind::Text, counted<std::uint64_t>());
            return true;
        case 'B':
        case 'T':
            pushText(PickleKind::Binary, counted<std::uint32_t>());
            return true;
        case 'C':
        case 'U':
            pushText(PickleKind::Binary, counted<std::uint8_t>());
            return true;
        case 0x8e:
        case 0x96:
            pushText(PickleKind::Binary, counted<std::uint64_t>());
            return true;
        case 'S': {
            auto value = unquotePythonString(m_reader.line());
            if (!value)
                refuse("has a broken string");
            pushText(PickleKind::Binary, m_tree.keep(std::move(*value)));
            return true;
        }
        case 'V':
            pushText(PickleKind::Text, m_tree.keep(decodeUnicodeEscapes(m_reader.line())));
            return true;
        default:
            return false;
        }
    }

    template<typename Count>
    std::string_view counted()
    {
        const auto count = m_reader.number<Count>();
        return asText(m_reader.take(count));
    }

    bool container(std::uint8_t opcode)
    {
        switch (opcode) {
        case ']':
            pushKind(PickleKind::List);
            return true;
        case 'l':
            pushItems(PickleKind::List, popMark());
            return true;
        case '}':
            pushKind(PickleKind::Dict);
            return true;
        case 'd':
            pushPairs(popMark());
            return true;
        case ')':
            pushKind(PickleKind::Tuple);
            return true;
        case 't':
            pushItems(PickleKind::Tuple, popMark());
            return true;
        case 0x85:
            pushItems(PickleKind::Tuple, popSome(1));
            return true;
        case 0x86:
            pushItems(PickleKind::Tuple, popSome(2));
            return true;
        case 0x87:
            pushItems(PickleKind::Tuple, popSome(3));
            return true;
        case 0x8f:
            pushKind(PickleKind::Set);
            return true;
        case 0x91:
            pushItems(PickleKind::Set, popMark());
            return true;
        case 'a':
            append(popSome(1));
            return true;
        case 'e':
        case 0x90:
            append(popMark());
            return true;
        case 's':
            setItems(popSome(2));
            return true;
        case 'u':
            setItems(popMark());
            return true;
        default:
            return false;
        }
    }

    void pushPairs(std::vector<PickleId> items)
    {
        if (items.size() % 2 != 0)
            refuse("has a dictionary with a key and no value");
        pushItems(PickleKind::Dict, std::move(items));
    }

    bool stackOrMemo(std::uint8_t opcode)
    {
        switch (opcode) {
        case '(':
            mark();
            return true;
        case '0':
            dropTop();
            return true;
        case '1':
            popMark();
            return true;
        case '2':
            push(top());
            return true;
        case 'p':
            memorize(memoKey(m_reader.line()));
            return true;
        case 'q':
            memorize(m_reader.number<std::uint8_t>());
            return true;
        case 'r':
            memorize(m_reader.number<std::uint32_t>());
            return true;
        case 0x94:
            memorize(remembered());
            return true;
        case 'g':
            recall(memoKey(m_reader.line()));
            return true;
        case 'h':
            recall(m_reader.number<std::uint8_t>());
            return true;
        case 'j':
            recall(m_reader.number<std::uint32_t>());
            return true;
        case 0x80:
            if (const auto protocol = m_reader.number<std::uint8_t>(); protocol > kNewestProtocol)
                refuse(fmt::format("has protocol {}, expected 0 to {}", protocol, kNewestProtocol));
            return true;
        case 0x95:
            m_reader.number<std::uint64_t>();
            return true; // a frame's length is only a hint
        default:
            return false;
        }
    }

    bool object(std::uint8_t opcode)
    {
        switch (opcode) {
        case 'c':
            globalLines();
            return true;
        case 0x93:
            stackGlobal();
            return true;
        case 'R':
        case 0x81:
            call(popSome(2));
            return true;
        case 0x92: { // NEWOBJ_EX: keyword arguments never carry what we need
            auto parts = popSome(3);
            parts.pop_back();
            call(parts);
            return true;
        }
        case 'i': {
            globalLines();
            const PickleId callee = pop();
            pushItems(PickleKind::Tuple, popMark());
            call({callee, pop()});
            return true;
        }
        case 'o': {
            std::vector<PickleId> parts = popMark();
            if (parts.empty())
                refuse("makes an object of no class");
            const PickleId callee = parts.front();
            parts.erase(parts.begin());
            pushItems(PickleKind::Tuple, std::move(parts));
            call({callee, pop()});
            return true;
        }
        case 'b':
            build();
            return true;
        case 'P':
            pushText(PickleKind::Text, m_reader.line());
            [[fallthrough]];
        case 'Q': {
            PickleNode node = nodeOf(PickleKind::Persistent);
            node.arguments = pop();
            pushNode(std::move(node));
            return true;
        }
        case 0x82:
        case 0x83:
        case 0x84:
            refuse("uses the extension registry, which no network needs,");
        case 0x97:
        case 0x98:
            refuse("refers to a buffer outside of the file");
        default:
            return false;
        }
    }

    void globalLines()
    {
        const std::string_view module = m_reader.line();
        const std::string_view name = m_reader.line();
        // One behind the other in the file, so that one view has both.
        pushText(PickleKind::Global, {module.data(), module.size() + 1 + name.size()});
    }

    void stackGlobal()
    {
        const auto parts = popSome(2);
        for (const PickleId part : parts)
            if (m_tree[part].kind != PickleKind::Text && m_tree[part].kind != PickleKind::Binary)
                refuse("names a class by something that is no text");
        pushText(PickleKind::Global,
                 m_tree.keep(fmt::format("{}\n{}", m_tree[parts[0]].text, m_tree[parts[1]].text)));
    }

    void call(const std::vector<PickleId>& parts)
    {
        PickleNode node = nodeOf(PickleKind::Call);
        node.callee = parts[0];
        node.arguments = parts[1];
        pushNode(std::move(node));
    }

    void build()
    {
        const PickleId state = pop();
        PickleNode& target = m_tree[top()];
        if (target.kind == PickleKind::Call)
            target.state = state;
    }
};

} // namespace

PickleTree readPickle(ByteReader& reader)
{
    return PickleMachine(reader).run();
}

} // namespace core
