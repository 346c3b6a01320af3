// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/preflight.h"

#include "ui/figures/drawing_record.h"
#include "ui/figures/figure.h"
#include "ui/figures/page.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <set>

namespace ui
{

namespace
{

constexpr double kPointsPerMm = 72 / 25.4;
constexpr double kMostHeightMm = 247; ///< of a page of Nature, with room for the legend below
constexpr double kColumnsMm = 183;    ///< wider is no journal's figure
constexpr std::size_t kMostNamed = 8; ///< more colours are shades of a scale, not names
constexpr double kAlmost = 1e-6;      ///< what scaling back and forth may cost

Page pageOf(const Figure& figure, const ExportOptions& options, Surface surface)
{
    FigureStyle style = printStyle();
    style.surface = surface;
    return {figure, options.widthMm * kPointsPerMm / options.magnification, std::move(style)};
}

QString quoted(const QString& text)
{
    constexpr qsizetype kMost = 40;
    const QString shown = text.size() > kMost ? text.left(kMost) + QChar(0x2026) : text;
    return QStringLiteral("\u201C%1\u201D").arg(shown);
}

QString number(double value, int decimals)
{
    return QString::number(value, 'f', decimals);
}

PreflightFinding smallestText(const std::vector<PaintedText>& texts)
{
    const auto smallest = std::ranges::min_element(texts, {}, &PaintedText::size);
    return {smallest->size >= kSmallestText - kAlmost, QStringLiteral("smallest-text"),
            smallest->size, kSmallestText,
            QStringLiteral("Smallest text %1 pt, as in %2; journals ask for at least %3 pt.")
                .arg(number(smallest->size, 1), quoted(smallest->text), number(kSmallestText, 0))};
}

PreflightFinding font(const std::vector<PaintedText>& texts)
{
    const QString wanted = printStyle().body.family();
    const auto other =
        std::ranges::find_if(texts, [&](const PaintedText& text) { return text.family != wanted; });
    const bool passed = other == texts.end();
    return {passed, QStringLiteral("font"), passed ? 0.0 : 1.0, 0,
            passed ? QStringLiteral("All text is in %1.").arg(wanted)
                   : QStringLiteral("%1 is not installed, so %2 takes its place.")
                         .arg(wanted, other->family)};
}

PreflightFinding contrastOfText(const std::vector<PaintedText>& texts)
{
    const auto of = [](const PaintedText& text) { return contrast(text.colour, text.behind); };
    const auto worst = std::ranges::min_element(texts, {}, of);
    return {of(*worst) >= kTextContrast, QStringLiteral("contrast"), of(*worst), kTextContrast,
            QStringLiteral("Lowest contrast of text %1 : 1, in %2; at least %3 : 1 reads well.")
                .arg(number(of(*worst), 1), quoted(worst->text), number(kTextContrast, 1))};
}

PreflightFinding cutText(const std::vector<PaintedText>& texts)
{
    const auto isCut = [](const PaintedText& text) { return text.text.contains(QChar(0x2026)); };
    const auto count = std::ranges::count_if(texts, isCut);
    if (count == 0)
        return {true, QStringLiteral("cut-text"), 0, 0, QStringLiteral("No text is cut short.")};
    return {false, QStringLiteral("cut-text"), static_cast<double>(count), 0,
            QStringLiteral("%1 cut short to fit, as %2; a wider figure has room.")
                .arg(count == 1 ? QStringLiteral("One text is")
                                : QStringLiteral("%1 texts are").arg(count),
                     quoted(std::ranges::find_if(texts, isCut)->text))};
}

PreflightFinding overlaps(const std::vector<PaintedText>& texts)
{
    constexpr double kTouch = 0.5; // of a point
    for (auto a = texts.begin(); a != texts.end(); ++a)
        for (auto b = texts.begin(); b != a; ++b) {
            const QRectF common = a->box & b->box;
            if (common.width() > kTouch && common.height() > kTouch)
                return {false, QStringLiteral("overlapping-text"), common.width(), 0,
                        QStringLiteral("%1 and %2 run into each other; a wider figure has room.")
                            .arg(quoted(b->text), quoted(a->text))};
        }
    return {true, QStringLiteral("overlapping-text"), 0, 0,
            QStringLiteral("No text runs into another.")};
}

PreflightFinding cutOff(const QRectF& painted, const QSizeF& page)
{
    constexpr double kOutline = 1; // of a point
    const double beyond = std::max({-painted.left(), -painted.top(), painted.right() - page.width(),
                                    painted.bottom() - page.height()});
    return {beyond <= kOutline, QStringLiteral("cut-off"), std::max(0.0, beyond), kOutline,
            beyond <= kOutline
                ? QStringLiteral("All of it is on the page.")
                : QStringLiteral("%1 pt of it are beyond the page's edge; a wider figure has room.")
                      .arg(number(beyond, 0))};
}

PreflightFinding thinnestLine(const std::vector<PaintedLine>& lines)
{
    const double width = std::ranges::min_element(lines, {}, &PaintedLine::width)->width;
    return {width >= kThinnestLine - kAlmost, QStringLiteral("thinnest-line"), width, kThinnestLine,
            QStringLiteral("Thinnest line %1 pt; journals ask for at least %2 pt.")
                .arg(number(width, 2), number(kThinnestLine, 2))};
}

/// Those that are no grey, which stands for nothing.
std::vector<QColor> lineColours(const std::vector<PaintedLine>& lines)
{
    constexpr int kGrey = 24; ///< between the largest and the smallest of red, green, blue
    std::set<QRgb> distinct;
    for (const PaintedLine& line : lines) {
        const auto [low, high] =
            std::minmax({line.colour.red(), line.colour.green(), line.colour.blue()});
        if (high - low > kGrey)
            distinct.insert(line.colour.rgb());
    }
    return {distinct.begin(), distinct.end()};
}

double closest(const std::vector<QColor>& colours, ColourVision vision)
{
    double least = colourDistance(Qt::black, Qt::white);
    for (std::size_t i = 0; i < colours.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            least = std::min(least, colourDistance(simulated(colours[i], vision),
                                                   simulated(colours[k], vision)));
    return least;
}

PreflightFinding lineColoursFor(const std::vector<QColor>& colours, ColourVision vision)
{
    const bool green = vision == ColourVision::Deuteranopia;
    const QString name = green ? QStringLiteral("deuteranopia") : QStringLiteral("protanopia");
    const double least = closest(colours, vision);
    return {least >= kColourDistance, name, least, kColourDistance,
            QStringLiteral("With %1 the two closest of %2 line colours are %3 apart (CIELAB); at "
                           "least %4 can be told apart.")
                .arg(name)
                .arg(colours.size())
                .arg(number(least, 0), number(kColourDistance, 0))};
}

PreflightFinding pageHeight(double millimetres)
{
    return {millimetres <= kMostHeightMm, QStringLiteral("height"), millimetres, kMostHeightMm,
            QStringLiteral("%1 mm high; a journal's page has %2 mm.")
                .arg(number(millimetres, 0), number(kMostHeightMm, 0))};
}

PreflightFinding raster(int images)
{
    return {images == 0, QStringLiteral("raster"), static_cast<double>(images), 0,
            images == 0 ? QStringLiteral("SVG and PDF are vectors throughout.")
                        : QStringLiteral("%1 pixel images in SVG and PDF.").arg(images)};
}

} // namespace

std::vector<PreflightFinding> preflight(const Figure& figure, const ExportOptions& options)
{
    const Page page = pageOf(figure, options, Surface::Vector);
    DrawingRecord record(page.size() * options.magnification);
    {
        QPainter painter(&record);
        painter.scale(options.magnification, options.magnification);
        page.paint(painter);
    }
    std::vector<PreflightFinding> findings;
    if (!record.texts().empty()) {
        findings = {smallestText(record.texts()), font(record.texts()),
                    contrastOfText(record.texts()), cutText(record.texts()),
                    overlaps(record.texts())};
    }
    findings.push_back(cutOff(record.bounds(), page.size() * options.magnification));
    if (!record.lines().empty())
        findings.push_back(thinnestLine(record.lines()));
    const std::vector<QColor> colours = lineColours(record.lines());
    if (colours.size() > 1 && colours.size() <= kMostNamed)
        for (const auto vision : {ColourVision::Deuteranopia, ColourVision::Protanopia})
            findings.push_back(lineColoursFor(colours, vision));
    if (options.widthMm <= kColumnsMm)
        findings.push_back(pageHeight(page.size().height() * options.magnification / kPointsPerMm));
    findings.push_back(raster(record.images()));
    return findings;
}

QImage preview(const Figure& figure, const ExportOptions& options, int width, ColourVision vision)
{
    const Page page = pageOf(figure, options, Surface::Raster);
    const double scale = width / page.size().width();
    QImage image((page.size() * scale).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(scale, scale);
    page.paint(painter);
    painter.end();
    return simulated(std::move(image), vision);
}

} // namespace ui
