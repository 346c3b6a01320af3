// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/session_values.h"

#include <QString>

namespace ui
{

/// "MNIST test, image 0, label 7", or "a drawing": what a figure of one image says it shows.
QString inputName(const InputImage& input, const core::Dataset& dataset);

} // namespace ui
