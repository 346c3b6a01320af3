// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scoreboard_figure.h"

#include "ui/figures/csv.h"
#include "ui/figures/recipe.h"
#include "ui/figures/score_plane.h"
#include "ui/figures/scoreboard_recipe.h"
#include "ui/words.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

QString percentText(double share)
{
    return QString::number(100 * share, 'f', 2);
}

std::vector<core::Score> scoresOf(const std::vector<KnownScore>& entries)
{
    std::vector<core::Score> scores;
    for (const KnownScore& entry : entries)
        scores.push_back(entry.placed() ? entry.score : core::Score());
    return scores;
}

} // namespace

bool KnownScore::placed() const
{
    return problem.isEmpty() && score.images > 0 && score.data == core::kGolfData &&
           (origin == ScoreOrigin::Published || score.verified());
}

QString originText(ScoreOrigin origin)
{
    switch (origin) {
    case ScoreOrigin::Published:
        return QStringLiteral("published");
    case ScoreOrigin::Open:
        return QStringLiteral("open");
    case ScoreOrigin::Shipped:
        return QStringLiteral("shipped");
    case ScoreOrigin::Run:
        return QStringLiteral("run");
    case ScoreOrigin::Submission:
        return QStringLiteral("submission");
    }
    return {};
}

QString sourceText(const KnownScore& entry)
{
    if (!entry.problem.isEmpty())
        return entry.problem;
    if (entry.score.images == 0)
        return QStringLiteral("not measured");
    switch (entry.score.source) {
    case core::ScoreSource::Published:
        return QStringLiteral("as published");
    case core::ScoreSource::Claimed:
        return entry.origin == ScoreOrigin::Submission
                   ? QStringLiteral("claimed, not verified")
                   : QStringLiteral("as its file says, not verified");
    case core::ScoreSource::Verified:
        return entry.origin == ScoreOrigin::Submission ? QStringLiteral("verified here")
                                                       : QStringLiteral("evaluated here");
    }
    return {};
}

QString intervalText(const core::Score& score)
{
    return intervalText(score.correct, score.images);
}

QString intervalText(int correct, int images)
{
    if (images == 0)
        return {};
    const core::Interval interval = core::wilsonInterval(correct, images);
    return QStringLiteral("%1\u2013%2 %")
        .arg(percentText(interval.low), percentText(interval.high));
}

namespace
{

ScoreRange scoreRange(const PlaneRange& plane)
{
    return {plane.across.low, plane.across.high, plane.up.low, plane.up.high};
}

} // namespace

PlaneRange ScoreRange::plane() const
{
    return {{fewest, most, true}, {lowest, highest}};
}

ScoreRange ScoreRange::zoomed(double factor, double across, double up) const
{
    const ScoreRange range = scoreRange(plane().zoomed(factor, across, up));
    // Beyond this there is nothing to see, and numbers to overflow.
    const bool sane = range.fewest > 0.5 && range.most < 1e9 && range.most > 1.01 * range.fewest &&
                      range.highest - range.lowest > 1e-4 && range.lowest > -1 && range.highest < 2;
    return sane ? range : *this;
}

ScoreRange ScoreRange::moved(double across, double up) const
{
    return scoreRange(plane().moved(across, up));
}

ScoreRange wholeRange(const std::vector<KnownScore>& entries)
{
    ScoreRange range{1e9, 1, core::kGolfGoal, core::kGolfGoal};
    for (const KnownScore& entry : entries) {
        if (!entry.placed())
            continue;
        const auto parameters = static_cast<double>(std::max<std::size_t>(1, entry.score.nonzero));
        range.fewest = std::min(range.fewest, parameters);
        range.most = std::max(range.most, parameters);
        range.lowest = std::min(range.lowest, entry.score.accuracy());
        range.highest = std::max(range.highest, entry.score.accuracy());
    }
    if (range.most < range.fewest)
        return {};
    range.fewest /= 1.3;
    range.most *= 1.5;
    const double air = std::max(0.001, 0.12 * (range.highest - range.lowest));
    range.lowest -= 2 * air;
    range.highest += 2 * air;
    return range;
}

