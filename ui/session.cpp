// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session.h"

#include "core/data/sample_digits.h"
#include "ui/ablations.h"
#include "ui/live_network.h"
#include "ui/model_analysis.h"
#include "ui/model_opener.h"

#include <algorithm>

namespace ui
{

namespace
{

/// The selection with everything that the architecture does not have taken out.
Selection fitting(Selection selection, const core::Architecture& architecture)
{
    const int units = static_cast<int>(architecture.units().size());
    selection.unit = std::clamp(selection.unit, 0, std::max(0, units - 1));
    if (units == 0)
        return {0, {}, {}, selection.stage, selection.label};
    const core::Shape shape = architecture.units()[static_cast<std::size_t>(selection.unit)].shape;
    const auto within = [](const std::optional<int>& value, int count) {
        return value && *value >= 0 && *value < count;
    };
    if (!within(selection.channel, shape.channels))
        selection.channel.reset();
    if (!selection.channel || !within(selection.position, shape.area()))
        selection.position.reset();
    if (!within(selection.label, architecture.classes()))
        selection.label.reset();
    return selection;
}

} // namespace

class Session::Private
{
public:
    Private(int threadCount, SessionCalls sessionCalls)
        : threads(threadCount), calls(std::move(sessionCalls)),
          dataset(std::make_shared<core::Dataset>(core::sampleDigits())), network(calls),
          analysis(calls), ablations(threads), opener(calls)
    {
    }

    core::ModelPointer currentModel() const
    {
        return current < 0 ? nullptr : models[static_cast<std::size_t>(current)].model;
    }

    /// Tells those that keep something for each model which ones there are.
    void tellModels()
    {
        std::vector<core::ModelPointer> shown;
        std::vector<core::ModelPointer> opened;
        for (const OpenModel& entry : models) {
            shown.push_back(entry.model);
            opened.push_back(entry.opened);
        }
        analysis.setModels(shown);
        ablations.setModels(opened);
    }

    int indexOfFile(const std::filesystem::path& file) const
    {
        const auto same = [&](const OpenModel& entry) {
            return !file.empty() && entry.opened->file == file;
        };
        const auto found = std::ranges::find_if(models, same);
        return found == models.end() ? -1 : static_cast<int>(found - models.begin());
    }

    void takeImage(int index)
    {
        const std::vector<float> pixels = dataset->imagesAsFloat(index, 1);
        input = {pixels, index, dataset->labels[static_cast<std::size_t>(index)]};
        network.setImage(input.pixels, dataset->height, dataset->width);
    }

