// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/architecture.h"
#include "core/model/league.h"
#include "ui/selection.h"

#include <QString>

#include <cstdint>

namespace ui
{

QString withThousands(std::int64_t number);       ///< "10,000"
QString signedCount(std::int64_t change);         ///< "+1,204", "-7" with a real minus sign, "0"
QString percent(double fraction);                 ///< "98.39 %"
QString probabilityText(double probability);      ///< the same, but "> 99.99 %" if nearly certain
QString fixed(double value, int decimals = 3);    ///< with a real minus sign; never "-0.000"
QString leagueText(core::League league);          ///< "with test-time averaging"
QString leagueWord(core::League league);          ///< "averaged", where there is little room
QString shortDataName(const core::Dataset& data); ///< "MNIST test", "sample digits"

/// The text with places where a label may break a long path or name.
QString breakable(const QString& text);

/// "conv1 channel 2", "conv3 channel 1 (0, 2)", "logits 7"
QString unitTitle(const core::Architecture& architecture, const Selection& selection);

} // namespace ui
