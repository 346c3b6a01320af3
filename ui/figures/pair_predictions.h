// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/figures/pair_grid.h"

namespace ui
{

/// Which of the images with different answers are drawn.
enum class DisagreementFilter { All, OnlyCurrentRight, OnlyReferenceRight, BothWrong };

/// How the answers of both models agree, in all and per class, what the one confuses more than the
/// other, and the images to which they answer differently.
class PairPredictionsFigure : public PairFigure
{
public:
    /// MapKey::group; index of a confusion matrix: PairGroup, of an image: within disagreements().
    enum { kConfusion, kImage };

    /// The mode is about the confusion matrices.
    PairPredictionsFigure(ModelPair pair, core::DatasetPointer data, DisagreementFilter filter,
                          PairMode mode = PairMode::Difference);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit& hit) const override;
    Selection chosen(const SceneHit& hit, Selection selection) const override;

    /// Those that pass the filter, by image.
    const std::vector<core::Disagreement>& disagreements() const { return m_shown; }
    /// The image of the data set that was hit.
    std::optional<int> imageAt(const SceneHit& hit) const;
    std::optional<PairMark> markOf(int image) const;

    static constexpr int kMostImages = 240;    ///< drawn; the table of an export has all
    static constexpr double kMostHeight = 610; ///< of print, in points: a page with its caption

protected:
    FigureKind kind() const override { return FigureKind::ComparePredictions; }
    QJsonObject settings() const override;

private:
    const core::PredictionComparison& predictions() const { return pair().comparison->predictions; }
    double addCounts(Scene& scene, const QPointF& topLeft, double width) const;
    double addClasses(Scene& scene, const QPointF& topLeft, double width) const;
    double addConfusions(Scene& scene, const QPointF& topLeft, double width) const;
    double addConfusion(Scene& scene, const QPointF& topLeft, double width, PairGroup group,
                        const ColourScale& scale) const;
    std::vector<int> confusionOf(PairGroup group) const;
    double addImages(Scene& scene, double top, double width) const;
    void addImage(Scene& scene, int index, const QRectF& area) const;

    core::DatasetPointer m_data;
    DisagreementFilter m_filter;
    std::vector<core::Disagreement> m_shown;
};

} // namespace ui
