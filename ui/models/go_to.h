// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "ui/selection.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace ui
{

/// Where a person wants to go who types it.
struct Destination {
    std::optional<Selection> selection;
    std::optional<int> image; ///< index into the data set
    std::optional<int> view;  ///< index into the views' titles
    bool operator==(const Destination&) const = default;
};

/// Understands "conv2", "conv2 3", "conv2 3 (5, 6)", "neuron 17", "class 4", "#512", and the
/// beginning of a view's title. `from` gives what the text leaves open. Absent if the text means
/// nothing, or names something that the network does not have.
std::optional<Destination> parseDestination(const QString& text,
                                            const core::Architecture& architecture,
                                            const Selection& from, const QStringList& views);

/// What can be typed, for completion.
QStringList destinations(const core::Architecture& architecture, const QStringList& views);

} // namespace ui
