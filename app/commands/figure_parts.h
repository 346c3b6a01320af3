// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/figure_album.h"
#include "app/opening.h"
#include "core/data/dataset.h"
#include "core/inspect/activations.h"

#include <QString>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace app
{

// What the sets of figures of one model and of two have in common.

/// The units that are convolutions, as indices into Architecture::units().
std::vector<int> convolutions(const core::Architecture& architecture);
const std::string& unitName(const core::Model& model, int unit);

/// "MNIST test, image 0, label 7"
QString imageName(const core::Dataset& data, int image);
std::shared_ptr<const core::NetworkActivations>
activationsFor(const Subject& subject, const core::Dataset& data, int image);

/// The first layer's edge detectors, where it is one of convolutions.
void addEdges(FigureAlbum& album, const std::string& name, const Subject& subject,
              std::stop_token stop);

} // namespace app
