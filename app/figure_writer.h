// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common_options.h"
#include "core/backend/backend.h"
#include "ui/figures/export.h"

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

class QGuiApplication;

namespace ui
{
class Figure;
} // namespace ui

namespace app
{

/// What Qt needs to paint without a display. One at a time, on the main thread, alive while figures
/// are made.
class FigureWriter
{
public:
    FigureWriter();
    ~FigureWriter();
    FigureWriter(const FigureWriter&) = delete;
    FigureWriter& operator=(const FigureWriter&) = delete;

    /// By the file's extension; overwrites. Throws core::Error.
    void write(const ui::Figure& figure, const std::filesystem::path& file,
               const ui::ExportOptions& options) const;

private:
    std::unique_ptr<QGuiApplication> m_application;
};

/// Throws core::Error(Usage) unless the file's extension is one that figures are written as;
/// nothing for an empty name. To be asked before the long part of a command begins.
void checkFigureFile(const std::string& file);

/// For the recipes of figures that these computed from this data.
ui::FigureOrigin originOf(std::initializer_list<const core::Backend*> backends,
                          const core::Dataset* data = nullptr);

/// Writes the figure that `make` makes to --out; does nothing where that is empty.
void writeFigure(const CommonOptions& options, const ui::FigureOrigin& origin,
                 const std::function<std::unique_ptr<ui::Figure>()>& make);

} // namespace app
