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

// What a recipe says, or a sentence about what it should: these throw core::Error(Input).

std::string recipeText(const QJsonObject& recipe, const char* key);
/// Which of the words it is.
int recipeWord(const QJsonObject& recipe, const char* key,
               std::initializer_list<const char*> words);
core::Stage recipeStage(const QJsonObject& recipe);

/// The data with that Dataset::description(); null where there is none.
core::DatasetPointer dataDescribed(const std::string& description, const CommonOptions& common);

} // namespace app
