// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/weights_view.h"

#include "ui/ablations.h"
#include "ui/models/circuit_choice.h"
#include "ui/trial_hint.h"
#include "ui/words.h"

namespace ui
{

// What WeightsView says and marks; weights_view.cpp has what it does.

QString WeightsView::hoverWeight(const WeightsFigure& figure, const SceneHit& hit) const
{
    const std::size_t parameter = figure.page().placeOf(hit).parameter;
    const float now = figure.value(parameter);
    const float before = figure.openedValue(parameter);
    const QString place = figure.page().describe(parameter);
    if (now != before)
        return tr("%1 = %2, ablated, was %3")
            .arg(place, shortNumber(double(now), 4), shortNumber(double(before), 4));
    return now == 0.0F ? tr("%1 = 0, pruned").arg(place)
                       : tr("%1 = %2").arg(place, shortNumber(double(now), 4));
}

QString WeightsView::hoverText(const SceneHit& hit) const
{
    if (const WeightsFigure* figure = weights())
        return hoverWeight(*figure, hit);
    const CircuitFigure* figure = circuit();
    if (figure == nullptr)
        return {};
    if (hit.key.group == 0)
        return tr("input (%1, %2) = %3").arg(hit.row).arg(hit.column).arg(shortNumber(hit.value));
    if (CircuitFigure::isEdge(hit.key))
        return figure->describeEdge(hit.key);
    return figure->describe(hit.key.group, hit.key.index);
}

/// The maps of the selected channel: its kernels, or its row of a linear map.
std::vector<SceneMark> WeightsView::pageMarks(const WeightsFigure& figure) const
{
    std::vector<SceneMark> marks;
    if (m_cursor && canvas()->hasFocus())
        marks.push_back({m_cursor->key, QRect(m_cursor->column, m_cursor->row, 1, 1)});
    const Selection& selection = session().selection();
    const core::Model& model = *session().current();
    if (!selection.channel)
        return marks;
    const core::Unit& unit = model.architecture.units()[static_cast<std::size_t>(selection.unit)];
    const core::ParameterSlice* slice =
        model.parameters.find(unit.weightLayer, core::ParameterRole::Weight);
    if (slice == nullptr)
        return marks;
    const std::size_t each = slice->count / static_cast<std::size_t>(slice->shape[0]);
    const std::size_t first = slice->offset + static_cast<std::size_t>(*selection.channel) * each;
    const SceneHit top = figure.page().hitOf(first);
    const SceneHit bottom = figure.page().hitOf(first + each - 1);
    if (slice->shape.size() == 4)
        for (int map = top.key.index; map <= bottom.key.index; ++map)
            marks.push_back({{top.key.group, map}, std::nullopt});
    else
        marks.push_back(
            {top.key, QRect(QPoint(top.column, top.row), QPoint(bottom.column, bottom.row))});
    return marks;
}

std::vector<SceneMark> WeightsView::selectionMarks() const
{
    std::vector<SceneMark> marks;
    if (session().current() == nullptr) // what is shown goes in a moment
        return marks;
    if (const WeightsFigure* figure = weights(); figure != nullptr && figure->readable())
        return pageMarks(*figure);
    const CircuitFigure* figure = circuit();
    if (figure == nullptr)
        return marks;
    const auto chosen =
        chosenNodes(figure->circuit(), session().current()->architecture, session().selection());
    for (std::size_t column = 0; column < chosen.size(); ++column)
        if (chosen[column])
            marks.push_back({{static_cast<int>(column), *chosen[column]}, std::nullopt});
    return marks;
}

std::vector<SceneMark> WeightsView::hoverMarks(const SceneHit& hit) const
{
    const CircuitFigure* figure = circuit();
    if (figure == nullptr)
        return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
    std::vector<SceneMark> marks = {{hit.key, std::nullopt, MarkKind::Hovered}};
    if (CircuitFigure::isEdge(hit.key)) {
        const core::CircuitEdge& edge = figure->edgeAt(hit.key);
        marks.push_back({{-hit.key.group - 1, edge.from}, std::nullopt, MarkKind::Hovered});
        marks.push_back({{-hit.key.group, edge.to}, std::nullopt, MarkKind::Hovered});
    }
    return marks;
}

/// Says what ablating it would change, before anything is done.
void WeightsView::restOn(const std::optional<SceneHit>& hit)
{
    std::optional<core::AblationTarget> target;
    if (const WeightsFigure* figure = weights(); figure != nullptr && hit)
        target = core::WeightTarget{figure->page().placeOf(*hit).parameter};
    else if (circuit() != nullptr && hit && !CircuitFigure::isEdge(hit->key))
        target = circuit()->targetOf(hit->key.group, hit->key.index);
    m_hint->rest(target, target ? hoverText(*hit) : QString());
}

} // namespace ui
