// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_events.h"

#include <QString>

namespace ui
{

// What the window says of a run. Empty where there is nothing to say.

QString runTitle(const core::RunSummary& run); ///< "Published 820"; the id where it has no title
QString kindText(core::RunKind kind);          ///< "training", "pruning", "golf"
QString statusText(core::RunStatus status);
QString doneText(const core::RunSummary& run);  ///< "12 of 20 epochs", "412 steps"
QString speedText(const core::RunSummary& run); ///< "1.8 epochs/s", "980 weights/s"
QString timeLeftText(const core::RunSummary& run);
QString measuredText(const core::MeasuredAccuracy& measured); ///< "98.31 % MNIST test"
QString nonzeroText(const core::RunSummary& run);             ///< "575 of 820 non-zero"
/// Where it stands: "running · 12 of 20 epochs · 1.8 epochs/s · 4 s left".
QString standingText(const core::RunSummary& run);
/// All of it in a line, for the folded strip and screen readers.
QString runLine(const core::RunSummary& run);

// What can be asked of a run in this state.

bool canPause(core::RunStatus status);
bool offersResume(core::RunStatus status); ///< also a queued one, which may be of another session
bool canStopAndKeep(core::RunStatus status);
bool canDelete(core::RunStatus status);

} // namespace ui
