// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/fused/forward.h"
#include "core/backend/fused/kernels.h"
#include "core/backend/fused/plan.h"
#include "core/data/dataset.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <vector>

namespace core::fused
{

/// What has to run again when a parameter changes: these channels of its stage, then every stage
/// behind it.
struct Reach {
    std::size_t stage = 0;
    ChannelRange channels;
};

/// A network's activations at the ends of its stages for all images of a data set, kept so that a
/// changed parameter costs only what it reaches. Images lie in blocks of as many as a vector has
/// lanes. Blocks are independent: threads may work on different ones at the same time. Whatever is
/// run again has the same bits as a run of everything.
class Incremental
{
public:
    /// Expects fusedCovers(architecture).
    Incremental(const Architecture& architecture, int images);

    /// Bytes that an object needs for so many images.
    static std::size_t memoryFor(const Architecture& architecture, int images);

    int images() const { return m_images; }
    int blocks() const { return m_blocks; }
    int lanes() const { return m_kernels.lanes; }
    int classes() const { return m_plan.architecture().classes(); }
    /// What each thread brings along as scratch, aligned to 64 bytes.
    std::size_t scratchFloats() const;

    Reach reachOf(std::size_t parameter) const;
    /// Multiply-adds of an image that run again.
    std::size_t costOf(const Reach& reach) const;

    /// Runs the whole network on a block. Position i of all blocks holds image `order[i]` of
    /// `data`, which fits the network.
    void fill(int block, std::span<const float> parameters, const Dataset& data,
              std::span<const int> order, float* scratch);
    /// Runs a block again, remembering what it replaces.
    void rerun(int block, std::span<const float> parameters, const Reach& reach, float* scratch);
    /// Runs a block again for several changes at once, remembering nothing.
    void refresh(int block, std::span<const float> parameters, std::span<const Reach> reaches,
                 float* scratch);
    /// Puts back what the last rerun() of the block, which was for `reach`, replaced.
    void undo(int block, const Reach& reach);

    /// Images of a block whose highest logit, the first among equals, is their label's.
    int countCorrect(int block) const;
    /// The logits of the image in a lane, one a class.
    void logitsOf(int block, int lane, std::span<float> logits) const;
    std::uint8_t labelOf(int block, int lane) const;
    int imagesIn(int block) const; ///< as many as lanes but for the last block

private:
    /// Memory that is not touched before it is used: much of what rerun() could need never is.
    struct Free {
        void operator()(float* data) const { ::operator delete[](data, kLine); }
    };
    using Floats = std::unique_ptr<float[], Free>;
    static constexpr std::align_val_t kLine{64};
    static Floats allocate(std::size_t count);

    void runStage(int block, std::size_t stage, std::span<const float> parameters,
                  ChannelRange channels, float* scratch);
    ChannelRange allOf(std::size_t stage) const;
    float* map(std::size_t stage, int block) const; ///< output of a stage; its input is stage - 1's
    float* input(int block) const;
    const float* inputOf(std::size_t stage, int block) const;
    std::size_t mapFloats(std::size_t stage) const;

    const ForwardKernels& m_kernels;
    Plan m_plan;
    int m_images = 0;
    int m_blocks = 0;
    Floats m_input;
    std::vector<Floats> m_maps;     ///< [stage][block] as it stands
    std::vector<Floats> m_replaced; ///< likewise, before the last rerun()
    std::vector<std::int32_t> m_labels;
    std::vector<Reach> m_reaches; ///< [parameter]
};

} // namespace core::fused
