// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/output.h"
#include "ui/figures/export.h"

#include <string>

namespace app
{

/// What a preflight finds in a figure: an array of {what, passed, value, limit, sentence}.
Json preflightAsJson(const ui::Figure& figure, const ui::ExportOptions& size);

/// Of an object with such an array a figure: the sentences of what didn't pass, then how many
/// figures had nothing to say about. Empty for an empty object.
std::string preflightText(const Json& figures);

} // namespace app
