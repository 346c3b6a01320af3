// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "ui/figures/heat_map.h"

#include <QFont>

#include <QString>

#include <vector>

namespace ui
{

/// The weights of a unit cut into small maps: one an input channel. A linear layer that reads
/// flattened maps is cut along those maps.
struct SliceLayout {
    int slices = 0; ///< a channel of the unit
    int rows = 0;
    int columns = 0;

    int count() const { return slices * rows * columns; }
};

/// Width of the block that a long vector is folded into: the widest up to 16 whose rows are all
/// full.
int blockWidth(int count);

SliceLayout sliceLayout(const core::Architecture& architecture, int unit);

/// Symmetric around 0, common to all weights of the unit.
ColourScale kernelScale(const core::Model& model, int unit);

/// The weights of one channel; those that are exactly 0 are marked as removed.
std::vector<HeatMap> kernelSlices(const core::Model& model, int unit, int channel);

/// "bias 0.12, slope -0.31"; empty where the unit has neither.
QString biasText(const core::Model& model, int unit, int channel);
double widestBiasText(const core::Model& model, int unit, const QFont& font); ///< of all channels

/// "3x3 from channel 2", for hover texts and captions.
QString sliceText(const core::Model& model, int unit, int slice);

} // namespace ui
