// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <QString>

#include <optional>

namespace ui
{

/// What became of an architecture that somebody typed.
struct CheckedArchitecture {
    std::optional<core::Architecture> architecture; ///< absent: it can't be read
    QString error; ///< what is wrong with it; empty: it can be trained on digits

    QString countText() const; ///< "1,234 parameters"; empty where there is no architecture
};

CheckedArchitecture checkArchitecture(const QString& text);

} // namespace ui
