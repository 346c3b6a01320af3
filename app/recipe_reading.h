// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/data/dataset.h"
#include "core/model/architecture.h"

#include <QJsonObject>

#include <initializer_list>
#include <string>

namespace app
{

// What a recipe says, or a sentence about what it should: all throw core::Error(Input).

std::string recipeText(const QJsonObject& recipe, const char* key);
/// Which of the words it is.
int recipeWord(const QJsonObject& recipe, const char* key,
               std::initializer_list<const char*> words);
core::Stage recipeStage(const QJsonObject& recipe);

/// The data that a recipe calls by Dataset::description(). Throws core::Error(DataMissing) where it
/// isn't there.
core::DatasetPointer recipeData(const std::string& description, const CommonOptions& common);

} // namespace app