    const int threads;
    const SessionCalls calls;
    std::vector<OpenModel> models;
    int current = -1;
    int reference = -1;
    core::DatasetPointer dataset;
    InputImage input;
    Selection selection;
    LiveNetwork network;
    ModelAnalysis analysis;
    Ablations ablations;
    ModelOpener opener;
};

Session::Session(int threads, QObject* parent) : Session(threads, coreCalls(threads), parent) {}

Session::Session(int threads, SessionCalls calls, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(threads, std::move(calls)))
{
    connect(&d->network, &LiveNetwork::ready, this, &Session::activationsChanged);
    connect(&d->network, &LiveNetwork::failed, this, &Session::failed);
    connect(&d->analysis, &ModelAnalysis::evaluationChanged, this, &Session::takeEvaluations);
    connect(&d->analysis, &ModelAnalysis::statisticsChanged, this,
            &Session::classStatisticsChanged);
    connect(&d->ablations, &Ablations::modelEdited, this, &Session::takeEdit);
    connect(&d->ablations, &Ablations::failed, this, &Session::failed);
    connect(&d->opener, &ModelOpener::openingChanged, this, &Session::openingChanged);
    connect(&d->opener, &ModelOpener::opened, this, &Session::takeOpened);
    connect(&d->opener, &ModelOpener::failed, this, &Session::openFailed);
    d->takeImage(0);
    d->opener.setDataset(d->dataset);
    d->analysis.setDataset(d->dataset);
    d->ablations.setDataset(d->dataset);
}

Session::~Session() = default;

const std::vector<OpenModel>& Session::models() const
{
    return d->models;
}

int Session::currentIndex() const
{
    return d->current;
}

core::ModelPointer Session::current() const
{
    return d->currentModel();
}

const OpenModel* Session::currentEntry() const
{
    return d->current < 0 ? nullptr : &d->models[static_cast<std::size_t>(d->current)];
}

void Session::openModelFile(const QString& file)
{
    d->opener.open(file);
}

bool Session::opening() const
{
    return d->opener.opening();
}

void Session::takeOpened(const core::ModelPointer& model)
{
    int index = d->indexOfFile(model->file);
    if (index < 0) {
        index = static_cast<int>(d->models.size());
        addModel(model);
    } else {
        d->models[static_cast<std::size_t>(index)] = {model, {}, {}, model};
        d->tellModels();
        if (index == d->current)
            makeCurrent(index);
        if (index == d->reference)
            emit referenceChanged();
        emit modelsChanged();
    }
    emit modelOpened(index);
}

void Session::addModel(core::ModelPointer model)
{
    d->models.push_back({model, {}, {}, model});
    d->tellModels();
    emit modelsChanged();
    if (d->current < 0)
        setCurrent(static_cast<int>(d->models.size()) - 1);
}

void Session::setCurrent(int index)
{
    if (index < 0 || index >= static_cast<int>(d->models.size()) || index == d->current)
        return;
    makeCurrent(index);
}

/// Brings everything that belongs to the current model in line with it, then tells.
void Session::makeCurrent(int index)
{
    d->current = index;
    const core::ModelPointer model = d->currentModel();
    const Selection before = d->selection;
    if (model)
        d->selection = fitting(d->selection, model->architecture);
    d->network.setModel(model);
    d->analysis.setCurrent(model, d->selection.stage);
    d->ablations.setCurrent(model ? currentEntry()->opened : nullptr);
    emit currentModelChanged();
    if (d->selection != before)
        emit selectionChanged();
    emit activationsChanged();
}

void Session::closeModel(int index)
{
    if (index < 0 || index >= static_cast<int>(d->models.size()))
        return;
    const bool wasCurrent = index == d->current;
    const bool wasReference = index == d->reference;
    d->models.erase(d->models.begin() + index);
    if (index < d->current)
        --d->current;
    if (wasReference)
        d->reference = -1;
    else if (index < d->reference)
        --d->reference;
    if (wasCurrent)
        makeCurrent(std::min(index, static_cast<int>(d->models.size()) - 1));
    d->tellModels();
    if (wasReference)
        emit referenceChanged();
    emit modelsChanged();
}

Ablations& Session::ablations() const
{
    return d->ablations;
}

/// An ablation changes the model in its place.
void Session::takeEdit(const core::ModelPointer& opened, const core::ModelPointer& edited)
{
    const auto found = std::ranges::find(d->models, opened, &OpenModel::opened);
    if (found == d->models.end())
        return;
    *found = {edited, {}, {}, opened};
    d->tellModels();
    const int index = static_cast<int>(found - d->models.begin());
    if (index == d->current)
        makeCurrent(index);
    emit modelsChanged();
}

int Session::referenceIndex() const
{
    return d->reference;
}

core::ModelPointer Session::reference() const
{
    return d->reference < 0 ? nullptr : referenceEntry()->opened;
}

const OpenModel* Session::referenceEntry() const
{
    return d->reference < 0 ? nullptr : &d->models[static_cast<std::size_t>(d->reference)];
}

void Session::setReference(int index)
{
    if (index < -1 || index >= static_cast<int>(d->models.size()) || index == d->reference)
        return;
    d->reference = index;
    emit referenceChanged();
}

core::DatasetPointer Session::dataset() const
{
    return d->dataset;
}

void Session::setDataset(core::DatasetPointer dataset)
{
    d->dataset = std::move(dataset);
    if (d->input.index)
        d->takeImage(std::clamp(*d->input.index, 0, d->dataset->size() - 1));
    d->opener.setDataset(d->dataset);
    d->analysis.setDataset(d->dataset);
    d->ablations.setDataset(d->dataset);
    emit datasetChanged();
    emit inputChanged();
    emit activationsChanged();
}

void Session::setPaused(bool paused)
{
    d->analysis.setPaused(paused);
    d->ablations.setPaused(paused);
    d->opener.setPaused(paused);
}

void Session::takeEvaluations()
{
    for (OpenModel& entry : d->models) {
        entry.evaluation = d->analysis.evaluation(entry.model.get());
        entry.evaluatedOn =
            entry.evaluation.value ? QString::fromStdString(d->dataset->description()) : QString();
    }
    emit modelsChanged();
}

const InputImage& Session::input() const
{
    return d->input;
}

void Session::showImage(int index)
{
    if (index < 0 || index >= d->dataset->size())
        return;
    d->takeImage(index);
    emit inputChanged();
    emit activationsChanged();
}

void Session::showDrawing(std::vector<float> pixels)
{
    d->input = {std::move(pixels), {}, {}};
    d->network.setImage(d->input.pixels, d->dataset->height, d->dataset->width);
    emit inputChanged();
    emit activationsChanged();
}

const Selection& Session::selection() const
{
    return d->selection;
}

void Session::select(const Selection& selection)
{
    const core::ModelPointer model = d->currentModel();
    const Selection fitted = model ? fitting(selection, model->architecture) : selection;
    if (fitted == d->selection)
        return;
    d->selection = fitted;
    emit selectionChanged();
    d->analysis.setCurrent(model, fitted.stage);
}

std::shared_ptr<const core::NetworkActivations> Session::activations() const
{
    return d->network.activations();
}

const Pending<core::ClassStatistics>& Session::classStatistics() const
{
    return d->analysis.statistics();
}

std::shared_ptr<const core::Evaluation> Session::evaluation() const
{
    const OpenModel* entry = currentEntry();
    return entry ? entry->evaluation.value : nullptr;
}

int Session::threads() const
{
    return d->threads;
}

QString Session::backendName() const
{
    return d->network.backendName();
}

const SessionCalls& Session::calls() const
{
    return d->calls;
}

} // namespace ui
