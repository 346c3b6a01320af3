// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui
{

/// Leaves the processor to the window where both want it. For the thread that calls it.
void yieldToTheWindow();

} // namespace ui
