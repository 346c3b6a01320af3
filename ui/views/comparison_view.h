// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/circuit.h"
#include "ui/figures/pair_figure.h"
#include "ui/pair_analysis.h"
#include "ui/views/figure_view.h"
#include "ui/views/pair_measures.h"

namespace ui
{

class ComparisonControls;
class PairPredictionsFigure;
class ReferenceOffer;

/// The current model beside the reference: every view of one network, on one scale, as difference,
/// or the one in the other's place. While Shift is held, and while "Show reference" is pressed, the
/// place of one figure shows the reference.
class ComparisonView : public FigureView
{
    Q_OBJECT

public:
    ComparisonView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("comparison"); }
    QString title() const override { return tr("Compare"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    std::vector<ActionSpec> actionSpecs() override;

    PairAnalysis* analysis() const { return m_analysis; }

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    FigureOrigin origin() const override;
    QString emptyText() const override;
    QString captionText(const SceneFigure& figure) const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void buildToolbar();
    void connectParts();
    void followSelection();
    void measure();
    void walkDisagreements(int step);
    bool comparable() const;
    int unitIndex() const;
    core::Circuit circuit() const; ///< of the current model
    std::vector<std::optional<int>> chosenInCircuit() const;
    std::unique_ptr<SceneFigure> makeLayerFigure(const ModelPair& pair) const;
    std::unique_ptr<SceneFigure> makeMeasuredFigure(const ModelPair& pair) const;
    const PairFigure* pairFigure() const;
    const PairPredictionsFigure* predictions() const;

    PairAnalysis* m_analysis;
    PairEdges* m_edges;
    PairFeatures* m_features;
    ReferenceOffer* m_offer;
    ComparisonControls* m_controls;
    Selection m_seen;
};

} // namespace ui
