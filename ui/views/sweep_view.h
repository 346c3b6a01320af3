// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sweep_figure.h"
#include "ui/sweeps/sweep_runner.h"
#include "ui/views/figure_view.h"

#include <map>
#include <optional>
#include <string>

class QComboBox;
class QLabel;

namespace ui
{

class ChoiceBar;
class RunBoard;
class SweepAnalysis;
class SweepControl;
class SweepTrials;
class WantedModel;

/// A study of hyper-parameters in several pictures above a table of its trials, live whoever works
/// on it; it begins and goes on here as well. One trial is selected in all of them.
class SweepView : public FigureView
{
    Q_OBJECT

public:
    enum Plot {
        History,
        Intermediate,
        Parallel,
        Slices,
        Contour,
        Distribution,
        Importance,
        kPlots
    };

    /// `storage` is where studies are unless the person says otherwise.
    SweepView(Session& session, RunBoard& board, std::string storage, QWidget* parent,
              SweepRunner::Run run = core::runTrainSweep);

    QString id() const override { return QStringLiteral("sweep"); }
    QString title() const override { return tr("Sweep"); }
    bool showsForm() const override;
    void closeForm() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    std::vector<ActionSpec> actionSpecs() override;

    void showPlot(Plot plot);
    Plot plot() const;
    std::optional<PlotRange> range() const; ///< what is visible, where that can be chosen
    void select(std::optional<int> trial);
    SweepControl* control() const { return m_control; }
    SweepTrials* trials() const { return m_trials; }

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
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildToolbar();
    void buildTrials();
    void connectParts();
    void takeStudy();
    void fillParameters();
    PlotRange usualRange() const;
    void zoom(double factor, double across, double up);
    void move(double across, double up);
    void showUsual();
    std::optional<QPointF> shareOf(const QPointF& place) const;
    std::vector<SceneMark> marksOf(std::optional<int> trial, MarkKind kind) const;
    void openModel(const QString& file);
    void say(const QString& sentence, bool refused);
    const SweepFigure* sweep() const;

    const std::string m_usualStorage;
    SweepControl* m_control;
    SweepAnalysis* m_analysis;
    WantedModel* m_wanted;
    SweepTrials* m_trials;
    ChoiceBar* m_plots;
    QWidget* m_axes; ///< of the contour
    QComboBox* m_across;
    QComboBox* m_up;
    QLabel* m_message;
    QLabel* m_standing;
    std::map<Plot, PlotRange> m_ranges; ///< chosen by the person
};

} // namespace ui
