// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/scoreboard.h"
#include "ui/figures/plot_plane.h"
#include "ui/figures/scene_figure.h"

#include <optional>
#include <vector>

namespace ui
{

enum class ScoreOrigin { Published, Open, Shipped, Run, Submission };

/// A network on the scoreboard and where it is known from.
struct KnownScore {
    core::Score score;
    ScoreOrigin origin = ScoreOrigin::Published;
    QString file;    ///< that opens it; empty where there is none
    QString problem; ///< why there is no score
    bool current = false;

    /// Has a place in the plane: counted and evaluated here on the board's data. The published
    /// ladder is there for comparison.
    bool placed() const;
    bool operator==(const KnownScore&) const = default;
};

QString originText(ScoreOrigin origin);         ///< "published", "open"
QString sourceText(const KnownScore& entry);    ///< "evaluated here", "as its file says"
QString intervalText(const core::Score& score); ///< "97.71\u201398.26 %"
QString intervalText(int correct, int images);

/// What of the plane is visible.
struct ScoreRange {
    double fewest = 100; ///< parameters
    double most = 10000;
    double lowest = 0.97; ///< accuracy
    double highest = 1;
    bool operator==(const ScoreRange&) const = default;

    PlaneRange plane() const; ///< its axes
    /// By a factor around a place, given as shares of the ranges from the left and the bottom.
    ScoreRange zoomed(double factor, double across, double up) const;
    ScoreRange moved(double across, double up) const; ///< by shares
};

/// Holds all entries.
ScoreRange wholeRange(const std::vector<KnownScore>& entries);
/// Without those that would squeeze the others into a corner: the far larger and the failing ones.
ScoreRange rangeOf(const std::vector<KnownScore>& entries);

/// Non-zero parameters against accuracy: every known network with its interval, the goal of 98 %,
/// the published ladder, and the front on which no other improves.
class ScoreboardFigure : public SceneFigure
{
public:
    enum { kEntry, kPlane }; ///< MapKey::group; an entry's index

    ScoreboardFigure(std::vector<KnownScore> entries, ScoreRange range);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    bool isComputed() const override { return false; }
    QJsonObject recipe() const override;

    const std::vector<KnownScore>& entries() const { return m_entries; }
    QString describe(std::size_t index) const; ///< a sentence, for hovering
    const std::vector<std::size_t>& front() const { return m_front; }

protected:
    FigureKind kind() const override { return FigureKind::Scoreboard; }
    QJsonObject settings() const override;

private:
    std::vector<KnownScore> m_entries;
    ScoreRange m_range;
    std::vector<std::size_t> m_front;
};

} // namespace ui
