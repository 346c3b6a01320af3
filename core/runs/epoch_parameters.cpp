// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/epoch_parameters.h"

#include <fstream>

namespace core
{

namespace
{

std::filesystem::path fileIn(const std::filesystem::path& folder)
{
    return folder / "epochs.f32";
}

std::uint64_t bytesOf(int epochs, std::size_t parameters)
{
    return static_cast<std::uint64_t>(epochs) * parameters * sizeof(float);
}

} // namespace

EpochParameters::EpochParameters(const std::filesystem::path& folder, int epochs,
                                 std::size_t parameters)
    : m_file(fileIn(folder), bytesOf(epochs, parameters))
{
}

void EpochParameters::append(std::span<const float> parameters)
{
    m_file.append(std::as_bytes(parameters));
}

std::vector<float> readEpochParameters(const std::filesystem::path& folder, int epoch,
                                       std::size_t parameters)
{
    std::vector<float> values(parameters);
    std::ifstream file(fileIn(folder), std::ios::binary);
    file.seekg(static_cast<std::streamoff>(bytesOf(epoch - 1, parameters)));
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(bytesOf(1, parameters)));
    if (!file)
        values.clear();
    return values;
}

} // namespace core
