// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "app/model_finder.h"
#include "app/progress_line.h"
#include "core/backend/backend.h"
#include "core/inspect/activations.h"
#include "ui/figures/export.h"

#include <QJsonObject>

#include <filesystem>
#include <memory>
#include <stop_token>

namespace app
{

/// Where the ingredients of recipes are.
struct RecipeSources {
    const CommonOptions& common; ///< data, backend, threads
    ModelFinder models;
    std::filesystem::path runs;
    ProgressLine& progress;
    std::stop_token stop;
    ui::FigureOrigin& origin; ///< filled in with what is used
};

// What recipes are made of. All throw core::Error(Input) where the recipe asks for what isn't
// there.

core::ModelPointer recipeModel(const QJsonObject& recipe, const RecipeSources& sources,
                               const char* key = "model");
std::unique_ptr<core::Backend> recipeBackend(const core::Model& model,
                                             const RecipeSources& sources);
/// The unit that "layer" names, as an index into Architecture::units().
int recipeUnit(const QJsonObject& recipe, const core::Model& model);
/// The data that "data" names, with the "dataHash" of the recipe if it has one. Throws
/// core::Error(DataMissing) where it isn't there, or is other data of that name.
core::DatasetPointer recipeData(const QJsonObject& recipe, const RecipeSources& sources);
/// Of the image in "pixels".
std::shared_ptr<const core::NetworkActivations>
recipeActivations(const QJsonObject& recipe, const core::Model& model, core::Backend& backend);

} // namespace app
