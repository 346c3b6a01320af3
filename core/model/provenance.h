// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace core
{

/// A measured accuracy together with what it was measured on.
struct MeasuredAccuracy {
    std::string data;  ///< Dataset::description(): "MNIST test, 10,000 images"
    std::string split; ///< "test"
    int correct = 0;
    int images = 0;

    double accuracy() const { return images == 0 ? 0.0 : static_cast<double>(correct) / images; }
    bool operator==(const MeasuredAccuracy&) const = default;
};

/// Where a model comes from. Travels inside the model's file and into every figure.
struct Provenance {
    std::string origin;     ///< one line: "trained by Caddie 0.1.0 on MNIST train, 60,000 images"
    std::string recipe;     ///< JSON text of the run that made it; empty if unknown
    std::string selectedOn; ///< split that chose this epoch or mask: "", "test", "validation"
    std::vector<MeasuredAccuracy> accuracies;
    bool operator==(const Provenance&) const = default;
};

/// As a JSON object and back; unknown keys are ignored, wrong types throw Error(Input).
std::string toJson(const Provenance& provenance);
Provenance provenanceFromJson(const std::string& text);

} // namespace core
