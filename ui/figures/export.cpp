// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/export.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "ui/figures/page.h"
#include "ui/figures/pdf_metadata.h"
#include "ui/figures/recipe.h"
#include "ui/figures/svg_finish.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

constexpr double kPointsPerMm = 72 / 25.4;
constexpr int kMostPixels = 30000; ///< an edge of a PNG; Qt's painter ends at 32767

Page pageOf(const Figure& figure, const ExportOptions& options, Surface surface)
{
    FigureStyle style = printStyle();
    style.surface = surface;
    return {figure, options.widthMm * kPointsPerMm / options.magnification, std::move(style)};
}

QByteArray renderSvg(const Figure& figure, const ExportOptions& options)
{
    const Page page = pageOf(figure, options, Surface::Vector);
    const QSizeF size = page.size() * options.magnification;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(72); // a point is a unit
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), size));
    {
        QPainter painter(&generator);
        painter.scale(options.magnification, options.magnification);
        page.paint(painter);
    }
    return finishedSvg(buffer.data(), figure, recipeText(fileRecipe(figure, options)),
                       size / kPointsPerMm);
}

QByteArray renderPdf(const Figure& figure, const ExportOptions& options)
{
    const Page page = pageOf(figure, options, Surface::Vector);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(1200);
    writer.setTitle(figure.title());
    writer.setCreator(QStringLiteral("Caddie " CADDIE_VERSION));
    writer.setDocumentXmpMetadata(xmpMetadata(figure, recipeText(fileRecipe(figure, options))));
    writer.setPageSize(QPageSize(page.size() * options.magnification, QPageSize::Point, {},
                                 QPageSize::ExactMatch));
    writer.setPageMargins({});
    {
        QPainter painter(&writer);
        const double scale = writer.resolution() / 72.0 * options.magnification;
        painter.scale(scale, scale);
        page.paint(painter);
    }
    return withoutDate(buffer.data());
}

QByteArray renderPng(const Figure& figure, const ExportOptions& options)
{
    const Page page = pageOf(figure, options, Surface::Raster);
    const double scale = options.dpi / 72.0 * options.magnification;
    const QSize pixels = (page.size() * scale).toSize();
    if (pixels.isEmpty() || std::max(pixels.width(), pixels.height()) > kMostPixels)
        throw core::Error(core::ErrorKind::Output,
                          QStringLiteral("a figure of %1 x %2 pixels can't be drawn, at most %3 an "
                                         "edge: choose a smaller width or fewer dots an inch")
                              .arg(pixels.width())
                              .arg(pixels.height())
                              .arg(kMostPixels)
                              .toStdString());
    QImage image(pixels, QImage::Format_RGB32);
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.scale(scale, scale);
        page.paint(painter);
    }
    const int dotsPerMetre = static_cast<int>(std::lround(options.dpi / 0.0254));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), figure.title());
    writer.setText(QStringLiteral("Description"), figure.caption());
    writer.setText(QStringLiteral("Recipe"),
                   QString::fromUtf8(recipeText(fileRecipe(figure, options))));
    if (!writer.write(image))
        throw core::Error(core::ErrorKind::Output,
                          "the PNG can't be written: " + writer.errorString().toStdString());
    return buffer.data();
}

} // namespace

std::optional<FigureFormat> figureFormat(const std::filesystem::path& file)
{
    const QString extension = QString::fromStdString(file.extension().string()).toLower();
    if (extension == u".svg")
        return FigureFormat::Svg;
    if (extension == u".pdf")
        return FigureFormat::Pdf;
    if (extension == u".png")
        return FigureFormat::Png;
    if (extension == u".csv")
        return FigureFormat::Csv;
    if (extension == u".json")
        return FigureFormat::Recipe;
    return std::nullopt;
}

QByteArray renderFigure(const Figure& figure, FigureFormat format, const ExportOptions& options)
{
    switch (format) {
    case FigureFormat::Svg:
        return renderSvg(figure, options);
    case FigureFormat::Pdf:
        return renderPdf(figure, options);
    case FigureFormat::Png:
        return renderPng(figure, options);
    case FigureFormat::Recipe:
        return recipeText(fileRecipe(figure, options)) + '\n';
    case FigureFormat::Csv:
        break;
    }
    return QByteArray::fromStdString(figure.csv());
}

QSizeF figurePageSize(const Figure& figure, const ExportOptions& options)
{
    return pageOf(figure, options, Surface::Vector).size() * options.magnification / kPointsPerMm;
}

QString joinedBackends(QStringList names)
{
    static const QString kBetween = QStringLiteral(", ");
    names = names.join(kBetween).split(kBetween, Qt::SkipEmptyParts);
    names.removeDuplicates();
    return names.join(kBetween);
}

void exportFigure(const Figure& figure, const std::filesystem::path& file,
                  const ExportOptions& options)
{
    const std::optional<FigureFormat> format = figureFormat(file);
    if (!format)
        throw core::Error(
            core::ErrorKind::Usage,
            file.string() +
                ": figures are written as .svg, .pdf, .png, .csv or .json (the recipe)");
    const QByteArray bytes = renderFigure(figure, *format, options);
    core::writeFileAtomically(
        file, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace ui
