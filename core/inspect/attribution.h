// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/model/model.h"

#include <span>
#include <stop_token>
#include <vector>

namespace core
{

/// What makes each logit of one image: bias + the sum of weight * feature over the features that
/// the last linear layer reads.
struct LogitTerms {
    Shape shape;                 ///< of the features: [4, 3, 3] in the published network
    std::vector<float> features; ///< [features] this image's values
    std::vector<double> bias;    ///< [classes]; 0 without a bias
    std::vector<double> terms;   ///< [classes][features] weight * feature
    std::vector<float> logits;   ///< [classes] what the network itself computed, in float

    int classes() const { return static_cast<int>(bias.size()); }
    int count() const { return static_cast<int>(features.size()); }
    double term(int label, int feature) const
    {
        return terms[static_cast<std::size_t>(label * count() + feature)];
    }
    /// Bias and terms added up in double: the logit but for the rounding of floats.
    double sum(int label) const;
};

/// `image` is [H, W] in 0..1. Throws Error(Usage) where the last layer with weights is no linear
/// one. Blocks for one image.
LogitTerms logitTerms(Backend& backend, const Model& model, ImageSpan image);

struct OcclusionOptions {
    int patch = 5; ///< width and height of what is covered, pixels
    int stride = 1;
    float fill = 0; ///< pixel value of the cover; 0 is paper
};

/// How much a logit falls when a square of the image is covered (Zeiler and Fergus, ECCV 2014).
struct OcclusionMap {
    int label = 0;
    float logit = 0; ///< of the whole image
    int rows = 0;    ///< places of the cover
    int columns = 0;
    std::vector<float> drops;     ///< [rows, columns] logit minus logit with the cover there
    std::vector<double> perPixel; ///< [H, W] mean drop of all covers on the pixel; 0 if none
    bool stopped = false;         ///< covers not tried count as 0
};

/// Throws Error(Usage) for a label, patch or stride that is none. Blocks for rows * columns images.
OcclusionMap occlusion(Backend& backend, const Model& model, ImageSpan image, int label,
                       const OcclusionOptions& options = {}, std::stop_token stop = {});

/// A logit's gradient by the pixels (Simonyan, Vedaldi and Zisserman 2014), and that times the
/// pixel (Shrikumar et al. 2016), so that paper, at 0, has no part.
struct GradientMap {
    int label = 0;
    float logit = 0;
    std::vector<float> gradient;   ///< [H, W] logit per unit of pixel value
    std::vector<float> timesInput; ///< [H, W] gradient * pixel
};

/// Throws Error(Usage) for a label that is none. Blocks for one image.
GradientMap gradientAttribution(Backend& backend, const Model& model, ImageSpan image, int label);

} // namespace core
