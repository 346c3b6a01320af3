// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/golf_figure.h"

#include "core/inspect/scoreboard.h"
#include "ui/figures/csv.h"
#include "ui/figures/golf_drawing.h"
#include "ui/figures/golf_recipe.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scoreboard_figure.h"
#include "ui/words.h"

#include <algorithm>
#include <cmath>

namespace ui
{

GolfFigure::GolfFigure(core::ModelPointer start, std::vector<GolfGame> games,
                       const GolfRanges& ranges)
    : SceneFigure(std::move(start)), m_games(std::move(games)), m_ranges(ranges)
{
}

QString GolfFigure::title() const
{
    return m_games.size() == 1 ? QStringLiteral("Golf: %1").arg(m_games.front().title)
                               : QStringLiteral("%1 games of golf").arg(m_games.size());
}

QString GolfFigure::caption() const
{
    QStringList parts;
    for (const GolfGame& game : m_games) {
        const core::GolfStep* best = game.best();
        parts << (best == nullptr
                      ? QStringLiteral("%1: %2 not met yet on %3")
                            .arg(game.title, percent(game.golf().options.threshold),
                                 game.selectedOn())
                      : QStringLiteral("%1: %2 non-zero with %3 (95 % interval %4) on %5, which "
                                       "selects")
                            .arg(game.title, grouped(best->bestNonzero),
                                 percent(game.accuracy(best->bestCorrect)),
                                 intervalText(best->bestCorrect, game.images), game.selectedOn()));
    }
    return parts.join(QStringLiteral("; ")) + u'.';
}

Scene GolfFigure::scene(double width, const FigureStyle& style, double room) const
{
    Scene scene(style);
    double y = addGolfLegend(scene, {}, width, m_games) + style.gap;
    const double height = std::max((room > 0 ? room : 0.8 * width) - y, 40 * style.gap);
    const double upper = std::round(0.62 * height);
    addGolfAccuracy(scene, {0, y, width, upper}, m_games, m_ranges.accuracy);
    addGolfLoss(scene, {0, y + upper + style.gap, width, height - upper - style.gap}, m_games,
                m_ranges.loss);
    scene.setHeight(y + height);
    return scene;
}

std::optional<GolfFigure::Place> GolfFigure::placeOf(const SceneHit& hit) const
{
    if (hit.key.group < kSteps)
        return std::nullopt;
    const auto game = static_cast<std::size_t>((hit.key.group - kSteps) / 2);
    const auto step = static_cast<std::size_t>(hit.key.index);
    if (game >= m_games.size() || step >= m_games[game].steps.size())
        return std::nullopt;
    return Place{game, step};
}

std::vector<MapKey> GolfFigure::keysOf(const Place& place)
{
    const int group = kSteps + 2 * static_cast<int>(place.game);
    const int step = static_cast<int>(place.step);
    return {{group, step}, {group + 1, step}};
}

QString GolfFigure::describeStep(const GolfGame& game, const core::GolfStep& step) const
{
    QString text =
        QStringLiteral("%1, step %2 (%3%4): %5 non-zero, %6 (%7 right) on %8, training loss %9")
            .arg(game.title, grouped(static_cast<qlonglong>(step.step)), phaseText(step.phase),
                 step.round > 0 ? QStringLiteral(", round %1").arg(step.round) : QString(),
                 grouped(step.nonzero), percent(game.accuracy(step.correct)), grouped(step.correct),
                 game.selectedOn(), fixed(step.trainLoss, 4));
    if (core::isRefused(step, game.golf().options))
        text += QStringLiteral(", refused: the training loss is not lower");
    return text;
}

QString GolfFigure::describe(const SceneHit& hit) const
{
    if (const auto place = placeOf(hit))
        return describeStep(m_games[place->game], m_games[place->game].steps[place->step]);
    const auto index = static_cast<std::size_t>(hit.key.index);
    if (hit.key.group == kBest && index < m_games.size()) {
        const GolfGame& game = m_games[index];
        const core::GolfStep* best = game.best();
        if (best == nullptr)
            return {};
        return QStringLiteral("%1, best so far: %2 non-zero, %3 on %4 (95 % interval %5), found in "
                              "step %6; a click opens it")
            .arg(game.title, grouped(best->bestNonzero), percent(game.accuracy(best->bestCorrect)),
                 game.selectedOn(), intervalText(best->bestCorrect, game.images),
                 grouped(static_cast<qlonglong>(best->step)));
    }
    const std::vector<core::Score> published = core::publishedLadder();
    if (hit.key.group != kPublished || index >= published.size())
        return {};
    const core::Score& score = published[index];
    return QStringLiteral("%1, as published: %2 non-zero, %3 on %4")
        .arg(QString::fromStdString(score.name), grouped(static_cast<qlonglong>(score.nonzero)),
             percent(score.accuracy()), QString::fromStdString(score.data));
}

std::string GolfFigure::csv() const
{
    CsvWriter writer("run,step,phase,round,nonzero,train_loss,train_correct,correct,images,"
                     "selected_on,accepted,best_nonzero,best_correct,epochs");
    for (const GolfGame& game : m_games) {
        const std::string on = game.selectedOn().toStdString();
        for (const core::GolfStep& step : game.steps)
            writer.line({std::string_view(game.run), static_cast<int>(step.step),
                         core::phaseName(step.phase), step.round, step.nonzero, step.trainLoss,
                         step.trainCorrect, step.correct, game.images, std::string_view(on),
                         step.accepted ? 1 : 0, step.bestNonzero, step.bestCorrect,
                         static_cast<int>(step.epochs)});
    }
    return std::move(writer).text();
}

QJsonObject GolfFigure::settings() const
{
    return {{QStringLiteral("runs"), golfGamesToRecipe(m_games)},
            {QStringLiteral("ranges"), golfRangesToRecipe(m_ranges)}};
}

} // namespace ui
