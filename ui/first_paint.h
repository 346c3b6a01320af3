// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace ui
{

/// Calls `action` once the window has been painted for the first time.
void afterFirstPaint(QWidget& window, std::function<void()> action);

/// Milliseconds since the process was started, which is before main(): the loader's work counts. In
/// steps of the kernel's clock, usually 10 ms. 0 where the system does not tell.
double millisecondsSinceStart();

} // namespace ui
