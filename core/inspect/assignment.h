// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace core
{

/// Pairs rows with columns, each at most once and as many as possible, so that the sum of the
/// pairs' benefits is the highest (Kuhn, "The Hungarian method", 1955; in the shortest-path form of
/// Jonker and Volgenant, 1987). `benefit` is [rows, columns] of finite numbers. Returns each row's
/// column, or -1 for a row left over. O(n^3); doesn't block.
std::vector<int> assign(std::span<const double> benefit, int rows, int columns);

} // namespace core
