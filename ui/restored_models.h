// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/saved_session.h"

namespace ui
{

class Session;

/// What is ablated in the open models, for the next start.
std::vector<SavedAblations> savedAblations(const Session& session);

/// The models that were current and reference the last time are so again as soon as their files are
/// open, and, if wanted, what was ablated in any of them is again, once; a file that holds another
/// network now is left as it is, which Session::failed() says.
void restoreWhenOpen(Session& session, const SavedSession& saved, bool ablations);

} // namespace ui
