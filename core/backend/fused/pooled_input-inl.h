// SPDX-License-Identifier: GPL-3.0-or-later
// The way back through a max pool and the convolution before it at once, for whichever target
// includes this.
#if defined(CADDIE_POOLED_INPUT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_POOLED_INPUT_INL_H_
#undef CADDIE_POOLED_INPUT_INL_H_
#else
#define CADDIE_POOLED_INPUT_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"
#include "core/backend/fused/gradient_kernels.h"

#if HWY_TARGET != HWY_SCALAR

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

using Words = hn::RebindToSigned<Floats>;

/// Where in a table of four floats each lane's choice lies, as indices of bytes.
HWY_INLINE hn::Vec<Words> tableIndex(const std::uint8_t* argmax)
{
    const Floats d;
    const Words words;
    constexpr std::int32_t kFirst = 0x03020100;
    constexpr std::int32_t kNext = 0x04040404;
    const auto lower = hn::RebindMask(words, hn::LoadMaskBits(d, argmax));
    const auto right = hn::RebindMask(words, hn::LoadMaskBits(d, argmax + kArgmaxBytes / 2));
    const auto above =
        hn::IfThenElse(right, hn::Set(words, kFirst + kNext), hn::Set(words, kFirst));
    const auto below = hn::IfThenElse(right, hn::Set(words, kFirst + 3 * kNext),
                                      hn::Set(words, kFirst + 2 * kNext));
    return hn::IfThenElse(lower, below, above);
}

/// One row of windows of the input channel that `wideTables` is for. Two neighbours share Side - 2
/// columns, whose sums stay in registers from one to the next.
template<int Side>
HWY_ATTR void addRowOfWindows(const PooledInputGradientTask& task, int row, float* result,
                              int rowStride)
{
    const Floats d;
    const Words words;
    const int area = task.rows * task.columns;
    Vector sums[Side][Side];
#pragma GCC unroll 8
    for (int a = 0; a < Side; ++a)
#pragma GCC unroll 8
        for (int b = 2; b < Side; ++b)
            sums[a][b] = hn::Load(d, vectorAt(result, a * rowStride + b - 2));
    for (int x = 0; x < task.columns; ++x, result = vectorAt(result, 2)) {
#pragma GCC unroll 8
        for (int a = 0; a < Side; ++a) {
#pragma GCC unroll 8
            for (int b = 0; b < Side - 2; ++b)
                sums[a][b] = sums[a][b + 2];
#pragma GCC unroll 8
            for (int b = Side - 2; b < Side; ++b)
                sums[a][b] = hn::Load(d, vectorAt(result, a * rowStride + b));
        }
        const float* table = task.wideTables;
        for (int c = 0; c < task.channels; ++c, table = vectorAt(table, Side * Side)) {
            const int at = c * area + row * task.columns + x;
            const Vector g = hn::Load(d, vectorAt(task.gradient, at));
            const auto index = hn::BitCast(words, hn::Load(d, vectorAt(task.indices, at)));
#pragma GCC unroll 8
            for (int a = 0; a < Side; ++a)
#pragma GCC unroll 8
                for (int b = 0; b < Side; ++b) {
                    const Vector weights = hn::Load(d, vectorAt(table, a * Side + b));
                    const auto weight = hn::TableLookupBytes(hn::BitCast(words, weights), index);
                    sums[a][b] = hn::MulAdd(g, hn::BitCast(d, weight), sums[a][b]);
                }
        }
#pragma GCC unroll 8
        for (int a = 0; a < Side; ++a)
#pragma GCC unroll 8
            for (int b = 0; b < 2; ++b)
                hn::Store(sums[a][b], d, vectorAt(result, a * rowStride + b));
    }
#pragma GCC unroll 8
    for (int a = 0; a < Side; ++a)
#pragma GCC unroll 8
        for (int b = 2; b < Side; ++b)
            hn::Store(sums[a][b], d, vectorAt(result, a * rowStride + b - 2));
}

template<int Side>
HWY_ATTR void pooledInputOfSide(const PooledInputGradientTask& task)
{
    const Floats d;
    const int resultRows = 2 * task.rows + Side - 2;
    const int resultColumns = 2 * task.columns + Side - 2;
    for (int i = 0; i < task.channels * task.rows * task.columns; ++i)
        hn::Store(
            hn::BitCast(d, tableIndex(task.argmax + static_cast<std::size_t>(i) * kArgmaxBytes)), d,
            vectorAt(task.indices, i));
    const float* tables = task.tables;
    for (int in = 0; in < task.inputChannels; ++in) {
        // Once for all windows, because a load that repeats four floats keeps a shuffle busy.
        for (int i = 0; i < task.channels * Side * Side; ++i, tables += 4)
            hn::Store(hn::LoadDup128(d, tables), d, vectorAt(task.wideTables, i));
        float* result = vectorAt(task.result, in * resultRows * resultColumns);
        for (int i = 0; i < resultRows * resultColumns; ++i)
            hn::Store(hn::Zero(d), d, vectorAt(result, i));
        for (int row = 0; row < task.rows; ++row)
            addRowOfWindows<Side>(task, row, vectorAt(result, 2 * row * resultColumns),
                                  resultColumns);
    }
}

HWY_ATTR inline void pooledInputGradient(const PooledInputGradientTask& task)
{
    switch (task.kernel) {
    case 1:
        return pooledInputOfSide<2>(task);
    case 2:
        return pooledInputOfSide<3>(task);
    case 3:
        return pooledInputOfSide<4>(task);
    default:
        return pooledInputOfSide<5>(task);
    }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

#endif
