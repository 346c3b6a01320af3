// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/architecture.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace core
{

/// Images as the network's user sees them: pixels in 0..1, [N, 1, H, W]. The backend applies the
/// architecture's input scaling itself, so gradients are per unit of pixel value.
using ImageSpan = std::span<const float>;

struct Evaluation {
    int images = 0;
    int correct = 0;
    double loss = 0;                       ///< mean cross entropy, natural logarithm
    std::vector<int> confusion;            ///< [classes][classes], row = label, column = prediction
    std::vector<std::uint8_t> predictions; ///< [images]
    bool stopped = false;                  ///< ended early; counts are of the images seen

    double accuracy() const { return images == 0 ? 0.0 : static_cast<double>(correct) / images; }
};

/// The outputs of one layer for a batch.
struct LayerOutput {
    int layer = 0; ///< index into Architecture::layers()
    Shape shape;
    std::vector<float> values; ///< [N, C, H, W]
};

/// Images to learn from: those of a data set that `indices` name, or else `images` with `labels`.
struct TrainingBatch {
    const Dataset* data = nullptr;
    std::span<const int> indices = {};
    ImageSpan images = {}; ///< [N, 1, H, W]; used where there is no data set
    std::span<const std::uint8_t> labels = {};
    double labelSmoothing = 0; ///< of the target this much is spread over all classes (PyTorch's
                               ///< definition; Szegedy et al., CVPR 2016)
    /// What a teacher says of the images (distillation; Hinton et al., 2015), [N, classes]: its
    /// probabilities at this temperature. With them the loss of an image is
    /// softWeight T^2 KL(teacher || network at T) + (1 - softWeight) cross entropy.
    std::span<const float> softTargets = {};
    double temperature = 1;
    double softWeight = 0;
    std::uint64_t dropoutSeed = 0;
    /// Of `data`: what the batch after this one will be. A hint to fetch its pixels in time.
    std::span<const int> next = {};

    std::size_t size() const { return data ? indices.size() : labels.size(); }
};

struct LossGradient {
    double loss = 0; ///< mean over the batch of the cross entropy with the (smoothed) target, or of
                     ///< what TrainingBatch::softTargets says
    int correct = 0;
    std::vector<float> gradient;          ///< of the loss, one entry a parameter, in the flat order
    std::vector<float> runningStatistics; ///< the whole flat vector with batch norm's statistics
                                          ///< updated; empty where there is no batch norm
};

/// What one image of a batch is to excite: a neuron, or a channel's mean over its map.
struct Objective {
    int layer = 0; ///< index into Architecture::layers(); its output is meant
    int channel = 0;
    std::optional<int> position; ///< row * width + column; absent: the mean over the channel's map
    bool operator==(const Objective&) const = default;
};

struct ImageGradient {
    std::vector<float> values;   ///< [N] each image's objective
    std::vector<float> gradient; ///< [N, 1, H, W] of an image's own objective by its pixels
};

/// Told the index of an image whose entries of an ImageGradient are final.
using ImageObserver = std::function<void(std::size_t image)>;

/// The one seam between numerics and everything else: one architecture, any parameters.
/// Calls block and throw Error. One thread at a time may use an object; make one a thread.
/// `parameters` is always the flat vector of core::Parameters for this architecture.
class Backend
{
public:
    virtual ~Backend() = default;

    virtual std::string name() const = 0; ///< "LibTorch 1.13.1"
    virtual const Architecture& architecture() const = 0;

    /// Checks the token every few hundred images.
    virtual Evaluation evaluate(std::span<const float> parameters, const Dataset& data,
                                std::stop_token stop = {}) = 0;

    /// Outputs of the given layers (in the given order), in evaluation mode.
    virtual std::vector<LayerOutput> activations(std::span<const float> parameters,
                                                 ImageSpan images, std::span<const int> layers) = 0;

    /// Loss and its gradient in training mode: batch statistics, dropout drawn from the batch's
    /// seed. `result` is filled anew; its memory is used again, so that a loop that keeps it
    /// allocates nothing. The same bits whatever the number of threads.
    virtual void gradient(std::span<const float> parameters, const TrainingBatch& batch,
                          LossGradient& result) = 0;

    /// One objective an image, all in one batch, in evaluation mode. `result` is filled anew; its
    /// memory is used again. The observer hears of each image once, as they come, on any of the
    /// backend's threads and of several at a time; it does not throw.
    virtual void imageGradient(std::span<const float> parameters,
                               std::span<const Objective> objectives, ImageSpan images,
                               ImageGradient& result, const ImageObserver& observer) = 0;
    ImageGradient imageGradient(std::span<const float> parameters,
                                std::span<const Objective> objectives, ImageSpan images)
    {
        ImageGradient result;
        imageGradient(parameters, objectives, images, result, {});
        return result;
    }
};

/// Auto takes the fused engine where it covers the architecture, else LibTorch.
enum class BackendChoice { Auto, Torch, Fused };

struct BackendOptions {
    BackendChoice choice = BackendChoice::Auto;
    int threads = 1;
};

/// The first that needs LibTorch opens its libraries (about 0.4 s). Throws Error(Unexpected) where
/// they are missing, Error(Usage) if Fused is asked for and does not cover the architecture. Any
/// thread may call it.
std::unique_ptr<Backend> makeBackend(const Architecture& architecture,
                                     const BackendOptions& options = {});

} // namespace core
