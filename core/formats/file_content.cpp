// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/file_content.h"

#include "core/formats/limits.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core
{

namespace
{

[[noreturn]] void refuse(const std::string& found)
{
    throw Error(ErrorKind::Input, found + ", expected a model file");
}

class Descriptor
{
public:
    /// Without blocking: opening a named pipe would wait for its writer.
    explicit Descriptor(const std::filesystem::path& file)
        : m_descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
        if (m_descriptor < 0)
            refuse(fmt::format("could not be opened ({})", std::strerror(errno)));
    }
    ~Descriptor() { close(m_descriptor); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    std::uint64_t regularSize() const
    {
        struct stat status = {};
        if (fstat(m_descriptor, &status) != 0)
            refuse(fmt::format("could not be examined ({})", std::strerror(errno)));
        if (S_ISDIR(status.st_mode))
            refuse("is a folder");
        if (!S_ISREG(status.st_mode))
            refuse("is not a regular file");
        return static_cast<std::uint64_t>(status.st_size);
    }

    /// Bytes read, fewer only at the end of the file.
    std::size_t read(std::span<std::byte> into) const
    {
        std::size_t done = 0;
        while (done < into.size()) {
            const ssize_t count = ::read(m_descriptor, into.data() + done, into.size() - done);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                refuse(fmt::format("could not be read ({})", std::strerror(errno)));
            if (count == 0)
                break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

private:
    int m_descriptor;
};

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::string_view meaning;
};

using namespace std::string_view_literals;

constexpr std::array kSignatures{
    Signature{
        0, "version https://git-lfs"sv,
        "a Git LFS pointer (the model itself was never downloaded; `git lfs pull` gets it)"sv},
    Signature{0, "\x89HDF\r\n\x1a\n"sv, "an HDF5 file, as Keras writes"sv},
    Signature{0, "\x1f\x8b"sv, "gzip-compressed data"sv},
    Signature{0, "BZh"sv, "bzip2-compressed data"sv},
    Signature{0,
              "\xfd"
              "7zXZ"sv,
              "xz-compressed data"sv},
    Signature{0, "7z\xbc\xaf"sv, "a 7-Zip archive"sv},
    Signature{0, "Rar!"sv, "a RAR archive"sv},
    Signature{0, "\x93NUMPY"sv, "a NumPy array"sv},
    Signature{0, "\x89PNG"sv, "a PNG image"sv},
    Signature{0, "\xff\xd8\xff"sv, "a JPEG image"sv},
    Signature{0, "GIF8"sv, "a GIF image"sv},
    Signature{0, "%PDF"sv, "a PDF document"sv},
    Signature{0,
              "\x7f"
              "ELF"sv,
              "a program"sv},
    Signature{4, "TFL3"sv, "a TensorFlow Lite model"sv},
    Signature{0, "GGUF"sv, "a GGUF model"sv},
    Signature{0, std::string_view("\0\0\x08\x03", 4), "an IDX image file, as MNIST's"sv},
    Signature{0, std::string_view("\0\0\x08\x01", 4), "an IDX label file, as MNIST's"sv},
};

bool looksLikeText(std::string_view head)
{
    return std::ranges::all_of(
        head, [](unsigned char c) { return c >= 0x20 || c == '\n' || c == '\r' || c == '\t'; });
}

std::string lowerHead(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    std::string head(start == std::string_view::npos ? "" : text.substr(start, 256));
    std::ranges::transform(head, head.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    return head;
}

} // namespace

std::vector<std::byte> readFileContent(const std::filesystem::path& file)
{
    const Descriptor descriptor(file);
    const std::uint64_t size = descriptor.regularSize();
    if (size == 0)
        refuse("is empty (0 bytes)");
    if (size > kMostFileBytes)
        refuse(fmt::format("has {} bytes, more than the {} MB allowed", size,
                           kMostFileBytes / kMegabyte));
    std::vector<std::byte> content(static_cast<std::size_t>(size));
    content.resize(descriptor.read(content));
    if (content.empty())
        refuse("is empty (0 bytes)");
    return content;
}

std::string describeContent(Bytes content)
{
    const std::string_view text = asText(content);
    for (const Signature& signature : kSignatures)
        if (text.substr(std::min(signature.offset, text.size())).starts_with(signature.bytes))
            return std::string(signature.meaning);
    const std::string head = lowerHead(text.substr(0, 4096));
    if (head.starts_with("<!doctype html") || head.starts_with("<html") ||
        head.starts_with("<head"))
        return "an HTML page (a download link was saved instead of the file)";
    if (head.starts_with("<?xml") || head.starts_with("<"))
        return "an XML or HTML text";
    if (head.starts_with("{") || head.starts_with("["))
        return "a JSON text";
    if (text.size() > 4 && text[0] == '\x08' && head.find("pytorch") != std::string::npos)
        return "an ONNX model";
    if (looksLikeText(text.substr(0, 512)))
        return "a text file";
    if (std::ranges::all_of(text.substr(0, 4096), [](char c) { return c == '\0'; }))
        return "a file of zeros";
    std::string digits;
    for (const char c : text.substr(0, 8))
        digits += fmt::format(" {:02x}", static_cast<unsigned char>(c));
    return "unknown data that begins with" + digits;
}

} // namespace core
