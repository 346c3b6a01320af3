// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>

namespace ui
{

class Figure;

enum class FigureFormat { Svg, Pdf, Png, Csv, Recipe };

/// What computed a figure, and from which images, for the recipe in its file. Empty: unknown.
struct FigureOrigin {
    QString backend;  ///< Backend::name()
    QString dataHash; ///< core::datasetHash() of the data that the figure names
};

struct ExportOptions {
    double widthMm = 183;     ///< a journal's double column; 89 is its single one
    int dpi = 300;            ///< of PNG
    double magnification = 1; ///< of type and lines: 2 for a slide
    FigureOrigin origin = {};
};

/// Sizes that have a name: a journal's single and double column, a slide 16:9 with large type.
struct ExportPreset {
    const char* name;
    double widthMm;
    double magnification;
};
inline constexpr ExportPreset kExportPresets[] = {
    {"single", 89, 1}, {"double", 183, 1}, {"slide", 330, 2}};

/// By the file's extension; none if it is not one that figures are written as.
std::optional<FigureFormat> figureFormat(const std::filesystem::path& file);

/// The bytes of the file, in the print style, with fileRecipe() embedded: as metadata in SVG and
/// PDF, as text chunk in PNG. As Recipe, nothing but it; as CSV, the numbers without it. The same
/// figure gives the same bytes. Needs a QGuiApplication.
QByteArray renderFigure(const Figure& figure, FigureFormat format,
                        const ExportOptions& options = {});

/// Width and height in millimetres of what renderFigure() draws.
QSizeF figurePageSize(const Figure& figure, const ExportOptions& options = {});

/// Names of one or several backends as FigureOrigin takes them, each once: "fused AVX-512, LibTorch
/// 1.13.1". What was joined can be joined with more.
QString joinedBackends(QStringList names);

/// Writes atomically and overwrites: ask before. Throws core::Error(Usage) on an extension that is
/// no figure format, core::Error(Output) where the file can't be written.
void exportFigure(const Figure& figure, const std::filesystem::path& file,
                  const ExportOptions& options = {});

} // namespace ui
