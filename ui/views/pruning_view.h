// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/pruning_figure.h"
#include "ui/views/figure_view.h"
#include "ui/views/run_view.h"

#include <string>

class QComboBox;

namespace ui
{

class RunBoard;
class ScrubBar;
struct RunHistory;

/// What became of each weight in a pruning, while it runs and afterwards.
class PruningView : public FigureView, public RunView
{
    Q_OBJECT

public:
    PruningView(Session& session, RunBoard& board, QWidget* parent);

    QString id() const override { return QStringLiteral("pruning"); }
    QString title() const override { return tr("Pruning"); }
    QString tabTitle() const override { return tr("Prune"); }
    core::RunKind shownKind() const override { return core::RunKind::Prune; }
    void showRun(const std::string& id) override;
    const std::string& run() const { return m_run; }
    ScrubBar* scrubBar() const { return m_scrub; }

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void updateControls() override;

private:
    void takeRuns();
    void follow(const std::string& id);
    const RunHistory* history() const;
    void bringMapTo(std::size_t visits) const;
    QString momentText() const;

    RunBoard& m_board;
    QComboBox* m_choice;
    ScrubBar* m_scrub;
    std::string m_run;
    /// The map at the shown moment; brought forward visit by visit.
    mutable std::shared_ptr<PruneMap> m_map;
    mutable std::size_t m_applied = 0;
    mutable std::string m_mapOf;
};

} // namespace ui
