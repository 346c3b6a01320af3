// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"

#include <memory>

namespace core
{

/// Of a network whose images are set upright first: the same network for images that are upright
/// already, and such images. Who goes through the same images again and again prepares them once.
Architecture forUprightImages(const Architecture& architecture);
Dataset uprightImages(const Architecture& architecture, const Dataset& data);

/// What the network itself is: without any transformation.
Architecture withoutTransformation(const Architecture& architecture);

/// Wraps a backend for withoutTransformation(architecture): sets images upright before they go in,
/// and averages evaluate()'s answers over shifts, each where the input says so. Prepares what it is
/// given every time. Gradients, activations and image gradients are those of the unshifted image;
/// an image gradient is by the pixels that go into the network.
std::unique_ptr<Backend> makePreparedBackend(const Architecture& architecture,
                                             std::unique_ptr<Backend> inner);

} // namespace core
