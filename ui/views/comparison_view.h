// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/pair_figure.h"
#include "ui/pair_analysis.h"
#include "ui/views/figure_view.h"

class QComboBox;
class QPushButton;
class QToolButton;

namespace ui
{

class ChoiceBar;
class PairPredictionsFigure;
class ReferenceOffer;

/// The current model beside the reference: outputs, kernels, class means, weights and answers, on
/// one scale, as difference, or the one in the other's place. While Shift is held, and while
/// "Show the reference" is pressed, the place of one figure shows the reference.
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
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    enum Subject { Channels, Kernels, Heatmap, Weights, Predictions };
    enum Mode { SideBySide, Difference, Flicker, Mask };

    void buildToolbar();
    void connectParts();
    void followSelection();
    void setShift(bool held);
    void walkDisagreements(int step);
    Subject subject() const;
    PairMode pairMode() const;
    int unitIndex() const;
    const PairFigure* pairFigure() const;
    const PairPredictionsFigure* predictions() const;

    PairAnalysis* m_analysis;
    ReferenceOffer* m_offer;
    QComboBox* m_subjects;
    QComboBox* m_units;
    ChoiceBar* m_stages;
    ChoiceBar* m_modes;
    QPushButton* m_showReference;
    QComboBox* m_filter;
    QToolButton* m_previous;
    QToolButton* m_next;
    bool m_shift = false; ///< held
    Selection m_seen;
};

} // namespace ui
