// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"
#include "ui/figures/scene_table.h"

#include <QStringList>

#include <vector>

namespace ui
{

// What the overview says about a model, as text.

/// "98.00 % on MNIST test, 10,000 images (9,800 right)"
QString accuracyText(double accuracy, int correct, const QString& data);

/// Where the model comes from and what to know before trusting its numbers, a sentence a line.
QStringList provenanceLines(const core::Model& model);

/// One row a layer, and one more for each further tensor of it.
std::vector<TableColumn> layerColumns();
std::vector<QStringList> layerRows(const core::Model& model);

} // namespace ui
