// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figure_samples.h"
#include "ui/figures/channels_figure.h"
#include "ui/figures/circuit_figure.h"
#include "ui/figures/class_heatmap_figure.h"
#include "ui/figures/kernels_figure.h"
#include "ui/figures/maximization_figure.h"
#include "ui/figures/overview_figure.h"
#include "ui/figures/weights_figure.h"

#include <QFontMetricsF>
#include <QImage>

#include <gtest/gtest.h>

using namespace ui;

namespace
{

FigureStyle onScreen()
{
    return screenStyle(QPalette(), QFont());
}

/// One of each figure, for what holds for all of them.
std::vector<std::unique_ptr<SceneFigure>> allFigures(const core::ModelPointer& model)
{
    std::vector<std::unique_ptr<SceneFigure>> figures;
    figures.push_back(std::make_unique<OverviewFigure>(model, samples::evaluation(),
                                                       QStringLiteral("made-up digits"),
                                                       OverviewFigure::Part::Page));
    for (int unit = 0; unit < static_cast<int>(model->architecture.units().size()); ++unit) {
        ChannelsOptions options;
        options.unit = unit;
        figures.push_back(
            std::make_unique<ChannelsFigure>(model, samples::activations(*model), options));
        figures.push_back(std::make_unique<KernelsFigure>(model, unit));
    }
    for (const auto mode : {HeatmapMode::Rows, HeatmapMode::Maps, HeatmapMode::Difference})
        figures.push_back(
            std::make_unique<ClassHeatmapFigure>(model, samples::statistics(*model), mode));
    figures.push_back(std::make_unique<MaximizationFigure>(model, samples::maximization(*model),
                                                           MaximizationFigureOptions{}));
    figures.push_back(std::make_unique<WeightsFigure>(model, model));
    figures.push_back(std::make_unique<CircuitFigure>(model));
    CircuitOptions lively;
    lively.activations = samples::activations(*model);
    figures.push_back(std::make_unique<CircuitFigure>(model, lively));
    return figures;
}

class FigureOf : public testing::TestWithParam<const char*>
{
};

INSTANTIATE_TEST_SUITE_P(Networks, FigureOf,
                         testing::Values(samples::kGolf,
                                         "8@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10",
                                         "6@5x5 relu pool, linear 128 relu, linear 10", "linear 10",
                                         "3@5x3 bn tanh gavgpool, linear 10"));

} // namespace

TEST_P(FigureOf, TellsEveryCellByItsMiddle)
{
    const core::ModelPointer model = samples::model(GetParam());
    for (const auto& figure : allFigures(model)) {
        const Scene scene = figure->scene(900, onScreen(), 600);
        for (const SceneMap& map : scene.maps())
            for (int row = 0; row < map.map->rows; ++row)
                for (int column = 0; column < map.map->columns; ++column) {
                    const auto hit = scene.at(map.map->cell(map.area, row, column).center());
                    ASSERT_TRUE(hit) << figure->title().toStdString();
                    ASSERT_EQ(hit->key, map.key) << figure->title().toStdString();
                    ASSERT_EQ(hit->row, row);
                    ASSERT_EQ(hit->column, column);
                    ASSERT_EQ(hit->value, map.map->at(row, column));
                }
    }
}

TEST_P(FigureOf, KeepsMapsApartAndWithinItsSize)
{
    const core::ModelPointer model = samples::model(GetParam());
    for (const auto& figure : allFigures(model))
        for (const double width : {360.0, 732.0, 1900.0}) {
            const Scene scene = figure->scene(width, onScreen(), 640);
            const QRectF page(0, 0, width + 0.5, scene.height() + 0.5);
            for (std::size_t i = 0; i < scene.maps().size(); ++i) {
                ASSERT_TRUE(page.contains(scene.maps()[i].area))
                    << figure->title().toStdString() << " at " << width;
                for (std::size_t j = 0; j < i; ++j)
                    ASSERT_FALSE(scene.maps()[i].area.intersects(scene.maps()[j].area))
                        << figure->title().toStdString() << " at " << width;
            }
        }
}

TEST_P(FigureOf, ScalesPixelsByWholeNumbersOnScreen)
{
    const core::ModelPointer model = samples::model(GetParam());
    for (const auto& figure : allFigures(model)) {
        const Scene scene = figure->scene(732, onScreen(), 640);
        for (const SceneMap& map : scene.maps()) {
            const double scale = map.area.width() / map.map->columns;
            EXPECT_EQ(scale, std::floor(scale)) << figure->title().toStdString();
        }
    }
}

TEST(Scene, FindsNothingBetweenTheMaps)
{
    Scene scene(onScreen());
    scene.addMap({0, 0}, {10, 10, 20, 20},
                 std::make_shared<HeatMap>(HeatMap{1, 1, {1}, signedScale(1), {}, {}}));
    EXPECT_FALSE(scene.at({9.9, 15}));
    EXPECT_TRUE(scene.at({10, 15}));
    EXPECT_FALSE(scene.at({30, 15}));
}

