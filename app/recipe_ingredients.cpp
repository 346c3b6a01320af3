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
    return core::makeBackend(model.architecture, sources.common.backendOptions());
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
