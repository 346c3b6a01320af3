// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/golf_figure.h"
#include "ui/views/figure_view.h"
#include "ui/views/run_view.h"

#include <optional>
#include <string>
#include <vector>

class QPushButton;

namespace core
{
struct RunSummary;
}

namespace ui
{

class BestNetwork;
class ChoiceBar;
class GolfSteps;
class GolfTable;
class OverlaidRuns;
class RunBoard;

/// Games of golf while they are played and afterwards: non-zero parameters against accuracy, one or
/// several overlaid, the steps of the chosen one as a table, and the best network so far. The wheel
/// zooms, dragging moves, a double click goes back; until then new steps leave the person's ranges
/// alone.
class GolfView : public FigureView, public RunView
{
    Q_OBJECT

public:
    GolfView(Session& session, RunBoard& board, QWidget* parent);

    QString id() const override { return QStringLiteral("golf"); }
    QString title() const override { return tr("Golf"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    std::vector<ActionSpec> actionSpecs() override;
    core::RunKind shownKind() const override { return core::RunKind::Golf; }
    void showRun(const std::string& id) override;

    const std::string& run() const { return m_run; } ///< whose steps are in the table
    GolfRanges ranges() const;                       ///< what of the planes is visible
    GolfSteps* table() const { return m_table; }
    OverlaidRuns* list() const { return m_list; }
    ChoiceBar* pages() const { return m_pages; }
    QPushButton* openButton() const { return m_open; }

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString captionText(const SceneFigure& figure) const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;

private:
    enum Page { kCourse, kBestNetwork };

    void buildToolbar();
    void buildTable();
    void connectParts();
    void takeRuns();
    std::vector<GolfGame> games() const;
    std::optional<GolfGame> game(const std::string& id, int colour) const;
    QString lookText(const core::RunSummary& run) const;
    std::unique_ptr<SceneFigure> courseFigure() const;
    std::unique_ptr<SceneFigure> bestFigure() const;
    enum Plane { kAccuracy, kLoss };
    void steer(Plane plane);
    void zoom(Plane plane, double factor, double across, double up);
    void move(Plane plane, double across, double up);
    void showUsual();
    void showAll();
    const GolfFigure* course() const;

    RunBoard& m_board;
    std::string m_run;
    ChoiceBar* m_pages;
    QPushButton* m_open;
    QWidget* m_below; ///< the list of games and the table of steps
    OverlaidRuns* m_list;
    GolfTable* m_steps;
    GolfSteps* m_table;
    BestNetwork* m_best;
    std::optional<PlaneRange> m_accuracy; ///< chosen by the person
    std::optional<PlaneRange> m_loss;     ///< likewise
};

} // namespace ui
