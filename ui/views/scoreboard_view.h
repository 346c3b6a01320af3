// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/scores.h"
#include "ui/views/figure_view.h"

#include <optional>

class QLabel;

namespace ui
{

class ScoreFilter;
class ScoreList;
class ScoreTable;

/// All known networks on non-zero parameters against accuracy, above the same as a table; a click
/// opens one. The wheel zooms, dragging moves, a double click shows all again; until then new
/// entries leave the person's ranges alone.
class ScoreboardView : public FigureView
{
    Q_OBJECT

public:
    ScoreboardView(Session& session, RunBoard& runs, ScorePlaces places, QWidget* parent);

    QString id() const override { return QStringLiteral("scoreboard"); }
    QString title() const override { return tr("Scoreboard"); }
    QString tabTitle() const override { return tr("Scores"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    std::vector<ActionSpec> actionSpecs() override;

    Scores* scores() const { return m_scores; }
    ScoreList* table() const { return m_table; }
    ScoreFilter* filter() const { return m_filter; }
    ScoreRange range() const; ///< what of the plane is visible

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString captionText(const SceneFigure& figure) const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildTable();
    void buildToolbar();
    void takeEntries();
    void applyFilter();
    void openEntry(const KnownScore& entry);
    void zoom(double factor, double across, double up);
    void showAll();
    void showUsual(); ///< all but what would squeeze the others
    std::optional<QPointF> shareOf(const QPointF& place) const;
    void chooseImport();
    void chooseExport();
    void say(const QString& sentence, bool refused);

    Scores* m_scores;
    ScoreTable* m_entries;
    ScoreList* m_table;
    ScoreFilter* m_filter;
    std::vector<KnownScore> m_shown; ///< in the plot
    std::vector<int> m_places;       ///< of those among all entries
    QLabel* m_message;
    std::optional<ScoreRange> m_range; ///< chosen by the person
    QString m_wanted;                  ///< file that becomes current as soon as it is open
};

} // namespace ui
