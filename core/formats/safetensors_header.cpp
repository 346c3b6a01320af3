// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors_header.h"

#include "core/formats/byte_reader.h"
#include "core/formats/limits.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

/// Where the parser stands.
enum class Place {
    Start,
    Root,     ///< expects tensor names
    Metadata, ///< inside __metadata__
    Tensor,   ///< inside a tensor's object
    Shape,
    Offsets,
    Ignored, ///< inside the value of a field that we don't know
    End,
};

/// Receives nlohmann's events. Every wrong one throws.
class HeaderReader : public nlohmann::json_sax<nlohmann::json>
{
public:
    SafetensorsHeader take() { return std::move(m_header); }

    bool null() override
    {
        if (m_place == Place::Ignored || (m_place == Place::Root && m_field == "__metadata__"))
            return scalar();
        return wrong("null");
    }
    bool boolean(bool) override
    {
        return m_place == Place::Ignored ? scalar() : wrong("a boolean");
    }
    bool number_integer(number_integer_t value) override
    {
        return m_place == Place::Ignored ? scalar() : wrong(fmt::format("the number {}", value));
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        switch (m_place) {
        case Place::Ignored:
            return scalar();
        case Place::Shape:
            return addDimension(value);
        case Place::Offsets:
            return addOffset(value);
        default:
            return wrong(fmt::format("the number {}", value));
        }
    }
    bool number_float(number_float_t, const string_t& text) override
    {
        return m_place == Place::Ignored ? scalar() : wrong("the number " + text);
    }
    bool string(string_t& text) override
    {
        switch (m_place) {
        case Place::Ignored:
            return scalar();
        case Place::Metadata:
            m_header.metadata[m_field] = text;
            return true;
        case Place::Tensor:
            if (m_field == "dtype")
                return setType(text);
            [[fallthrough]];
        default:
            return wrong("the text " + inQuotes(text));
        }
    }
    bool binary(binary_t&) override { return wrong("binary data"); }

    bool start_object(std::size_t) override
    {
        switch (m_place) {
        case Place::Start:
            m_place = Place::Root;
            return true;
        case Place::Root:
            m_place = m_field == "__metadata__" ? Place::Metadata : Place::Tensor;
            m_keys.clear();
            if (m_place == Place::Tensor)
                beginTensor();
            return true;
        default:
            return enterIgnored("an object");
        }
    }
    bool end_object() override
    {
        switch (m_place) {
        case Place::Root:
            m_place = Place::End;
            return true;
        case Place::Metadata:
            m_place = Place::Root;
            return true;
        case Place::Tensor:
            endTensor();
            return true;
        default:
            return leaveIgnored();
        }
    }
    bool start_array(std::size_t) override
    {
        if (m_place == Place::Tensor && m_field == "shape") {
            m_place = Place::Shape;
            return true;
        }
        if (m_place == Place::Tensor && m_field == "data_offsets") {
            m_place = Place::Offsets;
            return true;
        }
        return enterIgnored("an array");
    }
    bool end_array() override
    {
        if (m_place == Place::Shape || m_place == Place::Offsets) {
            m_place = Place::Tensor;
            return true;
        }
        return leaveIgnored();
    }

