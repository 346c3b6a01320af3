// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "tests/ui/figure_samples.h"
#include "ui/figures/export.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/recipe.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

using namespace ui;

namespace
{

std::vector<std::unique_ptr<Figure>> someFigures()
{
    const core::ModelPointer model = samples::model();
    const QString data = QStringLiteral("made-up digits & <others>");
    std::vector<std::unique_ptr<Figure>> figures;
    figures.push_back(overviewFigure(model, samples::evaluation(), data));
    figures.push_back(networkFigure(model));
    figures.push_back(confusionFigure(model, samples::evaluation(), data));
    figures.push_back(kernelsFigure(model, 1));
    ChannelsOptions options;
    options.input = data;
    figures.push_back(channelsFigure(model, samples::activations(*model), options));
    figures.push_back(classHeatmapFigure(model, samples::statistics(*model), HeatmapMode::Maps));
    figures.push_back(maximizationFigure(model, samples::maximization(*model), {}));
    figures.push_back(edgesFigure(model, samples::orientedChannels(*model)));
    return figures;
}

std::unique_ptr<Figure> heatmap()
{
    const core::ModelPointer model = samples::model();
    return classHeatmapFigure(model, samples::statistics(*model));
}

/// The file's text as poppler finds it; empty where poppler is not installed.
QString textOfPdf(const QByteArray& pdf)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
    if (program.isEmpty())
        return {};
    QProcess process;
    process.start(program, {QStringLiteral("-"), QStringLiteral("-")});
    process.write(pdf);
    process.closeWriteChannel();
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

TEST(FigureExport, KnowsFormatsByTheirExtension)
{
    EXPECT_EQ(figureFormat("a/b.SVG"), FigureFormat::Svg);
    EXPECT_EQ(figureFormat("b.pdf"), FigureFormat::Pdf);
    EXPECT_EQ(figureFormat("b.png"), FigureFormat::Png);
    EXPECT_EQ(figureFormat("b.csv"), FigureFormat::Csv);
    EXPECT_EQ(figureFormat("b.json"), FigureFormat::Recipe);
    EXPECT_FALSE(figureFormat("b.jpeg"));
    EXPECT_FALSE(figureFormat("svg"));
}

TEST(FigureExport, WritesWellFormedSvgWithTextAndRecipe)
{
    for (const auto& figure : someFigures()) {
        QXmlStreamReader xml(renderFigure(*figure, FigureFormat::Svg));
        int texts = 0;
        int images = 0;
        QString recipe;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            texts += xml.name() == u"text" ? 1 : 0;
            images += xml.name() == u"image" ? 1 : 0;
            if (xml.name() == u"metadata")
                recipe = xml.readElementText();
        }
        EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
        EXPECT_GT(texts, 10) << figure->title().toStdString();
        EXPECT_EQ(images, 0) << figure->title().toStdString();
        EXPECT_EQ(QJsonDocument::fromJson(recipe.toUtf8()).object(), fileRecipe(*figure, {}));
    }
}

TEST(FigureExport, GivesSvgTheExactWidthThatWasAskedFor)
{
    QXmlStreamReader xml(renderFigure(*heatmap(), FigureFormat::Svg, {89}));
    xml.readNextStartElement();
    EXPECT_EQ(xml.attributes().value(QStringLiteral("width")), u"89.000mm");
    const auto box = xml.attributes().value(QStringLiteral("viewBox")).split(u' ');
    EXPECT_NEAR(box[2].toDouble(), 89 * 72 / 25.4, 0.01);
}

TEST(FigureExport, WritesPdfWithVectorsTextAndRecipe)
{
    for (const auto& figure : someFigures()) {
        const QByteArray pdf = renderFigure(*figure, FigureFormat::Pdf);
        EXPECT_TRUE(pdf.startsWith("%PDF-"));
        EXPECT_FALSE(pdf.contains("/Subtype /Image")) << figure->title().toStdString();
        EXPECT_TRUE(pdf.contains("/FontFile2"));
        EXPECT_TRUE(pdf.contains("LiberationSans"));
        EXPECT_TRUE(pdf.contains("<caddie:recipe>"));
    }
    const QString text = textOfPdf(renderFigure(*heatmap(), FigureFormat::Pdf));
    if (text.isEmpty())
        GTEST_SKIP() << "pdftotext is not installed";
    EXPECT_TRUE(text.contains(QStringLiteral("Class heatmap")));
    EXPECT_TRUE(text.contains(QStringLiteral("made-up digits, 450 images")));
}

TEST(FigureExport, WritesPngOfTheAskedSizeWithRecipe)
{
    const auto figure = heatmap();
    QByteArray bytes = renderFigure(*figure, FigureFormat::Png, {183, 300});
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "png");
    const QImage image = reader.read();
    EXPECT_NEAR(image.width(), 183 / 25.4 * 300, 1);
    EXPECT_NEAR(image.dotsPerMeterX(), 300 / 0.0254, 1);
    EXPECT_EQ(QJsonDocument::fromJson(image.text(QStringLiteral("Recipe")).toUtf8()).object(),
              fileRecipe(*figure, {183, 300}));
    const QSizeF millimetres = figurePageSize(*figure, {183, 300});
    EXPECT_NEAR(image.height(), millimetres.height() / 25.4 * 300, 1);
}

TEST(FigureExport, GivesTheSameBytesTwice)
{
    for (const FigureFormat format :
         {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png, FigureFormat::Csv}) {
        const auto first = someFigures();
        const auto second = someFigures();
        for (std::size_t i = 0; i < first.size(); ++i)
            EXPECT_EQ(renderFigure(*first[i], format, {120, 96}),
                      renderFigure(*second[i], format, {120, 96}))
                << first[i]->title().toStdString();
    }
}

TEST(FigureExport, MagnifiesTypeForASlide)
{
    const auto figure = heatmap();
    const QSizeF paper = figurePageSize(*figure, {160, 300, 1});
    const QSizeF slide = figurePageSize(*figure, {320, 300, 2});
    EXPECT_NEAR(slide.height(), 2 * paper.height(), 0.5);
}

TEST(FigureExport, NamesModelDataAndProgramInEveryRecipe)
{
    for (const auto& figure : someFigures()) {
        const QJsonObject recipe = figure->recipe();
        EXPECT_FALSE(recipe.value(QStringLiteral("view")).toString().isEmpty());
        EXPECT_TRUE(recipe.value(QStringLiteral("program")).toString().startsWith(u"caddie "));
        EXPECT_EQ(recipe.value(QStringLiteral("model"))
                      .toObject()
                      .value(QStringLiteral("hash"))
                      .toString()
                      .size(),
                  64);
    }
}

TEST(FigureExport, RefusesAnExtensionThatIsNoFigure)
{
    try {
        exportFigure(*heatmap(), "figure.jpeg");
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::Usage);
        EXPECT_NE(std::string(error.what()).find("figure.jpeg"), std::string::npos);
    }
}

TEST(FigureExport, SaysWhereAFigureCannotBeWritten)
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("absent/f.svg")).toStdString();
    try {
        exportFigure(*heatmap(), file);
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::Output);
    }
}

TEST(FigureExport, WritesTheFile)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("f.svg"));
    exportFigure(*heatmap(), file.toStdString());
    QFile written(file);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    EXPECT_EQ(written.readAll(), renderFigure(*heatmap(), FigureFormat::Svg));
}

TEST(FigureExport, RefusesAPictureTooLargeToDraw)
{
    EXPECT_THROW(renderFigure(*heatmap(), FigureFormat::Png, {1000, 1200}), core::Error);
}
