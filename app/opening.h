// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/formats/model_file.h"
#include "core/model/model.h"

#include <memory>
#include <string>
#include <vector>

namespace app
{

/// A model, and the options that open its file the same way again.
struct OpenedModel {
    core::ModelPointer model;
    core::OpenOptions how;
};

/// Opens the file as --layout and --arch say. Where the layout has to be inferred and several fit,
/// labelled images rank them: MNIST's if found, else the sample digits. What the reader should know
/// of the file is noted on stderr. Throws core::Error.
OpenedModel openChosenModel(const ModelChoice& choice, const CommonOptions& options);

/// All layouts that fit, as --layout counts them.
std::vector<core::Architecture> layoutsOf(const ModelChoice& choice, const CommonOptions& options);

/// How to read the second of two models: what is said of the first holds for it too, unless it has
/// its own.
ModelChoice choiceOfSecond(const ModelChoice& first, ModelChoice second);

/// A model together with what computes it.
struct Subject {
    core::ModelPointer model;
    std::unique_ptr<core::Backend> backend;
};
Subject openSubject(const ModelChoice& choice, const CommonOptions& options);

} // namespace app
