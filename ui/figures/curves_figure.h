// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/trainer.h"
#include "ui/figures/scene_figure.h"

#include <string>
#include <vector>

namespace ui
{

/// One training among the curves.
struct TrainingCurves {
    std::string run; ///< id
    QString title;
    std::string data; ///< name of the data set: "MNIST"
    std::vector<core::EpochResult> epochs;
    int colour = 0; ///< of curveColour()
};

enum class CurveSplit { Train, Validation, Test };
enum class CurveQuantity { Accuracy, Loss };

/// A curve's points: epochs across, per cent or natural units up. Without the epochs that have no
/// such split.
QPolygonF curvePoints(const std::vector<core::EpochResult>& epochs, CurveSplit split,
                      CurveQuantity quantity);
QString curveSplitText(CurveSplit split); ///< "test", "validation", "train, while training"

/// Accuracy above loss over the epochs of one or several trainings, for export.
class CurvesFigure : public SceneFigure
{
public:
    /// `start` is what the first one began with.
    CurvesFigure(core::ModelPointer start, std::vector<TrainingCurves> trainings);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }

protected:
    FigureKind kind() const override { return FigureKind::Training; }
    QJsonObject settings() const override;

private:
    void addQuantity(Scene& scene, const QRectF& area, CurveQuantity quantity) const;

    std::vector<TrainingCurves> m_trainings;
};

} // namespace ui
