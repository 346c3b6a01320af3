// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figure_samples.h"
#include "ui/figures/export.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/font_subset.h"

#include <QFontDatabase>
#include <QPainterPath>
#include <QRawFont>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

using namespace ui;

namespace
{

/// A subset as the operating system's font engine reads it.
QRawFont read(const QByteArray& file, double size)
{
    return QRawFont(file, size, QFont::PreferNoHinting);
}

/// The fonts in an SVG, as CSS names their weight.
std::map<QString, QByteArray> fontsIn(const QByteArray& svg)
{
    static const QRegularExpression kRule(QStringLiteral(
        "font-family:'Liberation Sans';font-weight:(\\d+);src:url\\(data:font/ttf;base64,([^)]*)"));
    std::map<QString, QByteArray> fonts;
    auto matches = kRule.globalMatch(QString::fromUtf8(svg));
    while (matches.hasNext()) {
        const auto match = matches.next();
        fonts[match.captured(1)] = QByteArray::fromBase64(match.captured(2).toLatin1());
    }
    return fonts;
}

class FontSubset : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!QFontDatabase::families().contains(QStringLiteral("Liberation Sans")))
            GTEST_SKIP() << "Liberation Sans is not installed";
    }
};

} // namespace

TEST_F(FontSubset, HasTheGlyphsAskedForAsTheInstalledFontHasThemAndNoOthers)
{
    QFont font = printStyle().body;
    font.setPixelSize(100);
    const QString wanted = QStringLiteral("Kernel 3\u00D73 \u2194 \u22120.5");
    const QByteArray file = fontSubset(font, wanted);
    const QRawFont subset = read(file, 100);
    ASSERT_TRUE(subset.isValid());
    EXPECT_EQ(subset.familyName(), font.family());
    const QRawFont whole = QRawFont::fromFont(font);
    for (const QChar character : wanted) {
        ASSERT_TRUE(subset.supportsCharacter(character)) << int(character.unicode());
        const auto glyph = [&](const QRawFont& raw) {
            return raw.glyphIndexesForString(character).front();
        };
        EXPECT_EQ(subset.pathForGlyph(glyph(subset)), whole.pathForGlyph(glyph(whole)));
        EXPECT_EQ(subset.advancesForGlyphIndexes({glyph(subset)}),
                  whole.advancesForGlyphIndexes({glyph(whole)}));
    }
    EXPECT_FALSE(subset.supportsCharacter(u'Q'));
    EXPECT_LT(file.size(), 6000);
    EXPECT_EQ(file, fontSubset(font, wanted));
}

TEST_F(FontSubset, KeepsTheKerning)
{
    EXPECT_FALSE(
        read(fontSubset(printStyle().body, QStringLiteral("AVTo")), 7).fontTable("GPOS").isEmpty());
}

TEST_F(FontSubset, LeavesOutFontsThatOnlyStandIn)
{
    EXPECT_EQ(fontSubset(QFont(QStringLiteral("No Such Font")), QStringLiteral("abc")),
              QByteArray());
}

TEST_F(FontSubset, LetsAnSvgBringAllItsLettersInEveryWeight)
{
    const QByteArray svg = renderFigure(*networkFigure(samples::model()), FigureFormat::Svg);
    const auto fonts = fontsIn(svg);
    EXPECT_EQ(fonts.size(), 2U); // body and title
    QXmlStreamReader xml(svg);
    int texts = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"text")
            continue;
        ++texts;
        const auto font = fonts.find(xml.attributes().value("font-weight").toString());
        ASSERT_NE(font, fonts.end());
        const QRawFont subset = read(font->second, 7);
        for (const QChar character : xml.readElementText())
            EXPECT_TRUE(subset.supportsCharacter(character)) << int(character.unicode());
    }
    EXPECT_GT(texts, 5);
    EXPECT_LT(svg.count("base64"), 3);
}
