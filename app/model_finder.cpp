// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_finder.h"

#include "core/base/error.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "ui/saved_session.h"

#include <QSettings>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace app
{

namespace
{

namespace fs = std::filesystem;

std::string text(const QJsonObject& wanted, const char* key)
{
    return wanted.value(QLatin1String(key)).toString().toStdString();
}

bool isModelFile(const fs::path& file)
{
    static constexpr std::array kExtensions = {".safetensors", ".pt", ".pth"};
    return std::ranges::find(kExtensions, file.extension().string()) != kExtensions.end();
}

/// Nothing where the file is no such network.
std::optional<core::Model> openAs(const fs::path& file, const core::OpenOptions& how,
                                  const std::string& hash)
{
    try {
        core::Model model = core::openModel(file, how);
        if (core::modelHash(model) == hash)
            return model;
    } catch (const core::Error&) {
        // Another file may be it.
    }
    return std::nullopt;
}

/// As the file says, else with the layers that the recipe names: a state_dict doesn't say its own.
std::optional<core::Model> openWithHash(const fs::path& file, const QJsonObject& wanted)
{
    const std::string hash = text(wanted, "hash");
    if (auto model = openAs(file, {}, hash))
        return model;
    try {
        return openAs(file, {nullptr, core::parseArchitecture(text(wanted, "architecture"))}, hash);
    } catch (const core::Error&) {
        return std::nullopt;
    }
}

} // namespace

ModelFinder::ModelFinder(std::vector<std::string> files, std::vector<fs::path> folders)
    : m_files(std::move(files)), m_folders(std::move(folders))
{
}

std::vector<fs::path> ModelFinder::candidates() const
{
    std::vector<fs::path> found(m_files.begin(), m_files.end());
    for (const fs::path& folder : m_folders) {
        std::error_code failed;
        const auto first = static_cast<std::ptrdiff_t>(found.size());
        for (const auto& entry : fs::directory_iterator(folder, failed))
            if (isModelFile(entry.path()))
                found.push_back(entry.path());
        std::sort(found.begin() + first, found.end());
    }
    return found;
}

core::ModelPointer ModelFinder::find(const QJsonObject& wanted) const
{
    const std::vector<fs::path> files = candidates();
    for (const fs::path& file : files)
        if (auto model = openWithHash(file, wanted))
            return asInRecipe(*std::move(model), wanted);
    throw core::Error(
        core::ErrorKind::Input,
        fmt::format("the model \"{}\" of the recipe, hash {:.12}..., is not among the "
                    "{} files looked at; name its file, or its folder with --models",
                    text(wanted, "name"), text(wanted, "hash"), files.size()));
}

core::ModelPointer asInRecipe(core::Model model, const QJsonObject& wanted)
{
    model.name = text(wanted, "name");
    model.provenance.selectedOn = text(wanted, "selectedOn");
    return std::make_shared<const core::Model>(std::move(model));
}

std::vector<std::string> recentModelFiles()
{
    const QSettings settings(QStringLiteral("caddie"), QStringLiteral("caddie"));
    std::vector<std::string> files;
    for (const QString& file : ui::loadSession(settings).recentFiles)
        files.push_back(file.toStdString());
    return files;
}

} // namespace app
