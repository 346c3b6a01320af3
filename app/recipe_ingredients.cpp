// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_ingredients.h"

#include "app/recipe_reading.h"
#include "core/base/error.h"
#include "ui/figures/recipe.h"

#include <fmt/format.h>

namespace app
{

using core::Error;
using core::ErrorKind;

core::ModelPointer recipeModel(const QJsonObject& recipe, const RecipeSources& sources,
                               const char* key)
{
    return sources.models.find(recipe.value(QLatin1String(key)).toObject());
}

std::unique_ptr<core::Backend> recipeBackend(const core::Model& model, const RecipeSources& sources)
{
    auto backend = core::makeBackend(model.architecture, sources.common.backendOptions());
    sources.origin.backend =
        ui::joinedBackends({sources.origin.backend, QString::fromStdString(backend->name())});
    return backend;
}

int recipeUnit(const QJsonObject& recipe, const core::Model& model)
{
    const std::string layer = recipeText(recipe, "layer");
    const auto unit = model.architecture.unitByName(layer);
    if (!unit)
        throw Error(
            ErrorKind::Input,
            fmt::format("the recipe's layer is \"{}\", which {} does not have", layer, model.name));
    return *unit;
}

core::DatasetPointer recipeData(const QJsonObject& recipe, const RecipeSources& sources)
{
    const std::string description = recipeText(recipe, "data");
    auto data = dataDescribed(description, sources.common);
    if (data == nullptr)
        throw Error(ErrorKind::DataMissing,
                    fmt::format("the recipe is about {}, which was not found; --data names its "
                                "folder",
                                description));
    const std::string hash = core::datasetHash(*data);
    const std::string wanted = recipe.value(QStringLiteral("dataHash"))
                                   .toString(QString::fromStdString(hash))
                                   .toStdString();
    if (hash != wanted)
        throw Error(ErrorKind::DataMissing,
                    fmt::format("the recipe's {} had other images or labels than those found here "
                                "(hash {:.12}... instead of {:.12}...); --data names another "
                                "folder",
                                description, hash, wanted));
    sources.origin.dataHash = QString::fromStdString(hash);
    return data;
}

std::shared_ptr<const core::NetworkActivations>
recipeActivations(const QJsonObject& recipe, const core::Model& model, core::Backend& backend)
{
    const std::vector<float> pixels =
        ui::unpackedFloats(recipe.value(QStringLiteral("pixels")).toString());
    if (static_cast<int>(pixels.size()) != model.architecture.inputShape().count())
        throw Error(ErrorKind::Input,
                    fmt::format("the recipe's image has {} pixels, {} reads {}", pixels.size(),
                                model.name, model.architecture.inputShape().count()));
    return std::make_shared<const core::NetworkActivations>(
        core::activationsOf(backend, model, pixels));
}

} // namespace app
