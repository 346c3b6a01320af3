// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/curves_figure.h"
#include "ui/views/run_view.h"
#include "ui/views/view.h"

#include <set>
#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace ui
{

class CurvePlot;
class RunBoard;
class SceneCanvas;
class ScrubBar;
class Session;
class SceneFigure;
struct RunHistory;

/// Loss and accuracy of trainings as they go on, several overlaid, and the kernels of the chosen
/// one as they change.
class TrainingView : public View, public RunView
{
    Q_OBJECT

public:
    TrainingView(Session& session, RunBoard& board, QWidget* parent);

    QString id() const override { return QStringLiteral("training"); }
    QString title() const override { return tr("Training"); }
    std::unique_ptr<Figure> figure() const override;
    core::RunKind shownKind() const override { return core::RunKind::Train; }
    void showRun(const std::string& id) override;

    const std::string& run() const { return m_run; }
    CurvePlot* accuracyPlot() const { return m_accuracy; }
    CurvePlot* lossPlot() const { return m_loss; }
    QListWidget* list() const { return m_list; }
    ScrubBar* scrubBar() const { return m_scrub; }
    SceneCanvas* kernels() const { return m_kernels; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectParts();
    QWidget* makeCharts();
    void openExport();

    void takeRuns();
    void fillList();
    void takeCheck(QListWidgetItem* item);
    void refreshLater();
    void refresh();
    void showCurves();
    void showNumbers();
    void showKernels();
    void takeScrub(int place);
    void readEpoch();
    void takeEpoch(const std::string& run, int epoch, std::vector<float> parameters);
    void watch();
    bool live() const; ///< the kernels shown are those of the moment
    std::vector<TrainingCurves> curves() const;
    std::unique_ptr<SceneFigure> kernelsFigure() const;
    const RunHistory* history() const;
    QString emptyText() const;

    Session& m_session;
    RunBoard& m_board;
    std::string m_run;                ///< whose kernels and numbers are shown
    std::vector<std::string> m_shown; ///< whose curves are overlaid; the place decides the colour
    std::vector<float> m_parameters;  ///< those shown
    int m_epoch = -1;                 ///< that they are of; -1: of the moment
    bool m_reading = false;
    bool m_dirty = true;
    bool m_queued = false;

    QStackedWidget* m_stack;
    QLabel* m_empty;
    QListWidget* m_list;
    QLabel* m_numbers;
    QProgressBar* m_progress;
    QPushButton* m_export;
    CurvePlot* m_accuracy;
    CurvePlot* m_loss;
    SceneCanvas* m_kernels;
    ScrubBar* m_scrub;
};

} // namespace ui
