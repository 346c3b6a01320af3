// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/curves_figure.h"
#include "ui/views/run_view.h"
#include "ui/views/view.h"

#include <QElapsedTimer>

#include <string>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace ui
{

class CurvePlot;
class EpochKernels;
class RunBoard;
class Session;
class OverlaidRuns;
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
    QString tabTitle() const override { return tr("Train"); }
    std::unique_ptr<Figure> figure() const override;
    void openExport() override;
    core::RunKind shownKind() const override { return core::RunKind::Train; }
    void showRun(const std::string& id) override;

    const std::string& run() const { return m_run; } ///< whose numbers and kernels are shown
    CurvePlot* accuracyPlot() const { return m_accuracy; }
    CurvePlot* lossPlot() const { return m_loss; }
    OverlaidRuns* list() const { return m_list; }
    EpochKernels* kernels() const { return m_kernels; }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* makeHeader();
    QWidget* makeCharts();
    void connectParts();
    void linkPlots();

    void takeRuns();
    void refreshLater();
    void refresh();
    void showCurves();
    void showNumbers();
    void showProgress(); ///< the words change no more often than they can be read
    std::vector<TrainingCurves> curves() const;
    double epochSpan(const std::vector<TrainingCurves>& all) const;
    QString emptyText() const;

    Session& m_session;
    RunBoard& m_board;
    std::string m_run;
    QElapsedTimer m_sinceWords;
    bool m_dirty = true;
    bool m_queued = false;

    QStackedWidget* m_stack;
    QLabel* m_empty;
    QLabel* m_title;
    QLabel* m_standing;
    QLabel* m_numbers;
    QProgressBar* m_progress;
    QPushButton* m_export;
    OverlaidRuns* m_list;
    CurvePlot* m_accuracy;
    CurvePlot* m_loss;
    EpochKernels* m_kernels;
};

} // namespace ui
