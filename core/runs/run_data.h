// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"

#include <string>

namespace core
{

/// Which of the two data sets the work reads. A pruning on the test set does without training data.
bool needsTraining(const RunSpec& spec);

/// SHA-256 over the data sets that the work reads. Throws Error(DataMissing) where one is null.
std::string dataHashOf(const RunSpec& spec, const RunData& data);

/// The same images as the network gets to see them where it sets them upright first; else these.
RunData uprightImages(const Architecture& architecture, const RunData& data);

/// The images that select. Of a training set the validation images are made.
DatasetPointer selectionOf(const RunData& data, Split split);

} // namespace core
