// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation_study.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace ui
{

/// What the worker measures with. Two runs may hold it for a moment, one of them stopped.
struct AblationBench {
    core::ModelPointer model;
    core::DatasetPointer data;
    int threads = 1;

    std::mutex mutex;
    std::optional<core::AblationStudy> study;
    std::vector<float> settled; ///< what the study is quick around

    /// The quickest answer so far that took passes over all images.
    std::optional<std::chrono::steady_clock::duration> quickest;

    /// Whether such an answer comes before a person would wait for it; true until it is known.
    bool quick() const { return !quickest || *quickest < std::chrono::milliseconds(250); }

    core::AblationStudy& ready()
    {
        if (!study) {
            study.emplace(model, data, core::BackendOptions{core::BackendChoice::Auto, threads});
            const auto values = model->parameters.values();
            settled.assign(values.begin(), values.end());
        }
        return *study;
    }

    /// Parameter by parameter, because it is in the way of whatever is asked next.
    void settle(std::span<const float> parameters, const std::stop_token& stop)
    {
        for (std::size_t i = 0; i < settled.size() && !stop.stop_requested(); ++i)
            if (settled[i] != parameters[i]) {
                settled[i] = parameters[i];
                study->settle(settled);
            }
    }
};

} // namespace ui
