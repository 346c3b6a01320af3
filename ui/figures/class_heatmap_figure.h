// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_set.h"
#include "ui/figures/scene_figure.h"

namespace ui
{

/// A feature neuron and a class, as a place in the heat map names them.
struct FeatureCell {
    int label = 0;
    int feature = 0;
    bool operator==(const FeatureCell&) const = default;
};

/// Mean activation of each feature neuron over the images of each class.
class ClassHeatmapFigure : public SceneFigure
{
public:
    /// Rows and Difference: index counts blocks of columns. Maps: index = channel * classes +
    /// label.
    enum Group { Block, Map };

    ClassHeatmapFigure(core::ModelPointer model,
                       std::shared_ptr<const core::ClassStatistics> statistics, HeatmapMode mode);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return !isStored(); }

    const core::ClassStatistics& statistics() const { return *m_statistics; }
    /// What the figure draws there: the mean, or its difference from the mean over all images.
    double value(int label, int feature) const;
    FeatureCell cellAt(const SceneHit& hit) const;
    /// Where the neuron and class are drawn; the opposite of cellAt.
    SceneHit hitOf(const FeatureCell& cell) const;

protected:
    FigureKind kind() const override { return FigureKind::ClassHeatmap; }
    QJsonObject settings() const override;

private:
    bool isStored() const; ///< with the model: nothing has to be computed
    struct Columns {       ///< that stand together: a channel, or a piece of a vector
        int first = 0;
        int count = 0;
    };
    std::vector<Columns> columnBlocks() const;
    ColourScale scale() const;
    QString valueName() const;
    core::Shape mapShape() const;

    double addRows(Scene& scene, double width, double room) const;
    void addBlock(Scene& scene, int index, const QRectF& area) const;
    double addMaps(Scene& scene, double width, double room) const;
    void addClassLabels(Scene& scene, const QRectF& left, const QRectF& right) const;

    std::shared_ptr<const core::ClassStatistics> m_statistics;
    HeatmapMode m_mode;
    std::vector<double> m_overall; ///< [features] mean over all images
};

} // namespace ui
