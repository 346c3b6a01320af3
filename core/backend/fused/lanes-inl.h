// SPDX-License-Identifier: GPL-3.0-or-later
// Between images and lanes, for whichever target includes this.
#if defined(CADDIE_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CADDIE_LANES_INL_H_
#undef CADDIE_LANES_INL_H_
#else
#define CADDIE_LANES_INL_H_
#endif

#include "core/backend/fused/convolve-inl.h"

HWY_BEFORE_NAMESPACE();
namespace core::fused::HWY_NAMESPACE
{

/// Exactly byte / 255.0F, for each of the 256 bytes, without a division.
HWY_INLINE Vector unitPixel(hn::Vec<hn::Rebind<std::int32_t, Floats>> bytes)
{
    constexpr float kReciprocal = 1.0F / 255.0F;
    constexpr auto kRest = static_cast<float>(1.0 / 255.0 - static_cast<double>(kReciprocal));
    const Floats d;
    const Vector value = hn::ConvertTo(d, bytes);
    return hn::MulAdd(value, hn::Set(d, kReciprocal), hn::Mul(value, hn::Set(d, kRest)));
}

/// One pixel of all lanes' images.
HWY_ATTR inline void loadPixel(const PixelTask& task, int row, int column, float* output)
{
    const Floats d;
    const hn::Rebind<std::int32_t, Floats> wide;
    HWY_ALIGN std::int32_t values[kLanes];
    for (int i = 0; i < kLanes; ++i)
        values[i] = task.images[i][static_cast<std::ptrdiff_t>(row) * task.imageWidth + column];
    hn::Store(hn::MulAdd(unitPixel(hn::Load(wide, values)), hn::Set(d, task.factor),
                         hn::Set(d, task.shift)),
              d, output);
}

#if HWY_TARGET != HWY_SCALAR

constexpr int kTile = 16; ///< bytes of a 128-bit vector

/// 16 columns of all lanes' images from `column` on, but for the first `done` of them.
HWY_ATTR inline void loadTile(const PixelTask& task, int row, int column, int done, float* output)
{
    const hn::Full128<std::uint8_t> bytes;
    const Floats d;
    const hn::Rebind<std::int32_t, Floats> wide;
    const hn::Rebind<std::uint8_t, Floats> narrow;
    using Bytes = hn::Vec<decltype(bytes)>;
    Bytes tile[kTile];
    Bytes next[kTile];
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(row) * task.imageWidth + column;
#pragma GCC unroll 16
    for (int i = 0; i < kTile; ++i)
        tile[i] = i < kLanes ? hn::LoadU(bytes, task.images[i] + offset) : hn::Zero(bytes);
        // Four rounds of perfect shuffles are a transposition.
#pragma GCC unroll 4
    for (int round = 0; round < 4; ++round) {
#pragma GCC unroll 8
        for (int i = 0; i < kTile / 2; ++i) {
            next[2 * i] = hn::InterleaveLower(bytes, tile[i], tile[i + kTile / 2]);
            next[2 * i + 1] = hn::InterleaveUpper(bytes, tile[i], tile[i + kTile / 2]);
        }
#pragma GCC unroll 16
        for (int i = 0; i < kTile; ++i)
            tile[i] = next[i];
    }
    HWY_ALIGN std::uint8_t rows[kTile][kTile];
    const Vector factor = hn::Set(d, task.factor);
    const Vector shift = hn::Set(d, task.shift);
#pragma GCC unroll 16
    for (int i = 0; i < kTile; ++i)
        hn::Store(tile[i], bytes, rows[i]);
#pragma GCC unroll 16
    for (int i = 0; i < kTile; ++i) {
        if (i < done)
            continue;
        const Vector pixel = unitPixel(hn::PromoteTo(wide, hn::LoadU(narrow, rows[i])));
        hn::Store(hn::MulAdd(pixel, factor, shift), d, vectorAt(output, i));
    }
}

#endif

HWY_ATTR inline void loadPixels(const PixelTask& task)
{
    for (int row = 0; row < task.rows; ++row) {
        float* output = vectorAt(task.output, row * task.outputRowStride);
        int column = 0;
#if HWY_TARGET != HWY_SCALAR
        for (; column < task.columns && task.columns >= kTile; column += kTile) {
            const int begin = std::min(column, task.columns - kTile); // the last overlaps
            loadTile(task, row, begin, column - begin, vectorAt(output, begin));
        }
#endif
        for (; column < task.columns; ++column)
            loadPixel(task, row, column, vectorAt(output, column));
    }
}

#if HWY_TARGET != HWY_SCALAR

constexpr int kQuad = 4; ///< floats of a 128-bit vector

/// Four rows of four become four columns, in each block of 128 bits.
template<typename D, typename V>
HWY_INLINE void transposeQuad(D d, V (&quad)[kQuad])
{
    const V even0 = hn::InterleaveLower(d, quad[0], quad[2]);
    const V even1 = hn::InterleaveUpper(d, quad[0], quad[2]);
    const V odd0 = hn::InterleaveLower(d, quad[1], quad[3]);
    const V odd1 = hn::InterleaveUpper(d, quad[1], quad[3]);
    quad[0] = hn::InterleaveLower(d, even0, odd0);
    quad[1] = hn::InterleaveUpper(d, even0, odd0);
    quad[2] = hn::InterleaveLower(d, even1, odd1);
    quad[3] = hn::InterleaveUpper(d, even1, odd1);
}

/// Four pixels of every fourth image, one image a block of 128 bits.
template<typename D>
HWY_INLINE hn::Vec<D> loadBlocks(D d, const float* const* images, std::ptrdiff_t pixel)
{
    constexpr int kAll = static_cast<int>(hn::MaxLanes(D()));
    if constexpr (kAll == kQuad) {
        return hn::LoadU(d, images[0] + pixel);
    } else {
        const hn::Half<D> half;
        return hn::Combine(d, loadBlocks(half, images + kAll / 2, pixel),
                           loadBlocks(half, images, pixel));
    }
}

template<typename D, typename V>
HWY_INLINE void storeBlocks(D d, V values, float* const* images, std::ptrdiff_t pixel)
{
    constexpr int kAll = static_cast<int>(hn::MaxLanes(D()));
    if constexpr (kAll == kQuad) {
        hn::StoreU(values, d, images[0] + pixel);
    } else {
        const hn::Half<D> half;
        storeBlocks(half, hn::LowerHalf(half, values), images, pixel);
        storeBlocks(half, hn::UpperHalf(half, values), images + kAll / 2, pixel);
    }
}

/// Four columns of all lanes' images from `pixel` on.
HWY_ATTR inline void loadQuads(const LoadTask& task, std::ptrdiff_t pixel, float* lanes)
{
    const Floats d;
    const Vector factor = hn::Set(d, task.factor);
    const Vector shift = hn::Set(d, task.shift);
    Vector quad[kQuad];
    for (int i = 0; i < kQuad; ++i)
        quad[i] = loadBlocks(d, task.images + i, pixel);
    transposeQuad(d, quad);
    for (int i = 0; i < kQuad; ++i)
        hn::Store(hn::MulAdd(quad[i], factor, shift), d, vectorAt(lanes, i));
}

HWY_ATTR inline void storeQuads(const StoreTask& task, std::ptrdiff_t pixel, const float* lanes)
{
    const Floats d;
    const Vector factor = hn::Set(d, task.factor);
    Vector quad[kQuad];
    for (int i = 0; i < kQuad; ++i)
        quad[i] = hn::Mul(hn::Load(d, vectorAt(lanes, i)), factor);
    transposeQuad(d, quad);
    for (int i = 0; i < kQuad; ++i)
        storeBlocks(d, quad[i], task.images + i, pixel);
}

#endif

HWY_ATTR inline void loadFloats(const LoadTask& task)
{
    const Floats d;
    const Vector factor = hn::Set(d, task.factor);
    const Vector shift = hn::Set(d, task.shift);
    for (int row = 0; row < task.rows; ++row) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(row) * task.imageWidth;
        float* lanes = vectorAt(task.output, row * task.outputRowStride);
        int column = 0;
#if HWY_TARGET != HWY_SCALAR
        for (; column + kQuad <= task.columns; column += kQuad)
            loadQuads(task, first + column, vectorAt(lanes, column));
#endif
        for (; column < task.columns; ++column) {
            float* at = vectorAt(lanes, column);
            for (int image = 0; image < kLanes; ++image)
                at[image] = task.images[image][first + column];
            hn::Store(hn::MulAdd(hn::Load(d, at), factor, shift), d, at);
        }
    }
}

HWY_ATTR inline void storeFloats(const StoreTask& task)
{
    for (int row = 0; row < task.rows; ++row) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(row) * task.imageWidth;
        const float* lanes = vectorAt(task.input, row * task.inputRowStride);
        int column = 0;
#if HWY_TARGET != HWY_SCALAR
        for (; column + kQuad <= task.columns; column += kQuad)
            storeQuads(task, first + column, vectorAt(lanes, column));
#endif
        for (; column < task.columns; ++column)
            for (int image = 0; image < kLanes; ++image)
                task.images[image][first + column] = vectorAt(lanes, column)[image] * task.factor;
    }
}

} // namespace core::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
