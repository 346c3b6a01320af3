// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>

namespace core
{

/// Digits drawn from stroke skeletons of 0-9 with random slant, scale, thickness and jitter,
/// anti-aliased, fitted into 20x20 and centred by mass in 28x28 like MNIST's. Labels go round 0-9.
/// They are not MNIST: `synthetic` is set and the name says so. The same seed gives the same bytes
/// on every platform; another split of the same seed gives other images.
Dataset sampleDigits(int count = 1000, std::uint64_t seed = 1, Split split = Split::Test);

} // namespace core
