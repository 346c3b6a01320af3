// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_writer.h"

#include "core/base/error.h"

namespace core
{

void executePruning(const RunContext&)
{
    throw Error(ErrorKind::Usage, "this version does not prune yet");
}

} // namespace core
