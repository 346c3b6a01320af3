// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figure_samples.h"
#include "ui/figures/circuit_figure.h"
#include "ui/figures/colour_map.h"
#include "ui/figures/drawing_record.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/preflight.h"

#include <QPainter>

#include <gtest/gtest.h>

#include <algorithm>

using namespace ui;

namespace
{

const QString kWords = QStringLiteral("words on a box");

/// A figure with one text of a given size and colour on a box, and two lines.
class TestFigure : public Figure
{
public:
    int typeSize = 7;
    double lineWidth = 0.5;
    QColor text = Qt::black;
    QColor box = Qt::white;
    QColor first = Qt::blue;
    QColor second = QColor(200, 80, 0);
    double nextWord = 0; ///< where a second text begins, from the beginning of the first
    double beyond = 0;   ///< how much longer a line is than the figure is wide

    QString title() const override { return QStringLiteral("Title"); }
    QString caption() const override { return QStringLiteral("Caption."); }
    double heightFor(double, const FigureStyle&) const override { return 100; }
    void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const override
    {
        painter.fillRect(area, box);
        QFont font = style.body;
        font.setPixelSize(typeSize);
        painter.setFont(font);
        painter.setPen(text);
        painter.drawText(area, Qt::AlignCenter, kWords);
        if (nextWord > 0) {
            const QRectF words = painter.boundingRect(area, Qt::AlignCenter, kWords);
            painter.drawText(words.translated(nextWord, 0), Qt::TextDontClip,
                             QStringLiteral("next"));
        }
        painter.setPen(QPen(first, lineWidth));
        painter.drawLine(area.topLeft(), area.topRight() + QPointF(beyond, 0));
        painter.setPen(QPen(second, 1));
        painter.drawLine(area.bottomLeft(), area.bottomRight());
    }
    std::string csv() const override { return {}; }
    QJsonObject recipe() const override { return {}; }
};

PreflightFinding finding(const Figure& figure, const char* what, const ExportOptions& options = {})
{
    const auto found = preflight(figure, options);
    const auto one = std::ranges::find(found, QLatin1String(what), &PreflightFinding::what);
    EXPECT_NE(one, found.end()) << what;
    return one == found.end() ? PreflightFinding{} : *one;
}

} // namespace

TEST(Preflight, MeasuresTheSmallestTextAtItsFinalSize)
{
    TestFigure figure;
    figure.typeSize = 4;
    EXPECT_FALSE(finding(figure, "smallest-text").passed);
    EXPECT_NEAR(finding(figure, "smallest-text").value, 4, 1e-9);
    EXPECT_TRUE(finding(figure, "smallest-text").sentence.contains(u"words on a box"));
    // Twice as large on a slide.
    EXPECT_TRUE(finding(figure, "smallest-text", {330, 300, 2}).passed);
    EXPECT_NEAR(finding(figure, "smallest-text", {330, 300, 2}).value, 8, 1e-9);
}

TEST(Preflight, MeasuresTheThinnestLineAtItsFinalSize)
{
    TestFigure figure;
    figure.lineWidth = 0.2;
    EXPECT_FALSE(finding(figure, "thinnest-line").passed);
    EXPECT_NEAR(finding(figure, "thinnest-line").value, 0.2, 1e-9);
    EXPECT_TRUE(finding(figure, "thinnest-line", {330, 300, 2}).passed);
}

TEST(Preflight, ComparesTextWithWhatLiesBelowIt)
{
    TestFigure figure;
    figure.text = QColor(0x77, 0x77, 0x77);
    EXPECT_NEAR(finding(figure, "contrast").value, 4.48, 0.005); // on white, as WCAG gives it
    EXPECT_FALSE(finding(figure, "contrast").passed);
    figure.box = Qt::black;
    EXPECT_NEAR(finding(figure, "contrast").value, 21 / 4.48, 0.01);
    EXPECT_TRUE(finding(figure, "contrast").passed);
}

TEST(Preflight, SeesTextsThatRunIntoEachOther)
{
    TestFigure figure;
    EXPECT_TRUE(finding(figure, "overlapping-text").passed);
    figure.nextWord = 20; // begins within the other
    EXPECT_FALSE(finding(figure, "overlapping-text").passed);
    EXPECT_TRUE(finding(figure, "overlapping-text").sentence.contains(u"\u201Cnext\u201D"));
    figure.nextWord = 100;
    EXPECT_TRUE(finding(figure, "overlapping-text").passed);
}

TEST(Preflight, SeesWhatIsBeyondTheEdge)
{
    TestFigure figure;
    EXPECT_TRUE(finding(figure, "cut-off").passed);
    figure.beyond = 30;
    EXPECT_FALSE(finding(figure, "cut-off").passed);
    EXPECT_NEAR(finding(figure, "cut-off").value, 26, 1e-6); // the margin is 4
}

TEST(Preflight, FindsNothingCutOffNorOverlappingInASingleColumn)
{
    const core::ModelPointer golf = samples::model();
    const core::ModelPointer wide =
        samples::model("8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10");
    for (const core::ModelPointer& model : {golf, wide}) {
        CircuitOptions circuit;
        circuit.activations = samples::activations(*model);
        std::vector<std::unique_ptr<Figure>> figures;
        figures.push_back(overviewFigure(model, samples::evaluation(), QStringLiteral("digits")));
        figures.push_back(networkFigure(model));
        figures.push_back(std::make_unique<CircuitFigure>(model, circuit));
        figures.push_back(maximizationFigure(model, samples::maximization(*model), {}));
        for (const auto& figure : figures)
            for (const char* what : {"cut-off", "overlapping-text"}) {
                const PreflightFinding found = finding(*figure, what, {89});
                EXPECT_TRUE(found.passed)
                    << figure->title().toStdString() << ": " << found.sentence.toStdString();
            }
    }
}