TEST(Scene, PaintsTheSameColoursOnBothSurfaces)
{
    const auto map =
        std::make_shared<HeatMap>(HeatMap{2, 2, {-1, -0.5, 0.5, 1}, signedScale(1), {}, {}, false});
    for (const Surface surface : {Surface::Raster, Surface::Vector}) {
        FigureStyle style = onScreen();
        style.surface = surface;
        QImage image(40, 40, QImage::Format_RGB32);
        image.fill(Qt::green);
        QPainter painter(&image);
        paintHeatMap(painter, {0, 0, 40, 40}, *map, style);
        painter.end();
        for (int i = 0; i < 4; ++i)
            EXPECT_EQ(image.pixel(10 + 20 * (i % 2), 10 + 20 * (i / 2)),
                      map->scale.colour(map->values[static_cast<std::size_t>(i)]));
    }
}

TEST(Scene, LeavesRemovedWeightsEmpty)
{
    HeatMap map{1, 2, {0, 0}, signedScale(1), {}, {true, false}, false};
    for (const Surface surface : {Surface::Raster, Surface::Vector}) {
        FigureStyle style = onScreen();
        style.surface = surface;
        QImage image(80, 40, QImage::Format_RGB32);
        image.fill(Qt::green);
        QPainter painter(&image);
        paintHeatMap(painter, {0, 0, 80, 40}, map, style);
        painter.end();
        EXPECT_EQ(image.pixel(5, 5), QColor(Qt::green).rgb()); // the ground
        EXPECT_EQ(image.pixel(60, 20), map.scale.colour(0));   // a zero that is there
        int tick = 0;
        for (int x = 0; x < 40; ++x)
            tick += image.pixel(x, 20) != QColor(Qt::green).rgb() ? 1 : 0;
        EXPECT_GE(tick, 1);
        EXPECT_LE(tick, 4);
    }
}

TEST(Scene, MarksFeatureNeuronsWhereTheyAre)
{
    const core::ModelPointer model = samples::model();
    for (const auto mode : {HeatmapMode::Rows, HeatmapMode::Maps, HeatmapMode::Difference}) {
        const ClassHeatmapFigure figure(model, samples::statistics(*model), mode);
        const Scene scene = figure.scene(900, onScreen(), 600);
        for (int label = 0; label < 10; ++label)
            for (int feature = 0; feature < 36; ++feature) {
                const SceneHit hit = figure.hitOf({label, feature});
                EXPECT_EQ(figure.cellAt(hit), (FeatureCell{label, feature}));
                const SceneMap* map = scene.find(hit.key);
                ASSERT_NE(map, nullptr);
                EXPECT_FLOAT_EQ(map->map->at(hit.row, hit.column),
                                static_cast<float>(figure.value(label, feature)));
            }
    }
}

TEST(Scene, HatchesWhatNothingReads)
{
    const core::ModelPointer model = samples::model();
    ChannelsOptions options; // conv1: its last row and column are left over by the pooling
    const ChannelsFigure figure(model, samples::activations(*model), options);
    const Scene scene = figure.scene(732, onScreen(), 640);
    const HeatMap& output = *scene.find({ChannelsFigure::Output, 0})->map;
    EXPECT_TRUE(output.hatched[24 * 25 + 3]);
    EXPECT_TRUE(output.hatched[3 * 25 + 24]);
    EXPECT_FALSE(output.hatched[3 * 25 + 3]);
    const HeatMap& input = *scene.find({ChannelsFigure::Input, 0})->map;
    EXPECT_FALSE(input.hatched[27 * 28 + 27]); // conv1 itself does read it
}

TEST(Scene, FindsMapsBeforePlacesAndTheFirstOfPlacesThatOverlap)
{
    Scene scene(onScreen());
    const QRectF inner(40, 0, 40, 40);
    const auto map = std::make_shared<HeatMap>(HeatMap{2, 2, {1, 2, 3, 4}, {}, {}, {}});
    scene.addPlace({1, 0}, inner, 4, 8);
    scene.addPlace({2, 0}, {0, 0, 100, 40});
    scene.addMap({0, 0}, {0, 0, 20, 20}, map);
    EXPECT_EQ(scene.at({15, 15}), (SceneHit{{0, 0}, 1, 1, 4}));
    EXPECT_EQ(scene.at({79.5, 25}), (SceneHit{{1, 0}, 2, 7}));
    EXPECT_EQ(scene.at({90, 25}), (SceneHit{{2, 0}, 0, 0}));
    EXPECT_FALSE(scene.at({90, 45}));
    EXPECT_EQ(scene.areaOf({1, 0}), inner);
    EXPECT_EQ(scene.areaOf({0, 0}), QRectF(0, 0, 20, 20));
    EXPECT_FALSE(scene.areaOf({3, 0}));
    EXPECT_EQ(scene.find({1, 0}), nullptr);
}
