// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/edges_view.h"

#include "ui/figures/edge_words.h"
#include "ui/figures/recipe.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/wrap_layout.h"

#include <algorithm>
#include <cmath>

namespace ui
{

EdgesView::EdgesView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_stages(new ChoiceBar(tr("Stage"))),
      m_range(new ChoiceBar(tr("Range of the polar plots")))
{
    m_stages->setChoices({tr("Before"), tr("After")});
    m_stages->setTip(0, tr("Outputs before the activation function"));
    m_stages->setTip(1, tr("Outputs after the activation function"));
    m_range->setChoices({tr("Each channel"), tr("All channels")});
    m_range->setTip(0, tr("Each plot's outer circle is its channel's highest answer"));
    m_range->setTip(1, tr("The outer circle is the highest answer of all channels"));
    toolbar()->addWidget(m_stages);
    toolbar()->addWidget(m_range);
    addExportButton();

    connect(m_stages, &ChoiceBar::chosen, this, [this](int stage) {
        Selection selection = this->session().selection();
        selection.stage = stage == 0 ? core::Stage::Pre : core::Stage::Post;
        this->session().select(selection);
    });
    connect(m_range, &ChoiceBar::chosen, this, &EdgesView::refreshLater);
    connect(&session, &Session::selectionChanged, this, &EdgesView::followSelection);
    connect(&m_job, &Job::failed, this, [this](const QString& sentence) {
        m_error = sentence;
        m_channels.reset();
        refreshLater();
    });
}

void EdgesView::followSelection()
{
    if (session().selection().stage != m_seen)
        refreshLater();
    m_seen = session().selection().stage;
}

const EdgesFigure* EdgesView::edges() const
{
    return dynamic_cast<const EdgesFigure*>(shown());
}

void EdgesView::measure()
{
    const core::ModelPointer model = session().current();
    if (model == m_wanted)
        return;
    m_job.cancel();
    m_wanted = model;
    m_error.clear();
    // What was measured before stays, tinted, only for an edited copy of the same network.
    if (model == nullptr || m_measured == nullptr ||
        model->architecture != m_measured->architecture)
        m_channels.reset();
    if (model == nullptr)
        return;
    const auto work = [calls = session().calls(), model](std::stop_token stop) {
        const auto backend = calls.makeBackend(model->architecture);
        return core::orientations(*backend, *model, stop);
    };
    m_job.start(work, [this, model](OrientedChannels channels) {
        m_measured = model;
        m_channels = std::make_shared<const OrientedChannels>(std::move(channels));
        refreshLater();
    });
}

std::unique_ptr<SceneFigure> EdgesView::makeFigure() const
{
    if (session().current() == nullptr || m_channels == nullptr || m_channels->empty())
        return nullptr;
    return std::make_unique<EdgesFigure>(
        m_measured, m_channels,
        EdgesOptions{session().selection().stage, static_cast<PolarRange>(m_range->current())});
}

QString EdgesView::captionText(const SceneFigure& figure) const
{
    const auto* shown = dynamic_cast<const EdgesFigure*>(&figure);
    return shown != nullptr ? shown->shortCaption() : figure.caption();
}

QString EdgesView::emptyText() const
{
    if (session().current() == nullptr)
        return tr("Which edges each channel of the first layer answers to would be here.\n"
                  "Open a model, or drop its file anywhere in the window.");
    if (!m_error.isEmpty())
        return tr("Which edges the channels answer to would be here, but %1.").arg(m_error);
    return tr("Showing gratings and edges to the first layer\u2026");
}

void EdgesView::updateControls()
{
    measure();
    setStale(m_job.running());
    const core::ModelPointer model = session().current();
    const bool ready = model != nullptr && !model->architecture.units().empty();
    m_range->setEnabled(ready);
    m_stages->setEnabled(ready && model->architecture.units().front().preLayer !=
                                      model->architecture.units().front().postLayer);
    m_stages->setCurrent(session().selection().stage == core::Stage::Pre ? 0 : 1);
}

std::vector<SceneMark> EdgesView::selectionMarks() const
{
    const Selection& selection = session().selection();
    if (selection.unit != 0 || !selection.channel)
        return {};
    return {{{EdgesFigure::Card, *selection.channel}, std::nullopt, MarkKind::Selected}};
}

std::vector<SceneMark> EdgesView::hoverMarks(const SceneHit& hit) const
{
    if (hit.key.group == EdgesFigure::Kernel)
        return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
    return {{hit.key, std::nullopt, MarkKind::Hovered}};
}

QString EdgesView::plotText(const SceneHit& hit) const
{
    const auto point = edges()->pointAt(hit);
    const double along = std::fmod(point->degrees, 180);
    const double line = std::fmod(point->degrees + 90, 180);
    return hit.key.group == EdgesFigure::Gratings
               ? tr("gratings at %1\u00B0: standard deviation %2")
                     .arg(along)
                     .arg(shortNumber(point->value))
               : tr("step edge at %1\u00B0, ink towards %2\u00B0: %3 above plain paper and ink")
                     .arg(line)
                     .arg(point->degrees)
                     .arg(shortNumber(point->value));
}

QString EdgesView::hoverText(const SceneHit& hit) const
{
    if (edges() == nullptr)
        return {};
    const core::Unit& unit = session().current()->architecture.units().front();
    const core::Stage stage = edges()->options().stage;
    const QString after = stageSentence(session().current()->architecture, unit, stage);
    const QString name = tr("%1 channel %2%3")
                             .arg(QString::fromStdString(unit.name))
                             .arg(hit.key.index)
                             .arg(after.isEmpty() ? QString() : u' ' + after);
    switch (hit.key.group) {
    case EdgesFigure::Kernel:
        return tr("%1 channel %2, kernel (%3, %4) = %5")
            .arg(QString::fromStdString(unit.name))
            .arg(hit.key.index)
            .arg(hit.row)
            .arg(hit.column)
            .arg(hit.removed ? tr("removed") : shortNumber(hit.value));
    case EdgesFigure::Gratings:
    case EdgesFigure::Edges:
        return name + QStringLiteral(", ") + plotText(hit);
    default:
        break;
    }
    const auto& channel = edges()->channels()[static_cast<std::size_t>(hit.key.index)];
    return name + QStringLiteral(": ") + QString::fromStdString(channel.label(stage));
}

void EdgesView::choose(const SceneHit& hit)
{
    Selection selection = session().selection();
    selection.unit = 0;
    selection.channel = hit.key.index;
    selection.position.reset();
    session().select(selection);
}

QJsonObject EdgesView::state() const
{
    return {{QStringLiteral("range"), m_range->current()}};
}

void EdgesView::restore(const QJsonObject& state)
{
    m_range->setCurrent(std::clamp(state.value(QStringLiteral("range")).toInt(0), 0, 1));
    refreshLater();
}

} // namespace ui
