// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"

#include <string>
#include <string_view>

namespace core
{

/// The text form of an architecture, one comma-separated stage a layer with weights:
///
///     4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10
///
/// A convolution is `OUT@KHxKW`, then any of `stride N`, `pad N`, `dilation N`, `groups N`,
/// `nobias`. A linear layer is `linear OUT`, then maybe `nobias`. Words that add a layer behind
/// either: `relu`, `prelu`, `prelu1` (one slope), `leaky [SLOPE]`, `sigmoid`, `tanh`, `bn`,
/// `dropout [RATE]`, `pool [K]`, `avgpool [K]` (each with `stride N`, `pad N`, `ceil`), `gmaxpool`,
/// `gavgpool`, `flatten` (implied before a linear layer that reads maps). A first stage `input
/// HxW`, `mean X`, `std X` describes an input other than 28x28, 0.1307, 0.3081; there, `deskew` has
/// images set upright first, and `shifts` averages the answers over the image and its four
/// neighbours, moved by one pixel.
///
/// Throws Error(Usage) quoting the word that was not understood.
Architecture parseArchitecture(std::string_view text);

/// The shortest text that parses to the same architecture.
std::string toText(const Architecture& architecture);

} // namespace core
