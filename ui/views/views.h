// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QWidget;

namespace ui
{

class RunBoard;
class Session;
class View;
struct ScorePlaces;

/// The pages of the window, in the order of its tabs. Owned by `parent`.
std::vector<View*> makeViews(Session& session, RunBoard& board, QWidget* parent);
/// The same, with a scoreboard that knows more than the open models and the runs.
std::vector<View*> makeViewsWith(const ScorePlaces& places, Session& session, RunBoard& board,
                                 QWidget* parent);

} // namespace ui
