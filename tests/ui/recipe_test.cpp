// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "tests/ui/figure_samples.h"
#include "ui/figures/export.h"
#include "ui/figures/figure_set.h"
#include "ui/figures/recipe.h"
#include "ui/figures/recipe_file.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

using namespace ui;

namespace
{

std::unique_ptr<Figure> kernels()
{
    return kernelsFigure(samples::model(), 0);
}

void expectRefused(const QByteArray& bytes, const std::string& words)
{
    try {
        recipeIn(bytes, "figure.svg");
        FAIL() << words;
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::Input);
        EXPECT_NE(std::string(error.what()).find("figure.svg"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
    }
}

} // namespace

TEST(Recipe, IsReadFromEveryFormatThatCarriesIt)
{
    const auto figure = kernels();
    const ExportOptions options{120, 150, 1.5};
    for (const FigureFormat format :
         {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png, FigureFormat::Recipe}) {
        const QJsonObject recipe = recipeIn(renderFigure(*figure, format, options), "f");
        EXPECT_EQ(recipe, fileRecipe(*figure, options)) << static_cast<int>(format);
        const ExportOptions size = sizeOf(recipe);
        EXPECT_EQ(size.widthMm, 120);
        EXPECT_EQ(size.dpi, 150);
        EXPECT_EQ(size.magnification, 1.5);
    }
}

TEST(Recipe, HasAVersionAndSortedKeys)
{
    const QByteArray text = renderFigure(*kernels(), FigureFormat::Recipe);
    const QJsonObject recipe = QJsonDocument::fromJson(text).object();
    EXPECT_EQ(recipe.value(QStringLiteral("recipe")).toInt(), kRecipeVersion);
    qsizetype last = -1;
    for (const char* key : {"\"layer\":", "\"model\":{\"architecture\":", "\"program\":",
                            "\"recipe\":", "\"size\":{\"dpi\":", "\"view\":"}) {
        const qsizetype place = text.indexOf(key);
        EXPECT_GT(place, last) << key << "\n" << text.toStdString();
        last = place;
    }
}

TEST(Recipe, SaysInASentenceWhatIsWrongWithAFile)
{
    expectRefused("<svg></svg>", "no recipe inside");
    expectRefused("%PDF-1.4 nothing", "no recipe inside");
    expectRefused("\x89PNG\r\n", "no recipe inside");
    expectRefused("", "no recipe inside");
    expectRefused("{\"view\":", "damaged");
    expectRefused("{\"view\":\"kernels\"}", "this is no recipe");
    expectRefused("{\"recipe\":99,\"view\":\"kernels\"}", "version 99");
}

TEST(Recipe, RefusesASizeThatNobodyCouldDraw)
{
    const QJsonObject recipe = QJsonDocument::fromJson(R"({"size":{"widthMm":1e9}})").object();
    EXPECT_THROW(sizeOf(recipe), core::Error);
    EXPECT_EQ(sizeOf({}).widthMm, ExportOptions().widthMm);
}

TEST(Recipe, PacksPixelsAsBytesAndAnythingElseWithoutLoss)
{
    std::vector<float> pixels;
    for (int level = 0; level < 256; ++level)
        pixels.push_back(static_cast<float>(level) / 255.0F);
    const QString packed = packedFloats(pixels);
    EXPECT_TRUE(packed.startsWith(QStringLiteral("u8:")));
    EXPECT_EQ(unpackedFloats(packed), pixels);

    pixels = {0.1F, -3.5F, 1e-30F, 1.0F};
    const QString floats = packedFloats(pixels);
    EXPECT_TRUE(floats.startsWith(QStringLiteral("f32:")));
    EXPECT_EQ(unpackedFloats(floats), pixels);
    const float wild[] = {std::nextafter(1.0F, 0.0F), std::numeric_limits<float>::quiet_NaN()};
    const std::vector<float> back = unpackedFloats(packedFloats(wild));
    EXPECT_EQ(std::memcmp(back.data(), wild, sizeof wild), 0);

    EXPECT_THROW(unpackedFloats(QStringLiteral("u8:!!")), core::Error);
    EXPECT_THROW(unpackedFloats(QStringLiteral("f32:AAA=")), core::Error);
    EXPECT_THROW(unpackedFloats(QStringLiteral("AAAA")), core::Error);
}

TEST(Recipe, GivesBackTheSettingsOfFeatureVisualisation)
{
    for (const char* preset : {"plain", "smooth", "robust"}) {
        core::MaximizerOptions options = core::maximizerPreset(preset);
        options.seed = 18446744073709551557ULL;
        options.direction = core::AscentDirection::Minimize;
        const QJsonObject written = toRecipe(options);
        EXPECT_EQ(toRecipe(maximizerFromRecipe(written)), written) << preset;
        EXPECT_EQ(maximizerFromRecipe(written).seed, options.seed);
    }
}
