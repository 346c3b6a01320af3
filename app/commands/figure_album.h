// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/figure_writer.h"
#include "app/output.h"
#include "ui/figures/export.h"

#include <filesystem>
#include <string>
#include <vector>

namespace ui
{
class Figure;
}

namespace app
{

/// A folder that fills with figures, each in several formats, and a page that shows them.
class FigureAlbum
{
public:
    /// Makes the folder. Throws core::Error(Output) where it can't.
    FigureAlbum(const FigureWriter& writer, std::filesystem::path folder,
                std::vector<std::string> formats, const ui::ExportOptions& size,
                bool preflight = false);

    /// `name` is the files' name without extension; figures of one chapter follow each other.
    void add(const std::string& chapter, const std::string& name, const ui::Figure& figure);

    /// What computes the figures that are added from now on, for their recipes.
    void setOrigin(ui::FigureOrigin origin) { m_size.origin = std::move(origin); }

    /// Writes index.html.
    void finish(const std::string& model, const std::string& data, bool complete);

    std::size_t count() const { return m_entries.size(); }
    /// What preflight() says of each figure, if it was asked for.
    const Json& preflight() const { return m_preflight; }
    const std::vector<std::string>& files() const { return m_files; } ///< within the folder

private:
    struct Entry {
        std::string chapter;
        std::string name;
        std::string title;
        std::string caption;
    };
    std::string sectionOf(const Entry& entry) const;

    const FigureWriter& m_writer;
    std::filesystem::path m_folder;
    std::vector<std::string> m_formats;
    ui::ExportOptions m_size;
    bool m_checks;
    Json m_preflight = Json::object();
    std::vector<Entry> m_entries;
    std::vector<std::string> m_files;
};

} // namespace app