    bool key(string_t& name) override
    {
        if (m_place == Place::Ignored)
            return true;
        auto& seen = m_place == Place::Root ? m_names : m_keys;
        if (!seen.insert(name).second)
            refuse("safetensors header has the key " + inQuotes(name) + " twice, expected it once");
        m_field = name;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override
    {
        refuse(fmt::format("safetensors header is not valid JSON in UTF-8 (byte {})", position));
    }

private:
    using Integer = std::uint64_t;

    bool wrong(const std::string& found)
    {
        switch (m_place) {
        case Place::Metadata:
            refuse(fmt::format("safetensors __metadata__ has {} under {}, expected a text", found,
                               inQuotes(m_field)));
        case Place::Tensor:
            refuse(fmt::format("safetensors tensor {} has {} as its {}, expected {}",
                               inQuotes(entry().name), found, inQuotes(m_field),
                               m_field == "dtype" ? "a type name" : "a list of whole numbers"));
        case Place::Shape:
        case Place::Offsets:
            refuse(fmt::format(
                "safetensors tensor {} has {} in its {}, expected whole numbers from "
                "0 to 2^63-1",
                inQuotes(entry().name), found, m_place == Place::Shape ? "shape" : "data_offsets"));
        case Place::Root:
            refuse(fmt::format("safetensors header has {} under {}, expected an object", found,
                               inQuotes(m_field)));
        default:
            refuse(fmt::format("safetensors header is {}, expected an object", found));
        }
    }

    bool scalar()
    {
        if (m_place == Place::Ignored && m_depth == 0)
            m_place = Place::Tensor;
        return true;
    }

    bool enterIgnored(const std::string& found)
    {
        const bool known = m_field == "dtype" || m_field == "shape" || m_field == "data_offsets";
        if (m_place != Place::Ignored && (m_place != Place::Tensor || known))
            return wrong(found);
        m_place = Place::Ignored;
        constexpr int kDeepest = 64;
        if (++m_depth > kDeepest)
            refuse(fmt::format("safetensors header is nested more than {} levels deep", kDeepest));
        return true;
    }
    bool leaveIgnored()
    {
        if (--m_depth == 0)
            m_place = Place::Tensor;
        return true;
    }

    SafetensorsEntry& entry() { return m_header.entries.back(); }

    void beginTensor()
    {
        if (m_header.entries.size() >= kMostTensors)
            refuse(fmt::format("safetensors header names more than {} tensors", kMostTensors));
        m_header.entries.push_back({.name = m_field, .type = {}, .shape = {}});
        m_offsets = 0;
    }

    void endTensor()
    {
        for (const char* field : {"dtype", "shape", "data_offsets"})
            if (!m_keys.contains(field))
                refuse(
                    fmt::format("safetensors tensor {} has no {}", inQuotes(entry().name), field));
        if (m_offsets != 2)
            refuse(fmt::format("safetensors tensor {} has {} data_offsets, expected 2",
                               inQuotes(entry().name), m_offsets));
        m_place = Place::Root;
    }

    bool setType(const std::string& name)
    {
        const auto type = typeByName(name);
        if (!type)
            refuse(fmt::format("safetensors tensor {} has the unknown type {}",
                               inQuotes(entry().name), inQuotes(name)));
        entry().type = *type;
        return true;
    }

    bool addDimension(Integer value)
    {
        if (value > static_cast<Integer>(std::numeric_limits<std::int64_t>::max()))
            return wrong(fmt::format("the number {}", value));
        if (entry().shape.size() >= kMostDimensions)
            refuse(fmt::format("safetensors tensor {} has more than {} dimensions",
                               inQuotes(entry().name), kMostDimensions));
        entry().shape.push_back(static_cast<std::int64_t>(value));
        return true;
    }

    bool addOffset(Integer value)
    {
        if (m_offsets == 0)
            entry().begin = value;
        else
            entry().end = value;
        if (++m_offsets > 2)
            refuse(fmt::format("safetensors tensor {} has more than 2 data_offsets",
                               inQuotes(entry().name)));
        return true;
    }

    SafetensorsHeader m_header;
    Place m_place = Place::Start;
    std::string m_field;
    std::set<std::string> m_names; ///< of tensors
    std::set<std::string> m_keys;  ///< of the object that is being read
    int m_depth = 0;
    int m_offsets = 0;
};

} // namespace

SafetensorsHeader parseSafetensorsHeader(std::string_view json)
{
    // nlohmann would skip a byte order mark, which JSON does not allow.
    if (json.starts_with("\xef\xbb\xbf"))
        refuse("safetensors header begins with a byte order mark, expected JSON");
    HeaderReader reader;
    nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
    return reader.take();
}

} // namespace core
