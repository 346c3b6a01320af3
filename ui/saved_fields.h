// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <tuple>
#include <utility>

namespace ui
{

// A struct that is saved says once which members it has, in a function
//
//     auto savedFields(auto& self) { return std::tuple{Field{"name", self.name}, ...}; }
//
// Saving, loading and the test of both go through that one list. A member that is missing from it
// stops the compiler, in checkedFields().

template<typename T>
struct Field {
    const char* key;
    T& value;
};
template<typename T>
Field(const char*, T&) -> Field<T>;

namespace detail
{

struct Anything {
    template<typename T>
    operator T() const; // never defined: only asked whether it would do
};

template<typename T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>)
{
    return requires
    {
        T{(static_cast<void>(I), Anything())...};
    };
}

template<typename T, std::size_t N = 0>
constexpr std::size_t memberCount()
{
    if constexpr (takes<T>(std::make_index_sequence<N + 1>()))
        return memberCount<T, N + 1>();
    else
        return N;
}

} // namespace detail

/// The fields of an aggregate; does not compile where one is missing.
template<typename T>
auto checkedFields(T& value)
{
    auto fields = savedFields(value);
    static_assert(std::tuple_size_v<decltype(fields)> ==
                      detail::memberCount<std::remove_const_t<T>>(),
                  "savedFields() has to name every member, once");
    return fields;
}

/// Calls `visit(key, value)` for every field.
template<typename T>
void forEachField(T& value, auto&& visit)
{
    std::apply([&](auto&&... field) { (visit(field.key, field.value), ...); },
               checkedFields(value));
}

} // namespace ui
