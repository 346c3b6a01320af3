// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/checkpoint.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/runs/run_file.h"
#include "core/runs/state_bytes.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>

namespace core
{

namespace
{

constexpr std::uint64_t kMagic = 0x31'54'50'4B'43'44'41'43; // "CADCKPT1"
constexpr std::size_t kDigestSize = 64;

std::filesystem::path checkpointFile(const std::filesystem::path& folder)
{
    return folder / "checkpoint";
}

} // namespace

void writeCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint)
{
    StateWriter writer;
    writer.put(kMagic);
    writer.put(checkpoint.journalLength);
    writer.put(checkpoint.done);
    writer.put(checkpoint.total);
    writer.put(checkpoint.fraction);
    writer.put(static_cast<std::uint64_t>(checkpoint.state.size()));
    std::vector<std::byte> content = writer.bytes();
    content.insert(content.end(), checkpoint.state.begin(), checkpoint.state.end());
    const std::string digest = sha256Hex(content);
    const auto bytes = std::as_bytes(std::span(digest));
    content.insert(content.end(), bytes.begin(), bytes.end());
    writeFileAtomically(checkpointFile(folder), content);
}

std::optional<Checkpoint> readCheckpoint(const std::filesystem::path& folder)
{
    const std::filesystem::path file = checkpointFile(folder);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return std::nullopt;
    const std::string text = readRunFile(file);
    const auto content = std::as_bytes(std::span(text));
    const auto damaged = [&file](const char* found) {
        return Error(ErrorKind::Input,
                     fmt::format("{}: {}, expected a run's checkpoint", file.string(), found));
    };
    if (content.size() < kDigestSize)
        throw damaged("is too short");
    const auto covered = content.first(content.size() - kDigestSize);
    const std::string digest = sha256Hex(covered);
    if (!std::ranges::equal(std::as_bytes(std::span(digest)), content.last(kDigestSize)))
        throw damaged("its checksum is wrong");
    StateReader reader(covered);
    Checkpoint checkpoint;
    std::uint64_t magic = 0;
    std::uint64_t size = 0;
    reader.take(magic);
    if (magic != kMagic)
        throw damaged("begins with other bytes");
    reader.take(checkpoint.journalLength);
    reader.take(checkpoint.done);
    reader.take(checkpoint.total);
    reader.take(checkpoint.fraction);
    reader.take(size);
    if (size > covered.size())
        throw damaged("ends too early");
    const auto state = covered.last(static_cast<std::size_t>(size));
    checkpoint.state.assign(state.begin(), state.end());
    return checkpoint;
}

} // namespace core
