// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/scores.h"

#include <string>
#include <vector>

class QWidget;

namespace ui
{

class RunBoard;
class Session;
class View;

/// Where views find what is neither open nor a run.
struct ViewPlaces {
    ScorePlaces scores;
    std::string studies; ///< storage of sweeps: a file or a URL
};

/// The pages of the window, in the order of its tabs. Owned by `parent`.
std::vector<View*> makeViews(Session& session, RunBoard& board, QWidget* parent);
/// The same, with a scoreboard that knows more than the open models and the runs, and studies.
std::vector<View*> makeViewsWith(const ViewPlaces& places, Session& session, RunBoard& board,
                                 QWidget* parent);

} // namespace ui
