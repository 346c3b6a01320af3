// SPDX-License-Identifier: GPL-3.0-or-later
// Activations that are no two lines, for whichever target includes this.
#if defined(CADDIE_CURVES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_CURVES_INL_H_
#undef CADDIE_CURVES_INL_H_
#else
#define CADDIE_CURVES_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"
#include "core/backend/fused/lanes-inl.h"

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

struct ValueAndSlope {
    Vector value;
    Vector slope;
};

struct SiLU {
    static HWY_INLINE ValueAndSlope at(Vector x)
    {
        const Floats d;
        const Vector one = hn::Set(d, 1.0F);
        // Beyond 80 the sigmoid is 0 but for what no float shows, and the exponential too large.
        const Vector power = hn::Exp(d, hn::Min(hn::Neg(x), hn::Set(d, 80.0F)));
        const Vector sigmoid = hn::Div(one, hn::Add(one, power));
        const Vector rest = hn::Sub(one, sigmoid);
        return {hn::Mul(x, sigmoid), hn::Mul(sigmoid, hn::MulAdd(x, rest, one))};
    }
};

struct GELU {
    static HWY_INLINE ValueAndSlope at(Vector x)
    {
        const Floats d;
        const Vector one = hn::Set(d, 1.0F);
        const Vector far = hn::Abs(x);
        const Vector bell = hn::Exp(d, hn::Mul(hn::Set(d, -0.5F), hn::Mul(x, x)));
        // Abramowitz and Stegun 7.1.26 for the tail of the normal distribution: right to 1e-7.
        const Vector t = hn::Div(one, hn::MulAdd(hn::Set(d, 0.3275911F * 0.70710678F), far, one));
        Vector sum = hn::Set(d, 1.061405429F);
        sum = hn::MulAdd(sum, t, hn::Set(d, -1.453152027F));
        sum = hn::MulAdd(sum, t, hn::Set(d, 1.421413741F));
        sum = hn::MulAdd(sum, t, hn::Set(d, -0.284496736F));
        sum = hn::MulAdd(sum, t, hn::Set(d, 0.254829592F));
        const Vector tail = hn::Mul(hn::Set(d, 0.5F), hn::Mul(hn::Mul(sum, t), bell));
        const Vector share = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), hn::Sub(one, tail), tail);
        const Vector density = hn::Mul(hn::Set(d, 0.39894228F), bell);
        return {hn::Mul(x, share), hn::MulAdd(x, density, share)};
    }
};

struct ELU {
    static HWY_INLINE ValueAndSlope at(Vector x)
    {
        const Floats d;
        const auto above = hn::Gt(x, hn::Zero(d));
        const Vector low = hn::Min(x, hn::Zero(d));
        return {hn::IfThenElse(above, x, hn::Expm1(d, low)),
                hn::IfThenElse(above, hn::Set(d, 1.0F), hn::Exp(d, low))};
    }
};

struct SquaredReLU {
    static HWY_INLINE ValueAndSlope at(Vector x)
    {
        const Vector high = hn::Max(x, hn::Zero(Floats()));
        return {hn::Mul(high, high), hn::Add(high, high)};
    }
};

template<typename Function>
HWY_ATTR void activateBy(const MapTask& task)
{
    const Floats d;
    for (int c = task.firstChannel; c < task.endChannel; ++c)
        for (int row = 0; row < task.rows; ++row) {
            const float* in =
                vectorAt(task.input, c * task.inputChannelStride + row * task.inputRowStride);
            float* out =
                vectorAt(task.output, c * task.outputChannelStride + row * task.outputRowStride);
            for (int x = 0; x < task.columns; ++x)
                hn::Store(Function::at(hn::Load(d, vectorAt(in, x))).value, d, vectorAt(out, x));
        }
}

HWY_ATTR inline void activateByCurve(const MapTask& task, Curve curve)
{
    switch (curve) {
    case Curve::SiLU:
        return activateBy<SiLU>(task);
    case Curve::GELU:
        return activateBy<GELU>(task);
    case Curve::ELU:
        return activateBy<ELU>(task);
    case Curve::SquaredReLU:
        return activateBy<SquaredReLU>(task);
    case Curve::None:
        break;
    }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
