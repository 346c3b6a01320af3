// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/runs/spec_words.h"

#include <cstdint>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

namespace core
{

/// An object of a run's spec whose keys are taken one by one; what is left in the end should not be
/// there. All throw Error(Input) naming the key, what was found and what was expected.
class SpecReader
{
public:
    using Json = nlohmann::json;

    SpecReader(Json object, std::string where)
        : m_object(std::move(object)), m_where(std::move(where))
    {
        if (!m_object.is_object())
            refuse(m_where, m_object, "an object");
    }

    Json take(const char* key)
    {
        const auto found = m_object.find(key);
        if (found == m_object.end())
            throw Error(ErrorKind::Input, fmt::format("a run's spec: {} is absent", pathOf(key)));
        Json value = std::move(*found);
        m_object.erase(found);
        return value;
    }

    std::string text(const char* key)
    {
        const Json value = take(key);
        if (!value.is_string())
            refuse(pathOf(key), value, "a text");
        return value.get<std::string>();
    }

    double number(const char* key)
    {
        const Json value = take(key);
        if (!value.is_number())
            refuse(pathOf(key), value, "a number");
        return value.get<double>();
    }

    int integer(const char* key)
    {
        const Json value = take(key);
        if (!value.is_number_integer() || value.get<std::int64_t>() != value.get<int>())
            refuse(pathOf(key), value, "a whole number");
        return value.get<int>();
    }

    std::uint64_t seed(const char* key)
    {
        const Json value = take(key);
        if (!value.is_number_unsigned())
            refuse(pathOf(key), value, "a whole number from 0");
        return value.get<std::uint64_t>();
    }

    bool boolean(const char* key)
    {
        const Json value = take(key);
        if (!value.is_boolean())
            refuse(pathOf(key), value, "true or false");
        return value.get<bool>();
    }

    template<typename Enum, std::size_t N>
    Enum word(const char* key, const Word<Enum> (&words)[N])
    {
        const Json value = take(key);
        std::string all;
        for (const Word<Enum>& word : words) {
            if (value == word.text)
                return word.value;
            all += (all.empty() ? "" : ", ") + std::string(word.text);
        }
        refuse(pathOf(key), value, "one of " + all);
    }

    // By the type that is wanted:
    void take(const char* key, double& value) { value = number(key); }
    void take(const char* key, int& value) { value = integer(key); }
    void take(const char* key, std::uint64_t& value) { value = seed(key); }

    void take(const char* key, std::string& value) { value = text(key); }
    template<typename Enum>
    requires std::is_enum_v<Enum>
    void take(const char* key, Enum& value) { value = word(key, wordsFor(Enum())); }

    bool has(const char* key) const { return m_object.contains(key); }

    SpecReader object(const char* key) { return {take(key), pathOf(key)}; }

    void requireEmpty() const
    {
        if (!m_object.empty())
            throw Error(ErrorKind::Input,
                        fmt::format("a run's spec: {} is not known to this version",
                                    pathOf(m_object.begin().key())));
    }

private:
    std::string pathOf(const std::string& key) const
    {
        return m_where.empty() ? key : m_where + "." + key;
    }

    [[noreturn]] static void refuse(const std::string& path, const Json& found,
                                    const std::string& expected)
    {
        const std::string text = found.dump(-1, ' ', false, Json::error_handler_t::replace);
        throw Error(ErrorKind::Input,
                    fmt::format("a run's spec: {} is {}, expected {}", path.empty() ? "it" : path,
                                text.substr(0, 60), expected));
    }

    Json m_object;
    std::string m_where;
};

} // namespace core
