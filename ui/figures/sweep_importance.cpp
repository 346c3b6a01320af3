// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart.h"
#include "ui/figures/csv.h"
#include "ui/figures/sweep_figures.h"

#include <algorithm>

namespace ui
{

namespace
{

QString shareText(double share)
{
    return QString::number(100 * share, 'f', 1) + QStringLiteral(" %");
}

} // namespace

QString SweepImportanceFigure::explanation() const
{
    if (m_importance.parameters.empty())
        return QStringLiteral("It takes %1 complete trials with different results; there are %2.")
            .arg(core::kLeastResults)
            .arg(m_importance.results);
    return QStringLiteral("Share of the results' variance over the whole space that a parameter "
                          "explains alone, from %1 complete trials: functional ANOVA of a random "
                          "forest (Hutter et al. 2014); whiskers: standard deviation among its "
                          "trees.")
        .arg(m_importance.results);
}

Scene SweepImportanceFigure::scene(double width, const FigureStyle& style, double) const
{
    Scene scene(style);
    const double line = lineHeight(style.body);
    const double row = line + style.gap;
    double names = textWidth(style.body, QStringLiteral("together"));
    for (const core::Importance& one : m_importance.parameters)
        names = std::max(names, textWidth(style.body, QString::fromStdString(one.name)));
    names = std::min(names, width / 3);
    const double numbers = textWidth(style.number, QStringLiteral("100.0 %")) + style.gap;
    const double left = names + style.gap;
    const double length = std::max(width - left - numbers, style.gap);
    const QColor colour = curveColour(0, style.background);
    double y = style.gap;
    int index = 0;
    const auto add = [&](const QString& name, double share, double spread, bool hollow) {
        scene.addLabel({0, y, names, line}, Qt::AlignRight | Qt::AlignVCenter, name, style.body,
                       style.text);
        const QRectF bar(left, y + 0.15 * line, std::max(1.0, share * length), 0.7 * line);
        scene.addBox(bar, hollow ? style.background : colour,
                     hollow ? style.secondaryText : colour);
        const double end = left + std::min(1.0, share + spread) * length;
        if (spread > 0)
            scene.addLine(
                {left + std::max(0.0, share - spread) * length, y + line / 2, end, y + line / 2},
                style.text, style.line);
        scene.addText({std::max(bar.right(), end) + style.gap / 2, y, numbers, line},
                      Qt::AlignLeft | Qt::AlignVCenter, shareText(share), style.number, style.text);
        scene.addPlace({kPart, index++}, {0, y, width, line});
        y += row;
    };
    for (const core::Importance& one : m_importance.parameters)
        add(QString::fromStdString(one.name), one.share, one.spread, false);
    if (!m_importance.parameters.empty())
        add(QStringLiteral("together"), m_importance.together, 0, true);
    else
        scene.addText({0, y, width, line}, Qt::AlignLeft | Qt::AlignVCenter, explanation(),
                      style.body, style.secondaryText);
    scene.setHeight(y + line);
    return scene;
}

std::string SweepImportanceFigure::csv() const
{
    CsvWriter writer("parameter,share,spread");
    for (const core::Importance& one : m_importance.parameters)
        writer.line({std::string_view(one.name), one.share, one.spread});
    writer.line({std::string_view("together"), m_importance.together, std::string_view()});
    return std::move(writer).text();
}

QString SweepImportanceFigure::describe(const SceneHit& hit) const
{
    if (hit.key.group != kPart)
        return {};
    const auto index = static_cast<std::size_t>(hit.key.index);
    if (index >= m_importance.parameters.size())
        return QStringLiteral("%1 of the variance comes from parameters together: no one of them "
                              "explains it alone")
            .arg(shareText(m_importance.together));
    const core::Importance& one = m_importance.parameters[index];
    return QStringLiteral("%1 alone explains %2 \u00b1 %3 of the variance")
        .arg(QString::fromStdString(one.name), shareText(one.share), shareText(one.spread));
}

} // namespace ui
