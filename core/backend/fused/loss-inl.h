// SPDX-License-Identifier: GPL-3.0-or-later
// Softmax cross entropy of lanes, for whichever target includes this.
#if defined(CADDIE_LOSS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_LOSS_INL_H_
#undef CADDIE_LOSS_INL_H_
#else
#define CADDIE_LOSS_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

/// Mixes a teacher's word into what the labels have said: losses, and gradient where there is one.
HWY_ATTR inline void addTeacher(const LossTask& task, Vector highest, Vector scale)
{
    const Floats d;
    const Vector softWeight = hn::Set(d, task.softWeight);
    const Vector hardWeight = hn::Set(d, 1.0F - task.softWeight);
    const Vector coolness = hn::Set(d, 1.0F / task.temperature);
    const Vector tiny = hn::Set(d, 1e-37F); // where its logarithm is asked for, times zero
    const auto cooled = [&](int i) HWY_ATTR {
        return hn::Mul(coolness, hn::Sub(hn::Load(d, vectorAt(task.logits, i)), highest));
    };
    Vector sum = hn::Zero(d);
    for (int i = 0; i < task.classes; ++i)
        sum = hn::Add(sum, hn::Exp(d, cooled(i)));
    const Vector logSum = hn::Log(d, sum);
    const Vector reciprocal = hn::Div(hn::Set(d, 1.0F), sum);
    const Vector steepness = hn::Mul(scale, hn::Set(d, task.softWeight * task.temperature));
    Vector divergence = hn::Zero(d);
    for (int i = 0; i < task.classes; ++i) {
        const Vector target = hn::Load(d, vectorAt(task.softTargets, i));
        const Vector answer = cooled(i);
        const Vector apart = hn::Sub(hn::Log(d, hn::Max(target, tiny)), hn::Sub(answer, logSum));
        divergence = hn::MulAdd(target, apart, divergence);
        if (!task.gradient)
            continue;
        float* gradient = vectorAt(task.gradient, i);
        const Vector probability = hn::Mul(hn::Exp(d, answer), reciprocal);
        const Vector soft = hn::Mul(steepness, hn::Sub(probability, target));
        hn::Store(hn::MulAdd(hardWeight, hn::Load(d, gradient), soft), d, gradient);
    }
    const Vector squared = hn::Set(d, task.temperature * task.temperature);
    const Vector soft = hn::Mul(softWeight, hn::Mul(squared, divergence));
    hn::StoreU(hn::MulAdd(hardWeight, hn::LoadU(d, task.losses), soft), d, task.losses);
}

/// The target of a class: 1 - smoothing on the label, and smoothing spread over all classes.
HWY_ATTR inline void lossOfLanes(const LossTask& task)
{
    const Floats d;
    const hn::RebindToSigned<Floats> integers;
    const auto label = hn::LoadU(integers, task.labels);
    Vector highest = hn::Load(d, task.logits);
    auto prediction = hn::Zero(integers);
    for (int i = 1; i < task.classes; ++i) {
        const Vector logit = hn::Load(d, vectorAt(task.logits, i));
        const auto higher = hn::Gt(logit, highest);
        highest = hn::IfThenElse(higher, logit, highest);
        prediction =
            hn::IfThenElse(hn::RebindMask(integers, higher), hn::Set(integers, i), prediction);
    }
    hn::StoreU(prediction, integers, task.predictions);

    const float spread = task.smoothing / static_cast<float>(task.classes);
    const Vector share = hn::Set(d, 1.0F - task.smoothing);
    Vector sum = hn::Zero(d);
    Vector aim = hn::Zero(d); // the target's mean of the logits, counted from the highest
    for (int i = 0; i < task.classes; ++i) {
        const Vector logit = hn::Sub(hn::Load(d, vectorAt(task.logits, i)), highest);
        sum = hn::Add(sum, hn::Exp(d, logit));
        const auto isLabel = hn::RebindMask(d, hn::Eq(label, hn::Set(integers, i)));
        const Vector weight = hn::Add(hn::IfThenElseZero(isLabel, share), hn::Set(d, spread));
        aim = hn::MulAdd(weight, logit, aim);
    }
    hn::StoreU(hn::Sub(hn::Log(d, sum), aim), d, task.losses);
    if (!task.gradient)
        return;

    const auto live = hn::FirstN(d, static_cast<std::size_t>(task.count));
    const Vector scale = hn::IfThenElseZero(live, hn::Set(d, task.gradientScale));
    const Vector reciprocal = hn::Div(hn::Set(d, 1.0F), sum);
    for (int i = 0; i < task.classes; ++i) {
        const Vector logit = hn::Sub(hn::Load(d, vectorAt(task.logits, i)), highest);
        const auto isLabel = hn::RebindMask(d, hn::Eq(label, hn::Set(integers, i)));
        const Vector weight = hn::Add(hn::IfThenElseZero(isLabel, share), hn::Set(d, spread));
        const Vector probability = hn::Mul(hn::Exp(d, logit), reciprocal);
        hn::Store(hn::Mul(hn::Sub(probability, weight), scale), d, vectorAt(task.gradient, i));
    }
    if (task.softTargets)
        addTeacher(task, highest, scale);
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
