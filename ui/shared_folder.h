// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui
{

/// Where the program's own data called `name` ("models", "handbook") lies: beside the installed
/// program, or in the source tree that it was built in. Empty where there is none. Always relative
/// to the program, so that it may be installed anywhere.
QString sharedFolder(const QString& name);

} // namespace ui
