// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/truncated_normal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace core
{

namespace
{

const double kLogRootTwoPi = 0.5 * std::log(2 * std::numbers::pi);

double normalCdf(double x)
{
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

/// Asymptotic series of Mills' ratio, for arguments so low that the function itself underflows.
double logFarTail(double x)
{
    const double step = 1 / (x * x);
    double sum = 1;
    double term = 1;
    for (int i = 1; i < 30; ++i) {
        term *= -(2 * i - 1) * step;
        if (std::abs(term) < std::numeric_limits<double>::epsilon())
            break;
        sum += term;
    }
    return -0.5 * x * x - std::log(-x) - kLogRootTwoPi + std::log(sum);
}

/// log(e^larger - e^smaller)
double logDifference(double larger, double smaller)
{
    return larger + std::log1p(-std::exp(smaller - larger));
}

double logSum(double a, double b)
{
    const double larger = std::max(a, b);
    return larger + std::log1p(std::exp(std::min(a, b) - larger));
}

/// Where the standard normal's distribution function has this logarithm, between a and b.
double solveLogCdf(double logProbability, double a, double b)
{
    for (int i = 0; i < 100 && a < b; ++i) {
        const double middle = a + (b - a) / 2;
        if (middle == a || middle == b)
            break;
        (logNormalCdf(middle) < logProbability ? a : b) = middle;
    }
    return b;
}

} // namespace

double logNormalCdf(double x)
{
    if (x > 6) // the complement is too small to be seen in 1 - it
        return std::log1p(-normalCdf(-x));
    return x > -20 ? std::log(normalCdf(x)) : logFarTail(x);
}

double logNormalMass(double a, double b)
{
    if (b <= 0)
        return logDifference(logNormalCdf(b), logNormalCdf(a));
    if (a > 0) // by symmetry, for the left tail is the accurate one
        return logDifference(logNormalCdf(-a), logNormalCdf(-b));
    return std::log1p(-normalCdf(a) - normalCdf(-b));
}

TruncatedNormal::TruncatedNormal(double mean, double deviation, double low, double high)
    : m_mean(mean), m_deviation(deviation), m_low(low), m_high(high),
      m_logTotal(logNormalMass(standard(low), standard(high)))
{
}

double TruncatedNormal::logDensity(double x) const
{
    if (x < m_low || x > m_high)
        return -std::numeric_limits<double>::infinity();
    const double z = standard(x);
    return -0.5 * z * z - kLogRootTwoPi - std::log(m_deviation) - m_logTotal;
}

double TruncatedNormal::logMass(double from, double to) const
{
    return logNormalMass(standard(std::max(from, m_low)), standard(std::min(to, m_high))) -
           m_logTotal;
}

double TruncatedNormal::quantile(double probability) const
{
    const double a = standard(m_low);
    const double b = standard(m_high);
    double z = 0;
    if (a < 0)
        z = solveLogCdf(logSum(logNormalCdf(a), std::log(probability) + m_logTotal), a, b);
    else
        z = -solveLogCdf(logSum(logNormalCdf(-b), std::log1p(-probability) + m_logTotal), -b, -a);
    return std::clamp(z * m_deviation + m_mean, m_low, m_high);
}

} // namespace core
