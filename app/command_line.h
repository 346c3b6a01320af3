// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app
{

/// Does what the arguments say: a subcommand, or without one the window. Returns the exit code,
/// never throws: an error becomes one line on stderr and its code.
int runCommandLine(int argc, char** argv);

} // namespace app
