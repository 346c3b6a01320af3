// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation_study.h"
#include "ui/figures/circuit_figure.h"
#include "ui/figures/weights_figure.h"
#include "ui/views/figure_view.h"

class QLabel;
class QPushButton;
class QSlider;

namespace ui
{

class AblationStrip;
class ChoiceBar;
class TrialHint;

/// All parameters of the current model on one page, where a click, or Enter on the one with the
/// keyboard's mark, ablates a weight; or the network as a circuit, where a click selects a node, so
/// that only paths through it are left, and Enter ablates the selected one.
class WeightsView : public FigureView
{
    Q_OBJECT

public:
    WeightsView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("weights"); }
    QString title() const override { return tr("Weights"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    enum class Mode { Page, Circuit };
    Mode mode() const;
    void setMode(Mode mode);

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    QStringList exportChoices() const override;
    std::unique_ptr<Figure> exportFigureAt(int choice) const override;

    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void build();
    const WeightsFigure* weights() const; ///< null while the other one is shown
    const CircuitFigure* circuit() const;
    std::unique_ptr<SceneFigure> makePage() const;
    std::unique_ptr<SceneFigure> makeCircuit() const;
    QString hoverWeight(const WeightsFigure& figure, const SceneHit& hit) const;
    std::vector<SceneMark> pageMarks(const WeightsFigure& figure) const;
    void selectOwner(std::size_t parameter);
    void chooseInCircuit(const CircuitFigure& figure, MapKey key);
    void ablateSelected();
    void followSelection();
    void restOn(const std::optional<SceneHit>& hit);
    bool takesKey(int key) const;
    void takeKey(int key);

    ChoiceBar* m_mode;
    ChoiceBar* m_kind;
    QPushButton* m_ablate;
    QLabel* m_thresholdText;
    QSlider* m_threshold; ///< percent of a layer's largest weight
    AblationStrip* m_strip;
    std::optional<SceneHit> m_cursor; ///< the keyboard's mark on the page
    TrialHint* m_hint;                ///< for what the pointer or the keyboard's mark is on
};

} // namespace ui
