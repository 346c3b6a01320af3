// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/class_heatmap_view.h"

#include "ui/figures/recipe.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/wrap_layout.h"

#include <algorithm>

namespace ui
{

ClassHeatmapView::ClassHeatmapView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_mode(new ChoiceBar(tr("Arrangement"))),
      m_stages(new ChoiceBar(tr("Stage")))
{
    m_mode->setChoices({tr("Rows"), tr("Maps"), tr("Difference")});
    m_mode->setTip(0, tr("A row a class, a column a feature neuron"));
    m_mode->setTip(1, tr("A small map a class and channel, as the neurons lie in the image"));
    m_mode->setTip(2, tr("Less the neuron's mean over all images"));
    m_stages->setChoices({tr("Before"), tr("After")});
    m_stages->setTip(0, tr("Features before their activation function"));
    m_stages->setTip(1, tr("Features after their activation function"));
    toolbar()->addWidget(m_mode);
    toolbar()->addWidget(m_stages);
    addExportButton();
    connect(m_mode, &ChoiceBar::chosen, this, &ClassHeatmapView::refreshLater);
    connect(m_stages, &ChoiceBar::chosen, this, [this](int stage) {
        Selection selection = this->session().selection();
        selection.stage = stage == 0 ? core::Stage::Pre : core::Stage::Post;
        this->session().select(selection);
    });
    connect(&session, &Session::classStatisticsChanged, this, &ClassHeatmapView::refreshLater);
    connect(&session, &Session::selectionChanged, this, &ClassHeatmapView::followSelection);
}

void ClassHeatmapView::followSelection()
{
    if (session().selection().stage != m_seen)
        refreshLater();
    m_seen = session().selection().stage;
}

const ClassHeatmapFigure* ClassHeatmapView::heatmap() const
{
    return dynamic_cast<const ClassHeatmapFigure*>(shown());
}

std::unique_ptr<SceneFigure> ClassHeatmapView::makeFigure() const
{
    const auto& statistics = session().classStatistics().value;
    if (session().current() == nullptr || statistics == nullptr ||
        statistics->features() != session().current()->architecture.featureShape().count())
        return nullptr;
    return std::make_unique<ClassHeatmapFigure>(session().current(), statistics,
                                                static_cast<HeatmapMode>(m_mode->current()));
}

QString ClassHeatmapView::emptyText() const
{
    if (session().current() == nullptr)
        return tr("The mean activation of each feature neuron for each class would be here.\n"
                  "Open a model, or drop its file anywhere in the window.");
    const auto& pending = session().classStatistics();
    if (!pending.error.isEmpty())
        return pending.error;
    return tr("Computing the class means on %1\u2026")
        .arg(QString::fromStdString(session().dataset()->description()));
}

void ClassHeatmapView::updateControls()
{
    const core::ModelPointer model = session().current();
    setStale(model != nullptr && session().classStatistics().running);
    m_stages->setCurrent(session().selection().stage == core::Stage::Pre ? 0 : 1);
    const auto unit = model == nullptr ? std::nullopt : model->architecture.featureUnit();
    m_stages->setEnabled(unit.has_value());
    if (unit) {
        const core::Unit& owner = model->architecture.units()[static_cast<std::size_t>(*unit)];
        m_stages->setEnabled(owner.preLayer != owner.postLayer);
    }
}

bool ClassHeatmapView::waits() const
{
    const auto& pending = session().classStatistics();
    return pending.running && pending.value == nullptr;
}

int ClassHeatmapView::ownerUnit() const
{
    const core::Architecture& architecture = session().current()->architecture;
    if (const auto unit = architecture.featureUnit())
        return *unit;
    // Pooled features: the last unit before them, whose channels they still are.
    int owner = 0;
    for (int i = 0; i < static_cast<int>(architecture.units().size()); ++i)
        if (architecture.units()[static_cast<std::size_t>(i)].postLayer <=
            architecture.featureLayer())
            owner = i;
    return owner;
}

QString ClassHeatmapView::hoverText(const SceneHit& hit) const
{
    const ClassHeatmapFigure* figure = heatmap();
    const FeatureCell cell = figure->cellAt(hit);
    const core::ClassStatistics& numbers = figure->statistics();
    const int within = cell.feature % numbers.shape.area();
    const QString place = numbers.shape.area() == 1 ? QString()
                                                    : tr(" (channel %1, row %2, column %3)")
                                                          .arg(cell.feature / numbers.shape.area())
                                                          .arg(within / numbers.shape.width)
                                                          .arg(within % numbers.shape.width);
    QString text = tr("neuron %1%2, class %3: mean %4, std %5, %6 images")
                       .arg(cell.feature)
                       .arg(place)
                       .arg(cell.label)
                       .arg(shortNumber(numbers.meanOf(cell.label, cell.feature)),
                            shortNumber(numbers.deviationOf(cell.label, cell.feature)),
                            grouped(numbers.count[static_cast<std::size_t>(cell.label)]));
    if (static_cast<HeatmapMode>(m_mode->current()) == HeatmapMode::Difference)
        text += tr(", difference %1").arg(shortNumber(hit.value));
    return text + QStringLiteral(", ") + QString::fromStdString(numbers.data);
}

std::vector<SceneMark> ClassHeatmapView::selectionMarks() const
{
    const Selection& selection = session().selection();
    const ClassHeatmapFigure* figure = heatmap();
    if (figure == nullptr || !selection.channel || selection.unit != ownerUnit())
        return {};
    const core::Shape& shape = figure->statistics().shape;
    if (*selection.channel >= shape.channels || selection.position.value_or(0) >= shape.area())
        return {};
    const int first = *selection.channel * shape.area() + selection.position.value_or(0);
    const int last = selection.position ? first : first + shape.area() - 1;
    const int classes = figure->statistics().classes();
    const int from = selection.label.value_or(0);
    const int to = selection.label.value_or(classes - 1);
    if (to >= classes)
        return {};
    const SceneHit top = figure->hitOf({from, first});
    const SceneHit bottom = figure->hitOf({to, last});
    if (top.key == bottom.key)
        return {{top.key, QRect(QPoint(top.column, top.row), QPoint(bottom.column, bottom.row)),
                 MarkKind::Selected}};
    std::vector<SceneMark> marks; // one map a class
    for (int label = from; label <= to; ++label) {
        const SceneHit a = figure->hitOf({label, first});
        const SceneHit b = figure->hitOf({label, last});
        if (a.key == b.key)
            marks.push_back({a.key, QRect(QPoint(a.column, a.row), QPoint(b.column, b.row)),
                             MarkKind::Selected});
    }
    return marks;
}

std::vector<SceneMark> ClassHeatmapView::hoverMarks(const SceneHit& hit) const
{
    return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
}

void ClassHeatmapView::choose(const SceneHit& hit)
{
    const ClassHeatmapFigure* figure = heatmap();
    if (figure == nullptr)
        return;
    const FeatureCell cell = figure->cellAt(hit);
    const int area = figure->statistics().shape.area();
    Selection selection = session().selection();
    selection.unit = ownerUnit();
    selection.channel = cell.feature / area;
    selection.position.reset();
    if (session().current()->architecture.featureUnit())
        selection.position = cell.feature % area;
    selection.label = cell.label;
    session().select(selection);
}

QJsonObject ClassHeatmapView::state() const
{
    return {{QStringLiteral("mode"), m_mode->current()}};
}

void ClassHeatmapView::restore(const QJsonObject& state)
{
    m_mode->setCurrent(std::clamp(state.value(QStringLiteral("mode")).toInt(0), 0, 2));
    refreshLater();
}

} // namespace ui
