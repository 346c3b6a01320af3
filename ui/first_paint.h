// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui
{

/// Prints how many milliseconds after the start of the process the window had been painted for the
/// first time, and quits. For measuring.
void quitAfterFirstPaint(QWidget& window);

} // namespace ui
