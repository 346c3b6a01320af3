// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/thread_priority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace ui
{

void yieldToTheWindow()
{
    constexpr int kNice = 10; // on Linux each thread has a nice value
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
}

} // namespace ui
