// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/sweep_figure.h"

#include "core/search/analysis/progress.h"
#include "ui/figures/chart.h"
#include "ui/figures/csv.h"
#include "ui/figures/sweep_recipe.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui
{

namespace
{

QPolygonF disc(const QPointF& middle, double reach)
{
    constexpr int kCorners = 12;
    QPolygonF corners;
    for (int i = 0; i < kCorners; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCorners;
        corners.append(middle + reach * QPointF(std::sin(angle), std::cos(angle)));
    }
    return corners;
}

} // namespace

QString SweepFigure::title() const
{
    return QStringLiteral("Sweep %1, %2").arg(QString::fromStdString(m_data->study), name());
}

QString SweepFigure::caption() const
{
    QString text = QStringLiteral("%1 of study %2; %3. ")
                       .arg(name(), QString::fromStdString(m_data->study), countsText(*m_data));
    if (!m_data->measuredOn.isEmpty())
        text += QStringLiteral("Accuracy on %1. ").arg(m_data->measuredOn);
    return text + explanation();
}

std::optional<int> SweepFigure::trialOf(MapKey key)
{
    if (key.group == kTrial)
        return key.index;
    if (key.group == kAgain)
        return key.index / kPanels;
    return std::nullopt;
}

QString SweepFigure::describe(const SceneHit& hit) const
{
    const auto number = trialOf(hit.key);
    const core::Trial* trial = number ? m_data->find(*number) : nullptr;
    return trial == nullptr ? QString() : describeTrial(*m_data, *trial);
}

std::string SweepFigure::csv() const
{
    std::string header = "number,state,value,last_step,begun,ended";
    for (const core::Dimension& dimension : m_data->space.dimensions)
        header += "," + dimension.name;
    CsvWriter writer(header);
    for (const core::Trial& trial : m_data->trials) {
        const std::string state = stateText(trial.state).toStdString();
        std::vector<std::string> texts;
        for (const core::Dimension& dimension : m_data->space.dimensions) {
            const auto found = trial.parameters.find(dimension.name);
            texts.push_back(found == trial.parameters.end()
                                ? std::string()
                                : core::toText(found->second.external()));
        }
        std::vector<CsvWriter::Field> fields = {trial.number, std::string_view(state)};
        fields.push_back(trial.value() ? CsvWriter::Field(*trial.value()) : std::string_view());
        fields.push_back(trial.lastStep() ? CsvWriter::Field(static_cast<int>(*trial.lastStep()))
                                          : std::string_view());
        fields.push_back(std::string_view(trial.begun));
        fields.push_back(std::string_view(trial.ended));
        for (const std::string& text : texts)
            fields.push_back(std::string_view(text));
        writer.line(fields);
    }
    return std::move(writer).text();
}

/// Of no one model, so it holds the trials themselves.
QJsonObject SweepFigure::recipe() const
{
    QJsonObject object = settings();
    object.insert(QStringLiteral("view"), figureKindName(kind()));
    object.insert(QStringLiteral("program"), QStringLiteral("caddie " CADDIE_VERSION));
    object.insert(QStringLiteral("study"), sweepToRecipe(*m_data));
    return object;
}

void addTrialMark(Scene& scene, core::TrialState state, const QPointF& middle)
{
    const FigureStyle& style = scene.style();
    const double reach = 0.36 * style.gap;
    const QColor good = curveColour(0, style.background);
    switch (state) {
    case core::TrialState::Complete:
        scene.addPolygon(disc(middle, reach), good, good);
        return;
    case core::TrialState::Pruned:
        scene.addPolygon(disc(middle, reach), style.background, style.secondaryText);
        return;
    case core::TrialState::Running:
    case core::TrialState::Waiting: {
        const QColor colour = curveColour(1, style.background);
        scene.addPolygon(QPolygonF{middle + QPointF(-reach, -reach), middle + QPointF(reach, 0),
                                   middle + QPointF(-reach, reach)},
                         state == core::TrialState::Running ? colour : style.background, colour);
        return;
    }
    case core::TrialState::Fail:
        for (const int side : {-1, 1})
            scene.addCurve(
                {middle - QPointF(reach, side * reach), middle + QPointF(reach, side * reach)},
                style.warning, 1.5 * style.line);
        return;
    }
}

double addTrialLegend(Scene& scene, double width, const SweepData& data, const QString& line)
{
    const FigureStyle& style = scene.style();
    const double height = lineHeight(style.caption);
    double x = 0;
    double y = 0;
    const auto add = [&](const QString& text) {
        const double needed = 2 * style.gap + textWidth(style.caption, text);
        if (x > 0 && x + needed > width) {
            x = 0;
            y += height + style.gap / 2;
        }
        const QPointF at(x + 0.75 * style.gap, y + height / 2);
        scene.addText({x + 1.75 * style.gap, y, needed, height}, Qt::AlignLeft | Qt::AlignVCenter,
                      text, style.caption, style.secondaryText);
        x += needed + 1.5 * style.gap;
        return at;
    };
    for (const core::TrialState state : {core::TrialState::Complete, core::TrialState::Pruned,
                                         core::TrialState::Running, core::TrialState::Fail})
        if (core::trialsIn(data.history(), state) > 0)
            addTrialMark(scene, state, add(stateText(state)));
    if (!line.isEmpty()) {
        const QPointF at = add(line);
        scene.addLine({at.x() - 0.75 * style.gap, at.y(), at.x() + 0.75 * style.gap, at.y()},
                      style.accent, 1.5 * style.line);
    }
    return y + height;
}

} // namespace ui
