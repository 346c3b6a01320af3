// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/study.h"
#include "tests/support/places.h"
#include "tests/support/sample_studies.h"
#include "ui/figures/sweep_figures.h"
#include "ui/figures/sweep_recipe.h"
#include "ui/figures/value_axis.h"

#include <gtest/gtest.h>

#include <QJsonArray>

using namespace ui;

namespace
{

std::vector<double> sharesOf(const std::vector<AxisTick>& ticks)
{
    std::vector<double> shares;
    for (const AxisTick& tick : ticks)
        shares.push_back(tick.share);
    return shares;
}

QStringList textsOf(const std::vector<AxisTick>& ticks)
{
    QStringList texts;
    for (const AxisTick& tick : ticks)
        texts << tick.text;
    return texts;
}

class SweepFigures : public testing::Test
{
protected:
    SweepDataPointer studied(int trials)
    {
        const std::string url = (folder / "studies.db").string();
        test::fillStudy(url, "s", trials);
        const core::Study study(url, "s");
        return sweepData("s", url, study.direction(), study.trials());
    }

    static std::vector<std::unique_ptr<SweepFigure>> all(const SweepDataPointer& data)
    {
        std::vector<std::unique_ptr<SweepFigure>> figures;
        figures.push_back(
            std::make_unique<SweepHistoryFigure>(data, SweepHistoryFigure::usualRange(*data)));
        figures.push_back(
            std::make_unique<SweepCurvesFigure>(data, SweepCurvesFigure::usualRange(*data)));
        figures.push_back(std::make_unique<SweepDistributionFigure>(
            data, SweepDistributionFigure::usualRange(*data)));
        figures.push_back(std::make_unique<SweepParallelFigure>(data));
        figures.push_back(std::make_unique<SweepSlicesFigure>(data));
        figures.push_back(std::make_unique<SweepImportanceFigure>(
            data, core::parameterImportance(data->space, data->history())));
        if (!data->space.dimensions.empty())
            figures.push_back(std::make_unique<SweepContourFigure>(contourOf(data, "batch", "lr")));
        return figures;
    }

    static Scene laidOut(const SweepFigure& figure)
    {
        return figure.scene(700, screenStyle(QPalette(), QFont()), 300);
    }

    test::TemporaryFolder folder;
};

} // namespace

TEST(ValueAxis, PutsRoundNumbersWhereTheyBelong)
{
    const auto percents = ValueAxis(0.97, 0.98, 100).ticks(3);
    EXPECT_EQ(textsOf(percents), QStringList({"97.0", "97.5", "98.0"}));
    EXPECT_NEAR(sharesOf(percents)[1], 0.5, 1e-9);
    const auto powers = ValueAxis(core::FloatRange{1e-5, 1e-2, true}).ticks(9);
    EXPECT_EQ(textsOf(powers), QStringList({"1e-05", "0.0001", "0.001", "0.01"}));
    EXPECT_NEAR(sharesOf(powers)[1], 1.0 / 3, 1e-9);
    const auto names =
        ValueAxis(core::Categories{{std::string("relu"), std::string("prelu")}}).ticks(9);
    EXPECT_EQ(textsOf(names), QStringList({"relu", "prelu"}));
    EXPECT_EQ(sharesOf(names), std::vector<double>({0.25, 0.75}));
    for (const AxisTick& tick : ValueAxis(core::IntRange{1, 4}).ticks(40))
        EXPECT_FALSE(tick.text.contains(u'.')) << "whole numbers have no tick between them";
}

TEST(WithinPlot, CutsLinesAtTheEdge)
{
    const QRectF plot(0, 0, 10, 10);
    EXPECT_EQ(withinPlot({{-10, 5}, {10, 5}}, plot), QPolygonF({{0, 5}, {10, 5}}));
    EXPECT_EQ(withinPlot({{5, 5}, {5, 25}}, plot), QPolygonF({{5, 5}, {5, 10}}));
    EXPECT_TRUE(withinPlot({{20, 0}, {20, 10}}, plot).isEmpty());
    for (const QPointF& point : withinPlot({{-5, -5}, {5, 20}, {20, 5}, {3, 3}}, plot))
        EXPECT_TRUE(plot.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(point));
}

