// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace core
{

/// The right to run what is in a folder. It vanishes with the process, however that ends.
class RunLock
{
public:
    /// Throws Error(Usage) if another process, or another object in this one, has it, Error(Output)
    /// where the folder can't be written.
    explicit RunLock(const std::filesystem::path& folder);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    /// Whether someone has it; asking does not disturb him.
    static bool isHeld(const std::filesystem::path& folder);

private:
    int m_descriptor = -1;
};

} // namespace core