ScoreRange rangeOf(const std::vector<KnownScore>& entries)
{
    constexpr std::size_t kFarLarger = 20'000;
    constexpr double kFailing = 0.95;
    std::vector<KnownScore> near = entries;
    std::erase_if(near, [](const KnownScore& entry) {
        return entry.score.nonzero > kFarLarger || entry.score.accuracy() < kFailing;
    });
    return wholeRange(near.empty() ? entries : near);
}

ScoreboardFigure::ScoreboardFigure(std::vector<KnownScore> entries, ScoreRange range)
    : SceneFigure(nullptr), m_entries(std::move(entries)), m_range(range),
      m_front(core::paretoFront(scoresOf(m_entries), core::kGolfData))
{
}

QString ScoreboardFigure::title() const
{
    return QStringLiteral("Scoreboard");
}

QString ScoreboardFigure::caption() const
{
    const auto placed = std::ranges::count_if(m_entries, &KnownScore::placed);
    const auto verified = std::ranges::count_if(m_entries, [](const KnownScore& entry) {
        return entry.placed() && entry.score.verified();
    });
    return QStringLiteral("%1 networks by non-zero parameters and accuracy on %2: %3 counted and "
                          "evaluated here, %4 as published.")
        .arg(placed)
        .arg(QLatin1String(core::kGolfData))
        .arg(verified)
        .arg(placed - verified);
}

Scene ScoreboardFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    double y = ScorePlane::addLegend(scene, {}, width) + style.gap;
    const double height = std::max((room > 0 ? room : 0.6 * width) - y, 28 * style.gap);
    ScorePlane plane(scene, {0, y, width, height}, m_range);
    plane.addAxes();
    plane.addGoal();
    plane.addFronts(m_entries, m_front);
    plane.addEntries(m_entries, m_front);
    plane.addAbsent(m_entries);
    scene.setHeight(y + height);
    return scene;
}

QString ScoreboardFigure::describe(std::size_t index) const
{
    const KnownScore& entry = m_entries[index];
    const core::Score& score = entry.score;
    QString text =
        QStringLiteral("%1 (%2): %3 non-zero, %4 % on %5, 95 % interval %6, %7")
            .arg(QString::fromStdString(score.name), originText(entry.origin),
                 grouped(static_cast<qlonglong>(score.nonzero)), percentText(score.accuracy()),
                 QString::fromStdString(score.data), intervalText(score), sourceText(entry));
    if (!score.selectedOn.empty())
        text += QStringLiteral("; selected on %1").arg(QString::fromStdString(score.selectedOn));
    return text + QStringLiteral("; league: %1").arg(leagueText(score.league));
}

std::string ScoreboardFigure::csv() const
{
    CsvWriter writer("name,origin,nonzero,correct,images,accuracy,low,high,data,selected_on,source,"
                     "front,league");
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const KnownScore& entry = m_entries[i];
        const core::Score& score = entry.score;
        const core::Interval interval = score.interval();
        const std::string origin = originText(entry.origin).toStdString();
        const std::string source = sourceText(entry).toStdString();
        const bool front = std::ranges::find(m_front, i) != m_front.end();
        writer.line({std::string_view(score.name), std::string_view(origin),
                     static_cast<int>(score.nonzero), score.correct, score.images, score.accuracy(),
                     interval.low, interval.high, std::string_view(score.data),
                     std::string_view(score.selectedOn), std::string_view(source),
                     static_cast<int>(front), core::leagueName(score.league)});
    }
    return std::move(writer).text();
}

QJsonObject ScoreboardFigure::settings() const
{
    return {{QStringLiteral("data"), QLatin1String(core::kGolfData)},
            {QStringLiteral("fewest"), m_range.fewest},
            {QStringLiteral("most"), m_range.most},
            {QStringLiteral("lowest"), m_range.lowest},
            {QStringLiteral("highest"), m_range.highest}};
}

/// Of no one model, so it names all of them.
QJsonObject ScoreboardFigure::recipe() const
{
    QJsonObject object = settings();
    object.insert(QStringLiteral("view"), figureKindName(kind()));
    object.insert(QStringLiteral("program"), QStringLiteral("caddie " CADDIE_VERSION));
    object.insert(QStringLiteral("models"), scoresToRecipe(m_entries));
    return object;
}

} // namespace ui
