// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core
{

// The normal distribution cut off outside an interval, in logarithms, accurate in both tails.

/// Logarithm of the standard normal's distribution function.
double logNormalCdf(double x);

/// Logarithm of the standard normal's mass between a and b; a <= b.
double logNormalMass(double a, double b);

struct TruncatedNormal {
    double mean = 0;
    double deviation = 1;
    double low = 0;
    double high = 1;

    double logDensity(double x) const; ///< -infinity outside
    /// Logarithm of the mass that [from, to] has, cut to [low, high].
    double logMass(double from, double to) const;
    /// The value below which the part `probability` in [0, 1] of the mass lies.
    double quantile(double probability) const;
};

} // namespace core
