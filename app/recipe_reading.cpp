// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recipe_reading.h"

#include "app/data_choice.h"
#include "core/base/error.h"

#include <fmt/format.h>

namespace app
{

using core::Error;
using core::ErrorKind;

std::string recipeText(const QJsonObject& recipe, const char* key)
{
    const QJsonValue value = recipe.value(QLatin1String(key));
    if (!value.isString())
        throw Error(ErrorKind::Input,
                    fmt::format("the recipe has no \"{}\", or it is no text", key));
    return value.toString().toStdString();
}

int recipeWord(const QJsonObject& recipe, const char* key, std::initializer_list<const char*> words)
{
    const std::string found = recipeText(recipe, key);
    std::string expected;
    int index = 0;
    for (const char* word : words) {
        if (found == word)
            return index;
        expected += (index == 0 ? "" : ", ") + std::string(word);
        ++index;
    }
    throw Error(ErrorKind::Input, fmt::format("the recipe's \"{}\" is \"{}\", expected one of {}",
                                              key, found, expected));
}

core::Stage recipeStage(const QJsonObject& recipe)
{
    return recipeWord(recipe, "stage", {"pre", "post"}) == 0 ? core::Stage::Pre : core::Stage::Post;
}

core::DatasetPointer dataDescribed(const std::string& description, const CommonOptions& common)
{
    CommonOptions quietly = common;
    quietly.quiet = true;
    if (description.starts_with("sample digits"))
        quietly.data = "samples";
    for (const core::Split split :
         {core::Split::Test, core::Split::Train, core::Split::Validation}) {
        if (description.find(fmt::format(" {},", core::splitName(split))) == std::string::npos)
            continue;
        auto data = loadData(quietly, split);
        if (data->description() == description)
            return data;
    }
    return nullptr;
}

} // namespace app
