// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session_calls.h"

namespace ui
{

SessionCalls coreCalls(int threads)
{
    SessionCalls calls;
    calls.openModel = core::openModel;
    calls.makeBackend = [threads](const core::Architecture& architecture) {
        return core::makeBackend(architecture, {core::BackendChoice::Auto, threads});
    };
    return calls;
}

} // namespace ui
