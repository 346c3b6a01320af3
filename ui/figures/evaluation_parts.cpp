// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/evaluation_parts.h"

#include "ui/figures/recipe.h"

#include <algorithm>
#include <cmath>

namespace ui
{

namespace
{

int classesOf(const core::Evaluation& evaluation)
{
    return static_cast<int>(std::lround(std::sqrt(evaluation.confusion.size())));
}

/// 0.01 for 0.7 %, 0.05 for 3 %: a round end for an axis of shares.
double roundShare(double share)
{
    for (const double end : {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5})
        if (share <= end)
            return end;
    return 1;
}

HeatMapPointer confusionMap(const core::Evaluation& evaluation)
{
    const int classes = classesOf(evaluation);
    HeatMap map{classes, classes, {}, {}, {}, {}};
    map.decimals = 0;
    map.ticks = false;
    double most = 0;
    for (int i = 0; i < classes * classes; ++i) {
        const int count = evaluation.confusion[static_cast<std::size_t>(i)];
        const bool right = i % (classes + 1) == 0;
        map.values.push_back(static_cast<float>(count));
        map.removed.push_back(right);
        most = right ? most : std::max(most, static_cast<double>(count));
    }
    map.scale = signedScale(most);
    return std::make_shared<HeatMap>(std::move(map));
}

} // namespace

std::vector<ClassScore> classScores(const core::Evaluation& evaluation)
{
    const int classes = classesOf(evaluation);
    std::vector<ClassScore> scores(static_cast<std::size_t>(classes));
    for (int label = 0; label < classes; ++label)
        for (int answer = 0; answer < classes; ++answer) {
            const int count =
                evaluation.confusion[static_cast<std::size_t>(label * classes + answer)];
            ClassScore& score = scores[static_cast<std::size_t>(label)];
            score.images += count;
            score.correct += label == answer ? count : 0;
        }
    return scores;
}

double addClassScores(Scene& scene, const QPointF& topLeft, double width,
                      const core::Evaluation& evaluation)
{
    const FigureStyle& style = scene.style();
    const std::vector<ClassScore> scores = classScores(evaluation);
    double worst = 0;
    for (const ClassScore& score : scores)
        worst = std::max(worst, score.images == 0 ? 0 : 1 - score.accuracy());
    const double end = roundShare(worst);

    const double row = std::max(lineHeight(style.number) + style.gap / 2, 2 * style.gap);
    const double line = lineHeight(style.caption);
    const double label = textWidth(style.body, QStringLiteral("0")) + style.gap;
    const double numbers = textWidth(style.number, QStringLiteral("100.00 %")) + style.gap;
    const double counts = textWidth(style.number, QStringLiteral("0000/0000")) + style.gap;
    const double bars = width - label - numbers - counts;
    const double left = topLeft.x() + label;
    const double right = topLeft.x() + width;

    double y = topLeft.y();
    const auto heading = [&](double x, double w, Qt::Alignment side, const QString& text) {
        scene.addText({x, y, w, line}, side | Qt::AlignVCenter, text, style.caption,
                      style.secondaryText);
    };
    heading(left, bars, Qt::AlignLeft, QStringLiteral("wrong, 0 to %1 %").arg(end * 100));
    heading(right - numbers, numbers, Qt::AlignRight, QStringLiteral("accuracy"));
    heading(right - numbers - counts, counts, Qt::AlignRight, QStringLiteral("wrong"));
    y += line + style.gap / 2;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const ClassScore& score = scores[i];
        const int wrong = score.images - score.correct;
        scene.addText({topLeft.x(), y, label - style.gap, row}, Qt::AlignRight | Qt::AlignVCenter,
                      QString::number(i), style.body, style.text);
        const QRectF track(left, y + row * 0.2, bars, row * 0.6);
        scene.addBox(track, style.hairline);
        if (wrong > 0)
            scene.addBox(
                {track.left(), track.top(), bars * (1 - score.accuracy()) / end, track.height()},
                colourAt(ColourMap::Signed, 0.82));
        scene.addText({right - numbers - counts, y, counts, row}, Qt::AlignRight | Qt::AlignVCenter,
                      QStringLiteral("%1/%2").arg(wrong).arg(score.images), style.number,
                      style.secondaryText);
        scene.addText({right - numbers, y, numbers, row}, Qt::AlignRight | Qt::AlignVCenter,
                      score.images == 0
                          ? QStringLiteral("\u2013")
                          : QString::number(score.accuracy() * 100, 'f', 2) + QStringLiteral(" %"),
                      style.number, style.text);
        y += row;
    }
    return y - topLeft.y();
}

double addConfusion(Scene& scene, MapKey key, const QPointF& topLeft, double width,
                    const core::Evaluation& evaluation)
{
    const FigureStyle& style = scene.style();
    const HeatMapPointer map = confusionMap(evaluation);
    const int classes = map->rows;
    const double label = textWidth(style.body, QStringLiteral("00")) + style.gap / 2;
    const double line = lineHeight(style.caption);
    double cell = std::min((width - label) / classes, 5 * style.gap);
    if (style.wholeScale)
        cell = std::max(1.0, std::floor(cell));
    const double height =
        std::min(cell, std::max(lineHeight(style.number) + style.gap / 2, 0.75 * cell));
    double y = topLeft.y();
    scene.addText({topLeft.x() + label, y, width - label, line}, Qt::AlignLeft | Qt::AlignVCenter,
                  QStringLiteral("answer \u2192, label \u2193"), style.caption,
                  style.secondaryText);
    y += line + style.gap / 2;
    for (int i = 0; i < classes; ++i)
        scene.addText({topLeft.x() + label + i * cell, y, cell, lineHeight(style.body)},
                      Qt::AlignCenter, QString::number(i), style.body, style.text);
    y += lineHeight(style.body) + style.gap / 4;
    const QRectF area(topLeft.x() + label, y, cell * classes, height * classes);
    scene.addMap(key, area, map);
    for (int i = 0; i < classes; ++i)
        scene.addText({topLeft.x(), y + i * height, label - style.gap / 2, height},
                      Qt::AlignRight | Qt::AlignVCenter, QString::number(i), style.body,
                      style.text);
    return y + area.height() - topLeft.y();
}

} // namespace ui