TEST(PlotRange, ZoomsAboutAPlaceAndBack)
{
    const PlotRange range{0, 100, 0.9, 1};
    const PlotRange near = range.zoomed(2, 0.25, 0.5);
    EXPECT_NEAR(near.left, 12.5, 1e-9);
    EXPECT_NEAR(near.right, 62.5, 1e-9);
    EXPECT_NEAR(near.low, 0.925, 1e-9);
    const PlotRange back = near.zoomed(0.5, 0.25, 0.5);
    EXPECT_NEAR(back.right, 100, 1e-9);
    EXPECT_EQ(plotRangeFromJson(toJson(near)), near);
    EXPECT_FALSE(plotRangeFromJson({{"left", 1}, {"right", 1}}));
    PlotRange deep = range;
    for (int i = 0; i < 1000; ++i)
        deep = deep.zoomed(1.25, 0.3, 0.7);
    EXPECT_GT(deep.right, deep.left);
}

TEST(UsualValues, LeaveOutWhatWouldSqueezeTheOthers)
{
    std::vector<core::Trial> trials;
    for (int i = 0; i < 20; ++i) {
        core::Trial trial;
        trial.number = i;
        trial.state = core::TrialState::Complete;
        trial.values = {i == 7 ? 0.1 : 0.97 + 0.0005 * i};
        trials.push_back(trial);
    }
    const auto data = sweepData("s", "", core::Direction::Maximize, trials);
    const auto [low, high] = usualValues(*data);
    EXPECT_GT(low, 0.9);
    EXPECT_LT(low, 0.97);
    EXPECT_DOUBLE_EQ(high, 0.9795) << "the best there is";
    EXPECT_EQ(usualResults(*data), usualValues(*data)) << "all are complete";
    EXPECT_GT(withAir({low, high}).second, high);
    const SweepHistoryFigure figure(data, SweepHistoryFigure::usualRange(*data));
    const Scene scene = figure.scene(700, screenStyle(QPalette(), QFont()), 300);
    EXPECT_FALSE(scene.areaOf({SweepFigure::kTrial, 7}));
    EXPECT_TRUE(scene.areaOf({SweepFigure::kTrial, 8}));
}

TEST_F(SweepFigures, PlaceABetterTrialHigherAndALaterOneFurtherRight)
{
    const auto data = studied(30);
    const SweepHistoryFigure figure(data, {-1, 31, 0, 1});
    const Scene scene = laidOut(figure);
    for (std::size_t i = 1; i < data->trials.size(); ++i) {
        const auto before = scene.areaOf({SweepFigure::kTrial, data->trials[i - 1].number});
        const auto here = scene.areaOf({SweepFigure::kTrial, data->trials[i].number});
        ASSERT_TRUE(before && here) << i;
        EXPECT_GT(here->center().x(), before->center().x());
        EXPECT_EQ(here->center().y() < before->center().y(),
                  *latestValue(data->trials[i]) > *latestValue(data->trials[i - 1]));
    }
}

TEST_F(SweepFigures, SayWhatIsUnderThePointerAndOnWhichImages)
{
    const auto data = studied(30);
    const core::Trial* best = core::bestTrial(data->history());
    for (const auto& figure : all(data)) {
        EXPECT_TRUE(figure->caption().contains("30 trials")) << figure->title().toStdString();
        EXPECT_TRUE(figure->caption().contains("MNIST validation, 10,000 images"));
        const Scene scene = laidOut(*figure);
        for (const MapKey& key : figure->keysOf(best->number)) {
            const SceneLink* link = scene.findLink(key);
            const auto area = scene.areaOf(key);
            if (!link && !area)
                continue;
            const auto hit =
                scene.at(area ? area->center() : (link->points[0] + link->points[1]) / 2);
            ASSERT_TRUE(hit) << figure->title().toStdString();
            const auto trial = SweepFigure::trialOf(hit->key);
            ASSERT_TRUE(trial) << figure->title().toStdString();
            EXPECT_TRUE(figure->describe(*hit).startsWith(QString("trial %1,").arg(*trial)));
            EXPECT_TRUE(figure->describe(*hit).contains("lr "));
        }
    }
}

