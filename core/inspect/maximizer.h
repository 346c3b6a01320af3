// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/architecture.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace core
{

enum class StartImage { Pixels, Fourier }; ///< what is optimised: pixels, or a spectrum
enum class AscentDirection { Maximize, Minimize };
enum class PixelRange { Free, Unit }; ///< Unit keeps every pixel in 0..1

/// Feature visualisation by gradient ascent on the input (Erhan et al. 2009; Olah, Mordvintsev and
/// Schubert, "Feature Visualization", Distill 2017), with Adam (Kingma and Ba 2015).
struct MaximizerOptions {
    int steps = 256;
    double lr = 0.05;
    double l2 = 0;             ///< weight of the mean squared difference from the start grey
    double totalVariation = 0; ///< weight of the mean absolute difference between neighbours
    double blur = 0; ///< deviation in pixels of a Gaussian that smooths the gradient; 0: off
    int jitter = 0;  ///< each step shifts the image by up to this many pixels
    StartImage start = StartImage::Pixels;
    double startNoise = 0.05; ///< deviation of the start image around grey
    AscentDirection direction = AscentDirection::Maximize;
    PixelRange range =
        PixelRange::Free; ///< as published: how far an image may go is up to the steps
    std::uint64_t seed = 1;
};

/// "plain" (nothing but gradient ascent, as published), "smooth" and "robust" (penalties, and
/// pixels kept in the range of real images). Throws Error(Usage) on another name.
MaximizerOptions maximizerPreset(std::string_view name);

/// One thing to visualise.
struct MaximizerTarget {
    std::string name;  ///< "conv1 channel 2", "neuron 17", "logit 3"
    std::string layer; ///< "conv1", "neurons", "logits"
    int index = 0;     ///< within that layer
    Objective objective;
};

/// `group` is a unit's name ("conv2": each of its channels), "neurons" or "logits".
/// Throws Error(Usage) naming the groups that the architecture has.
std::vector<MaximizerTarget> maximizerTargets(const Architecture& architecture,
                                              std::string_view group, Stage stage = Stage::Post);
/// The groups that exist, in order: "conv1", "conv2", "conv3", "neurons", "logits".
std::vector<std::string> maximizerGroups(const Architecture& architecture);

struct MaximizerFrame {
    int step = 0;                  ///< steps done
    std::span<const float> values; ///< [targets] objective of the images
    std::span<const float> images; ///< [targets, H, W] pixels in 0..1, or beyond if range is Free
};
using MaximizerObserver = std::function<void(const MaximizerFrame&)>;

struct Maximization {
    std::vector<MaximizerTarget> targets;
    std::vector<float> images; ///< [targets, H, W]
    std::vector<float> start;  ///< [targets] objective of the start image
    std::vector<float> end;    ///< [targets] objective of the final image, without penalties
    int steps = 0;             ///< done; fewer than asked if stopped
    bool stopped = false;
};

/// All targets together in one batch. Each target has a generator of its own, seeded by the seed
/// and its objective, so that a target alone gives the same image as among others. Blocks; calls
/// the observer on the calling thread after each step and once before the first. A stop returns the
/// images reached so far.
Maximization maximize(Backend& backend, std::span<const float> parameters,
                      std::vector<MaximizerTarget> targets, const MaximizerOptions& options,
                      const MaximizerObserver& observer = {}, std::stop_token stop = {});

} // namespace core
