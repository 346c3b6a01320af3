// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_line.h"

#include "app/environment.h"
#include "app/output.h"

#include <fmt/format.h>

namespace app
{

ProgressLine::ProgressLine(const CommonOptions& options)
    : m_enabled(!options.quiet && (options.progress || errorIsTerminal())),
      m_terminal(errorIsTerminal())
{
}

ProgressLine::~ProgressLine()
{
    wipe();
}

bool ProgressLine::isDue() const
{
    using namespace std::chrono_literals;
    return m_enabled && std::chrono::steady_clock::now() - m_last >= (m_terminal ? 50ms : 2000ms);
}

void ProgressLine::show(const std::string& text)
{
    if (!isDue())
        return;
    m_last = std::chrono::steady_clock::now();
    const std::string line = printable(text);
    if (!m_terminal) {
        fmt::print(stderr, "{}\n", line);
        return;
    }
    fmt::print(stderr, "\r{:<{}}", line, m_width);
    std::fflush(stderr);
    m_width = line.size();
}

core::ProgressObserver ProgressLine::observer()
{
    return [this](const core::Progress& progress) {
        const auto done = core::withThousands(static_cast<std::int64_t>(progress.done));
        const auto total = core::withThousands(static_cast<std::int64_t>(progress.total));
        show(progress.total > 0 ? fmt::format("{}: {} of {}", progress.what, done, total)
                                : fmt::format("{}: {}", progress.what, done));
    };
}

void ProgressLine::keep(const std::string& text)
{
    if (!m_enabled)
        return;
    wipe();
    fmt::print(stderr, "{}\n", printable(text));
}

void ProgressLine::wipe()
{
    if (m_terminal && m_width > 0)
        fmt::print(stderr, "\r{:<{}}\r", "", m_width);
    m_width = 0;
}

} // namespace app
