// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/palette_list.h"

#include <vector>

namespace ui
{

class Actions;
class Session;

/// All that the palette offers: the table of actions, the open models, and every channel, neuron
/// and class of the current one. Valid as long as both exist.
std::vector<PaletteEntry> paletteEntries(const Actions& actions, Session& session);

} // namespace ui
