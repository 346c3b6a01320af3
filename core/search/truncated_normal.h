// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace core
{

// The normal distribution cut off outside an interval, in logarithms, accurate in both tails.

/// Logarithm of the standard normal's distribution function.
double logNormalCdf(double x);

/// Logarithm of the standard normal's mass between a and b; a <= b.
double logNormalMass(double a, double b);

class TruncatedNormal
{
public:
    TruncatedNormal(double mean, double deviation, double low, double high);

    double mean() const { return m_mean; }           ///< of the whole
    double deviation() const { return m_deviation; } ///< likewise

    double logDensity(double x) const; ///< -infinity outside
    /// Logarithm of the mass that [from, to] has, cut to [low, high].
    double logMass(double from, double to) const;
    /// The value below which the part `probability` in [0, 1] of the mass lies.
    double quantile(double probability) const;

private:
    double standard(double x) const { return (x - m_mean) / m_deviation; }

    double m_mean;
    double m_deviation;
    double m_low;
    double m_high;
    double m_logTotal; ///< of the mass between low and high
};

} // namespace core