TEST_F(SweepFigures, TellOfResultsThatAreTooBadForTheColours)
{
    std::vector<core::Trial> trials;
    for (const double value : {0.97, 0.972, 0.975, 0.98, 0.981, 0.2}) {
        core::Trial trial;
        trial.number = static_cast<int>(trials.size());
        trial.state = core::TrialState::Complete;
        trial.values = {value};
        for (const char* name : {"batch", "lr"})
            trial.parameters[name] = {0.1 * trial.number, core::FloatRange{.low = 0, .high = 1}};
        trials.push_back(trial);
    }
    const auto data = sweepData("s", "", core::Direction::Maximize, trials);
    const SweepContourFigure contour(contourOf(data, "batch", "lr"));
    EXPECT_TRUE(contour.caption().contains("; 1 trial is outside of the colours."))
        << contour.caption().toStdString();
    EXPECT_TRUE(SweepSlicesFigure(data).caption().contains("; 1 trial is outside."));
    trials.pop_back();
    const auto good = sweepData("s", "", core::Direction::Maximize, trials);
    EXPECT_FALSE(SweepSlicesFigure(good).caption().contains("outside"));
    EXPECT_FALSE(SweepContourFigure(contourOf(good, "batch", "lr")).caption().contains("outside"));
}

TEST_F(SweepFigures, AreTheSameAgainFromTheirRecipes)
{
    const auto data = studied(30);
    for (const auto& figure : all(data)) {
        const QJsonObject recipe = figure->recipe();
        const auto kind = figureKind(recipe.value("view").toString());
        ASSERT_TRUE(kind);
        const auto again = sweepFromRecipe(*kind, recipe);
        EXPECT_EQ(again->recipe(), recipe);
        EXPECT_EQ(again->csv(), figure->csv());
        EXPECT_EQ(again->caption(), figure->caption());
    }
}

TEST_F(SweepFigures, RefuseRecipesThatMakeNoSense)
{
    const auto data = studied(12);
    const QJsonObject recipe = SweepParallelFigure(data).recipe();
    const auto with = [&](const char* key, const QJsonValue& value) {
        QJsonObject study = recipe.value("study").toObject();
        study[QLatin1String(key)] = value;
        QJsonObject changed = recipe;
        changed["study"] = study;
        return changed;
    };
    const auto parallel = FigureKind::SweepParallel;
    EXPECT_NO_THROW(sweepFromRecipe(parallel, recipe));
    EXPECT_THROW(sweepFromRecipe(parallel, with("direction", "up")), core::Error);
    EXPECT_THROW(sweepFromRecipe(parallel, with("space", QJsonArray{QJsonObject{}})), core::Error);
    EXPECT_THROW(sweepFromRecipe(parallel, with("trials", QJsonArray{QJsonArray{1, "gone"}})),
                 core::Error);
    EXPECT_THROW(sweepFromRecipe(FigureKind::SweepHistory, recipe), core::Error) << "no range";
    EXPECT_THROW(sweepFromRecipe(FigureKind::SweepContour, recipe), core::Error) << "no axes";
}

TEST_F(SweepFigures, CanBeDrawnOfAStudyThatHasHardlyBegun)
{
    core::Trial waiting;
    waiting.state = core::TrialState::Waiting;
    core::Trial failed;
    failed.number = 1;
    failed.state = core::TrialState::Fail;
    for (const std::vector<core::Trial>& trials :
         {std::vector<core::Trial>{}, {waiting}, {waiting, failed}})
        for (const auto& figure : all(sweepData("s", "", core::Direction::Minimize, trials))) {
            QImage image(700, 400, QImage::Format_RGB32);
            QPainter painter(&image);
            laidOut(*figure).paint(painter);
            EXPECT_GT(laidOut(*figure).height(), 0) << figure->title().toStdString();
        }
}
