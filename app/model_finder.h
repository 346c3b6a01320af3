// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"

#include <QJsonObject>

#include <filesystem>
#include <string>
#include <vector>

namespace app
{

/// Finds the models that recipes name by their hash: among some files first, then in some folders.
class ModelFinder
{
public:
    ModelFinder(std::vector<std::string> files, std::vector<std::filesystem::path> folders);

    /// `wanted` is a recipe's entry of a model. What it returns has the name that the recipe knows,
    /// whatever its file is called today. Throws core::Error(Input) where no file has that hash.
    core::ModelPointer find(const QJsonObject& wanted) const;

private:
    std::vector<std::filesystem::path> candidates() const;

    std::vector<std::string> m_files;
    std::vector<std::filesystem::path> m_folders;
};

/// Gives the model the name and the selection of a recipe's entry, which say the same of the same
/// parameters wherever they lie.
core::ModelPointer asInRecipe(core::Model model, const QJsonObject& wanted);

/// Those that the window opened last.
std::vector<std::string> recentModelFiles();

} // namespace app
