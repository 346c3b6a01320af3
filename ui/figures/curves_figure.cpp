// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/curves_figure.h"

#include "ui/figures/chart.h"
#include "ui/figures/csv.h"

#include <QJsonArray>

#include <array>
#include <set>

namespace ui
{

namespace
{

constexpr std::array kSplits = {CurveSplit::Test, CurveSplit::Validation, CurveSplit::Train};

struct Share {
    int correct = 0;
    int images = 0;
    double loss = 0;
};

Share shareOf(const core::EpochResult& epoch, CurveSplit split)
{
    switch (split) {
    case CurveSplit::Train:
        return {epoch.trainCorrect, epoch.trainImages, epoch.trainLoss};
    case CurveSplit::Validation:
        return {epoch.validationCorrect, epoch.validationImages, epoch.validationLoss};
    case CurveSplit::Test:
        break;
    }
    return {epoch.testCorrect, epoch.testImages, epoch.testLoss};
}

} // namespace

QPolygonF curvePoints(const std::vector<core::EpochResult>& epochs, CurveSplit split,
                      CurveQuantity quantity)
{
    QPolygonF points;
    for (const core::EpochResult& epoch : epochs) {
        const Share share = shareOf(epoch, split);
        if (share.images > 0)
            points.append({static_cast<double>(epoch.epoch),
                           quantity == CurveQuantity::Loss ? share.loss
                                                           : 100.0 * share.correct / share.images});
    }
    return points;
}

QString curveSplitText(CurveSplit split)
{
    switch (split) {
    case CurveSplit::Train:
        return QStringLiteral("train, while training");
    case CurveSplit::Validation:
        return QStringLiteral("validation");
    case CurveSplit::Test:
        break;
    }
    return QStringLiteral("test");
}

CurvesFigure::CurvesFigure(core::ModelPointer start, std::vector<TrainingCurves> trainings)
    : SceneFigure(std::move(start)), m_trainings(std::move(trainings))
{
}

QString CurvesFigure::title() const
{
    return m_trainings.size() == 1 ? QStringLiteral("Training: %1").arg(m_trainings.front().title)
                                   : QStringLiteral("%1 trainings").arg(m_trainings.size());
}

QString CurvesFigure::caption() const
{
    std::set<std::string> names;
    QStringList parts;
    for (const TrainingCurves& training : m_trainings) {
        names.insert(training.data);
        if (!training.epochs.empty())
            parts << QStringLiteral("%1: %2 % on test after epoch %3")
                         .arg(training.title)
                         .arg(100 * training.epochs.back().testAccuracy(), 0, 'f', 2)
                         .arg(training.epochs.back().epoch);
    }
    QStringList data;
    for (const std::string& name : names)
        data << QString::fromStdString(name);
    return QStringLiteral("Accuracy and mean cross entropy after each epoch; the training images "
                          "are measured while the weights change. Data: %1. %2.")
        .arg(data.join(QStringLiteral(", ")), parts.join(QStringLiteral("; ")));
}

Scene CurvesFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    const double height = room > 0 ? room : 0.75 * width;
    const double each = (height - 2 * style.gap) / 2;
    addQuantity(scene, {0, 0, width, each}, CurveQuantity::Accuracy);
    addQuantity(scene, {0, each + 2 * style.gap, width, each}, CurveQuantity::Loss);
    scene.setHeight(height);
    return scene;
}

/// On paper each split has its own line width and label, since colours tell the trainings apart.
void CurvesFigure::addQuantity(Scene& scene, const QRectF& area, CurveQuantity quantity) const
{
    Chart chart;
    chart.xTitle = QStringLiteral("epoch");
    chart.yTitle = quantity == CurveQuantity::Accuracy ? QStringLiteral("accuracy, %")
                                                       : QStringLiteral("loss, mean cross entropy");
    const bool several = m_trainings.size() > 1;
    for (const TrainingCurves& training : m_trainings)
        for (std::size_t i = 0; i < kSplits.size(); ++i) {
            // Several trainings are compared by what decides: the test set, and the loss of
            // training.
            const bool main = kSplits[i] == CurveSplit::Test;
            if (several && !main)
                continue;
            const QColor colour = curveColour(several ? training.colour : static_cast<int>(i),
                                              scene.style().background);
            chart.series.push_back(
                {several ? training.title + QStringLiteral(", test") : curveSplitText(kSplits[i]),
                 colour, curvePoints(training.epochs, kSplits[i], quantity)});
        }
    chart.fitTo(1);
    addChart(scene, area, chart);
}

std::string CurvesFigure::csv() const
{
    CsvWriter writer("run,epoch,lr,train loss,train correct,train images,validation loss,"
                     "validation correct,validation images,test loss,test correct,test images,"
                     "seconds");
    for (const TrainingCurves& training : m_trainings)
        for (const core::EpochResult& epoch : training.epochs)
            writer.line({std::string_view(training.run), epoch.epoch, epoch.lr, epoch.trainLoss,
                         epoch.trainCorrect, epoch.trainImages, epoch.validationLoss,
                         epoch.validationCorrect, epoch.validationImages, epoch.testLoss,
                         epoch.testCorrect, epoch.testImages, epoch.seconds});
    return std::move(writer).text();
}

QJsonObject CurvesFigure::settings() const
{
    QJsonArray runs;
    for (const TrainingCurves& training : m_trainings)
        runs.append(
            QJsonObject{{QStringLiteral("run"), QString::fromStdString(training.run)},
                        {QStringLiteral("title"), training.title},
                        {QStringLiteral("colour"), training.colour},
                        {QStringLiteral("epochs"), static_cast<int>(training.epochs.size())}});
    return {{QStringLiteral("runs"), runs}};
}

} // namespace ui
