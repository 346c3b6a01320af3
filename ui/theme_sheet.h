// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QString>

namespace ui
{

/// The style sheet of the standard controls. Widgets choose by dynamic property: `role` is
/// "panel", "caption", "title", "segment", "primary", "quiet", "error" or "warning".
QString styleSheetOf(const Theme& theme);

} // namespace ui
