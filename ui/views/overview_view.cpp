// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/overview_view.h"
#include "ui/widgets/wrap_layout.h"

#include "ui/figures/overview_figure.h"
#include "ui/figures/recipe.h"

#include <QLabel>

namespace ui
{

OverviewView::OverviewView(Session& session, QWidget* parent)
    : FigureView(session, parent), m_note(new QLabel)
{
    m_note->setProperty("role", "caption");
    toolbar()->addWidget(m_note);
    addExportButton();
    connect(&session, &Session::modelsChanged, this, &OverviewView::refreshLater);
    connect(&session, &Session::datasetChanged, this, &OverviewView::refreshLater);
}

std::shared_ptr<const core::Evaluation> OverviewView::evaluation() const
{
    const OpenModel* entry = session().currentEntry();
    return entry == nullptr ? nullptr : entry->evaluation.value;
}

QString OverviewView::measuredOn() const
{
    const OpenModel* entry = session().currentEntry();
    return entry == nullptr ? QString() : entry->evaluatedOn;
}

std::unique_ptr<SceneFigure> OverviewView::makeFigure() const
{
    if (session().current() == nullptr)
        return nullptr;
    return std::make_unique<OverviewFigure>(session().current(), evaluation(), measuredOn(),
                                            OverviewFigure::Part::Page);
}

QString OverviewView::emptyText() const
{
    return tr("The layers, tensors and answers of a model would be here.\n"
              "Open one, or drop its file anywhere in the window.");
}

void OverviewView::updateControls()
{
    const OpenModel* entry = session().currentEntry();
    const bool running = entry != nullptr && entry->evaluation.running;
    setStale(false);
    setProgress(running ? std::optional(-1.0) : std::nullopt);
    if (running)
        m_note->setText(tr("Asking the model about %1\u2026")
                            .arg(QString::fromStdString(session().dataset()->description())));
    else
        m_note->setText(entry == nullptr ? QString() : entry->evaluation.error);
}

bool OverviewView::waits() const
{
    const OpenModel* entry = session().currentEntry();
    const bool answersShown = confusionMap() != nullptr; // else there is nothing to keep
    return answersShown && evaluation() == nullptr && entry != nullptr &&
           entry->evaluation.error.isEmpty();
}

QString OverviewView::hoverText(const SceneHit& hit) const
{
    if (evaluation() == nullptr) // what is shown goes in a moment
        return {};
    const QString images = grouped(static_cast<qlonglong>(hit.value));
    return hit.row == hit.column
               ? tr("%1 images of %2 answered right, %3").arg(images).arg(hit.row).arg(measuredOn())
               : tr("%1 images of %2 answered as %3, %4")
                     .arg(images)
                     .arg(hit.row)
                     .arg(hit.column)
                     .arg(measuredOn());
}

const SceneMap* OverviewView::confusionMap() const
{
    const Scene* scene = canvas()->scene();
    return scene == nullptr ? nullptr : scene->find({OverviewFigure::Confusion, 0});
}

std::vector<SceneMark> OverviewView::selectionMarks() const
{
    const std::optional<int> label = session().selection().label;
    const SceneMap* map = confusionMap();
    if (!label || map == nullptr || *label >= map->map->rows)
        return {};
    return {{map->key, QRect(0, *label, map->map->columns, 1), MarkKind::Selected}};
}

std::vector<SceneMark> OverviewView::hoverMarks(const SceneHit& hit) const
{
    return {{hit.key, QRect(hit.column, hit.row, 1, 1), MarkKind::Hovered}};
}

void OverviewView::choose(const SceneHit& hit)
{
    Selection selection = session().selection();
    selection.label = hit.row;
    session().select(selection);
}

QStringList OverviewView::exportChoices() const
{
    QStringList choices{tr("Whole page"), tr("Network")};
    if (evaluation() != nullptr)
        choices << tr("Answers per class and confusion matrix");
    return choices;
}

std::unique_ptr<Figure> OverviewView::exportFigureAt(int choice) const
{
    if (session().current() == nullptr)
        return nullptr;
    switch (choice) {
    case 1:
        return networkFigure(session().current());
    case 2:
        return evaluation() == nullptr
                   ? nullptr
                   : confusionFigure(session().current(), evaluation(), measuredOn());
    default:
        return figure();
    }
}

} // namespace ui