TEST(Preflight, FindsLineColoursThatAColourBlindReaderConfuses)
{
    TestFigure figure;
    EXPECT_TRUE(finding(figure, "deuteranopia").passed);
    EXPECT_TRUE(finding(figure, "protanopia").passed);
    figure.first = QColor(0xB0, 0x40, 0x20); // a red and a green of one brightness
    figure.second = QColor(0x60, 0x70, 0x10);
    EXPECT_GT(colourDistance(figure.first, figure.second), 2 * kColourDistance);
    EXPECT_FALSE(finding(figure, "deuteranopia").passed);
}

TEST(Preflight, PassesEveryFigureOfTheSet)
{
    const core::ModelPointer model = samples::model();
    std::vector<std::unique_ptr<Figure>> figures;
    figures.push_back(networkFigure(model));
    figures.push_back(confusionFigure(model, samples::evaluation(), QStringLiteral("digits")));
    figures.push_back(kernelsFigure(model, 1));
    figures.push_back(channelsFigure(model, samples::activations(*model), {}));
    for (const auto mode : {HeatmapMode::Rows, HeatmapMode::Maps, HeatmapMode::Difference})
        figures.push_back(classHeatmapFigure(model, samples::statistics(*model), mode));
    figures.push_back(edgesFigure(model, samples::orientedChannels(*model)));
    figures.push_back(maximizationFigure(model, samples::maximization(*model), {}));
    for (const auto& figure : figures)
        for (const PreflightFinding& found : preflight(*figure))
            if (found.what != u"height" && found.what != u"cut-text")
                EXPECT_TRUE(found.passed)
                    << figure->title().toStdString() << ": " << found.sentence.toStdString();
}

TEST(ColourVision, AgreesWithThePublishedMatricesOnPureColours)
{
    // Columns of Machado's matrices for severity 1, clamped and encoded as sRGB by hand.
    EXPECT_EQ(simulated(QColor(255, 0, 0), ColourVision::Deuteranopia), QColor(163, 144, 0));
    EXPECT_EQ(simulated(QColor(255, 0, 0), ColourVision::Protanopia), QColor(109, 95, 0));
    EXPECT_EQ(simulated(QColor(0, 0, 255), ColourVision::Deuteranopia), QColor(0, 61, 251));
    EXPECT_EQ(simulated(QColor(10, 20, 30), ColourVision::Normal), QColor(10, 20, 30));
}

TEST(ColourVision, LeavesGreysAsTheyAre)
{
    for (int level = 0; level < 256; level += 15)
        for (const auto vision : {ColourVision::Deuteranopia, ColourVision::Protanopia}) {
            const QColor seen = simulated(QColor(level, level, level), vision);
            EXPECT_NEAR(seen.red(), level, 1);
            EXPECT_NEAR(seen.green(), level, 1);
            EXPECT_NEAR(seen.blue(), level, 1);
        }
}

TEST(ColourVision, KeepsTheSidesOfTheSignedMapApart)
{
    for (const auto vision : {ColourVision::Deuteranopia, ColourVision::Protanopia})
        for (const double share : {0.2, 0.5, 1.0}) {
            const QColor low(colourAt(ColourMap::Signed, 0.5 - share / 2));
            const QColor high(colourAt(ColourMap::Signed, 0.5 + share / 2));
            EXPECT_GT(colourDistance(simulated(low, vision), simulated(high, vision)),
                      kColourDistance)
                << share;
        }
}

TEST(ColourVision, MeasuresContrastAndDistanceAsTheirStandardsDo)
{
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21, 1e-4);
    EXPECT_NEAR(contrast(Qt::white, Qt::white), 1, 1e-9);
    EXPECT_NEAR(colourDistance(Qt::black, Qt::white), 100, 0.05); // L* from 0 to 100
    EXPECT_NEAR(colourDistance(QColor(255, 0, 0), QColor(0, 255, 0)), 170.6, 0.5);
}

TEST(DrawingRecord, SeesWhatIsPaintedWithItsTransform)
{
    DrawingRecord record({200, 100});
    QPainter painter(&record);
    painter.scale(2, 2);
    painter.fillRect(QRectF(0, 0, 100, 50), QColor(10, 20, 30));
    QFont font(QStringLiteral("Liberation Sans"));
    font.setPixelSize(6);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(QPointF(10, 20), QStringLiteral("seen"));
    painter.setPen(QPen(Qt::red, 0.25));
    painter.drawLine(QPointF(0, 0), QPointF(10, 10));
    painter.drawImage(QPointF(), QImage(2, 2, QImage::Format_RGB32));
    painter.end();
    ASSERT_EQ(record.texts().size(), 1U);
    EXPECT_EQ(record.texts()[0].text, u"seen");
    EXPECT_NEAR(record.texts()[0].size, 12, 1e-9);
    EXPECT_EQ(record.texts()[0].behind, QColor(10, 20, 30));
    ASSERT_EQ(record.lines().size(), 1U);
    EXPECT_NEAR(record.lines()[0].width, 0.5, 1e-9);
    EXPECT_EQ(record.images(), 1);
}
