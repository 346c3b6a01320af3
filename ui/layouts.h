// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/saved_session.h"

#include <vector>

namespace ui
{

/// The arrangements that come with the program: Explore, Compare, Train. Their names are fixed.
std::vector<Layout> builtInLayouts();

/// Puts `layout` in the place of the one with its name, or at the end.
void keepLayout(std::vector<Layout>& layouts, const Layout& layout);

} // namespace ui
