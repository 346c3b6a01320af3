// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/training_curves.h"

#include "ui/figures/chart.h"
#include "ui/runs/run_words.h"
#include "ui/words.h"

#include <QCoreApplication>

namespace ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("TrainingView", text);
}

QString shortSplit(CurveSplit split)
{
    return split == CurveSplit::Train ? tr("train") : curveSplitText(split);
}

/// Of a training that is alone.
int splitColour(CurveSplit split)
{
    return split == CurveSplit::Test ? 0 : split == CurveSplit::Validation ? 1 : 2;
}

Qt::PenStyle dashOf(CurveSplit split)
{
    return split == CurveSplit::Test    ? Qt::SolidLine
           : split == CurveSplit::Train ? Qt::DotLine
                                        : Qt::DashLine;
}

} // namespace

std::vector<PlotCurve> plotCurves(const std::vector<TrainingCurves>& trainings,
                                  CurveQuantity quantity, const QColor& background)
{
    std::vector<PlotCurve> curves;
    const bool several = trainings.size() > 1;
    for (const TrainingCurves& training : trainings)
        for (const CurveSplit split :
             {CurveSplit::Test, CurveSplit::Validation, CurveSplit::Train}) {
            PlotCurve curve;
            curve.points = curvePoints(training.epochs, split, quantity);
            if (curve.points.isEmpty())
                continue;
            if (!several)
                curve.label = shortSplit(split);
            else if (split == CurveSplit::Test)
                curve.label = training.title;
            curve.name = several ? tr("%1, %2").arg(training.title, curveSplitText(split))
                                 : curveSplitText(split);
            curve.colour = curveColour(several ? training.colour : splitColour(split), background);
            curve.style = dashOf(split);
            curves.push_back(std::move(curve));
        }
    return curves;
}

QString epochText(const RunHistory* history)
{
    if (history == nullptr)
        return tr("Reading what it has recorded\u2026");
    if (history->epochs.empty())
        return tr("No epoch has ended yet.");
    const core::EpochResult& last = history->epochs.back();
    QStringList parts;
    const auto measured = [&](const QString& split, int correct, int images, double loss) {
        if (images > 0)
            parts << tr("%1 %2 (%3 of %4), loss %5")
                         .arg(split, percent(static_cast<double>(correct) / images),
                              withThousands(correct), withThousands(images), fixed(loss, 4));
    };
    measured(tr("test"), last.testCorrect, last.testImages, last.testLoss);
    measured(tr("validation"), last.validationCorrect, last.validationImages, last.validationLoss);
    measured(tr("train, while training"), last.trainCorrect, last.trainImages, last.trainLoss);
    parts << tr("learning rate %1").arg(last.lr, 0, 'g', 3);
    parts << tr("%1 s of training").arg(last.seconds, 0, 'f', last.seconds < 1 ? 3 : 2);
    return tr("Epoch %1 on %2: %3")
        .arg(last.epoch)
        .arg(QString::fromStdString(history->spec.data), parts.join(QStringLiteral(" \u00b7 ")));
}

} // namespace ui
