// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/model/architecture.h"
#include "core/model/provenance.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app
{

/// Keeps the keys in the order in which they are set, for people who read it.
using Json = nlohmann::ordered_json;

/// The one result of a command on stdout: the object with --json, else the text. Throws
/// core::Error(Output) where stdout can't be written.
void printResult(const CommonOptions& options, const Json& object, const std::string& text);

/// For the object's key "out", and for the end of the text.
Json outAsJson(const CommonOptions& options);
std::string outAsText(const CommonOptions& options);

/// One line on stderr, unless --quiet.
void note(const CommonOptions& options, std::string_view sentence);

/// The text without line breaks and control characters: names from files reach terminals.
std::string printable(std::string_view text);

/// The shortest decimal number that is this float again, instead of its 17 digits as a double.
double shortest(float value);
Json numbers(std::span<const float> values);
Json numbers(std::span<const double> values, int columns); ///< [rows][columns]
Json shapeAsJson(const core::Shape& shape);                ///< [C, H, W]

/// "9,839 of 10,000 right on MNIST test, 10,000 images"
std::string rightOn(const core::MeasuredAccuracy& accuracy);
/// "98.39 %"
std::string percent(double fraction);
/// Four significant digits.
std::string brief(double value);

/// Columns aligned by spaces: the first to the left, numbers to the right.
class Table
{
public:
    explicit Table(std::vector<std::string> header, std::size_t leftColumns = 1);
    void add(std::vector<std::string> row);
    std::string text() const; ///< ends with a line break

private:
    std::size_t m_leftColumns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace app
