// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"

#include <string>

namespace ui
{

/// A view that shows runs of one kind.
class RunView
{
public:
    virtual ~RunView() = default;
    virtual core::RunKind shownKind() const = 0;
    virtual void showRun(const std::string& id) = 0;
};

} // namespace ui
