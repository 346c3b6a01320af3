// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace core
{

/// What went wrong, in the classes that the command line's exit codes tell apart.
enum class ErrorKind {
    Unexpected,     ///< exit code 1
    Usage,          ///< 2: an option or argument makes no sense
    Input,          ///< 3: a file could not be read or is not what it should be
    DataMissing,    ///< 4: a data set is needed and absent
    Output,         ///< 5: something could not be written
    GoalNotReached, ///< 6
};

/// One clear sentence: the file or layer, what was found, what was expected.
class Error : public std::runtime_error
{
public:
    Error(ErrorKind kind, const std::string& sentence) : std::runtime_error(sentence), m_kind(kind)
    {
    }

    ErrorKind kind() const { return m_kind; }

private:
    ErrorKind m_kind;
};

} // namespace core
