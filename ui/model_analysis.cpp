// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_analysis.h"

#include "core/inspect/class_means.h"

#include <algorithm>

namespace ui
{

namespace
{

/// Empty where the network can read the images.
QString sizeMismatch(const core::Model& model, const core::Dataset& data)
{
    const core::InputSpec& input = model.architecture.input();
    if (input.height == data.height && input.width == data.width)
        return {};
    return ModelAnalysis::tr("%1 reads %2x%3 pixels, but the images of %4 have %5x%6.")
        .arg(QString::fromStdString(model.name))
        .arg(input.height)
        .arg(input.width)
        .arg(QString::fromStdString(data.description()))
        .arg(data.height)
        .arg(data.width);
}

/// What a file stores is shown for its own data, and where there is nothing better than the sample
/// digits to compute it on.
bool storedFits(const core::Model& model, core::Stage stage, const core::Dataset& data)
{
    return model.classStatistics && model.classStatistics->stage == stage &&
           (data.synthetic || model.classStatistics->data == data.description());
}

} // namespace

ModelAnalysis::ModelAnalysis(SessionCalls calls, QObject* parent)
    : QObject(parent), m_calls(std::move(calls))
{
    connect(&m_job, &Job::failed, this, &ModelAnalysis::keepError);
    connect(&m_job, &Job::finished, this, &ModelAnalysis::startNext);
}

void ModelAnalysis::setDataset(core::DatasetPointer dataset)
{
    m_dataset = std::move(dataset);
    abandon();
    for (auto& [model, evaluation] : m_evaluations)
        evaluation = {};
    m_known.clear();
    emit evaluationChanged();
    findStatistics();
    startNext();
}

void ModelAnalysis::setModels(std::vector<core::ModelPointer> models)
{
    m_models = std::move(models);
    const auto gone = [this](const core::Model* model) {
        return std::ranges::none_of(m_models, [=](const auto& m) { return m.get() == model; });
    };
    std::erase_if(m_evaluations, [&](const auto& entry) { return gone(entry.first); });
    std::erase_if(m_known, [&](const auto& entry) { return gone(entry.first.first); });
    if (m_evaluating && gone(m_evaluating.get()))
        abandon();
    startNext();
}

void ModelAnalysis::setCurrent(core::ModelPointer model, core::Stage stage)
{
    if (model == m_current && stage == m_stage)
        return;
    m_current = std::move(model);
    m_stage = stage;
    findStatistics();
    const bool outdated = !m_evaluating;
    // The person waits for statistics; an evaluation of another model can start over.
    const bool inTheWay = m_evaluating != m_current && statisticsWanted();
    if (outdated || inTheWay)
        abandon();
    startNext();
}

void ModelAnalysis::setPaused(bool paused)
{
    m_paused = paused;
    if (paused)
        abandon();
    else
        startNext();
}

const Pending<core::Evaluation>& ModelAnalysis::evaluation(const core::Model* model) const
{
    static const Pending<core::Evaluation> none;
    const auto found = m_evaluations.find(model);
    return found == m_evaluations.end() ? none : found->second;
}

void ModelAnalysis::startNext()
{
    if (m_paused || !m_dataset || m_job.running())
        return;
    if (statisticsWanted())
        startStatistics();
    else if (const core::ModelPointer next = nextToEvaluate())
        startEvaluation(next);
}

bool ModelAnalysis::statisticsWanted() const
{
    return m_current && !m_known.contains({m_current.get(), m_stage});
}

/// Takes what is known for the current model and stage; what was shown for another model is wrong
/// for this one, so it goes.
void ModelAnalysis::findStatistics()
{
    m_statistics = {};
    if (m_current && m_dataset && storedFits(*m_current, m_stage, *m_dataset)) {
        auto& known = m_known[{m_current.get(), m_stage}];
        known.value = std::make_shared<core::ClassStatistics>(*m_current->classStatistics);
    }
    if (const auto found = m_known.find({m_current.get(), m_stage}); found != m_known.end())
        m_statistics = found->second;
    m_statistics.running = statisticsWanted();
    emit statisticsChanged();
}

void ModelAnalysis::startStatistics()
{
    const StatisticsKey key{m_current.get(), m_stage};
    if (const QString problem = sizeMismatch(*m_current, *m_dataset); !problem.isEmpty()) {
        m_statistics = {nullptr, false, problem};
        m_known[key] = m_statistics;
        emit statisticsChanged();
        startNext();
        return;
    }
    const auto work = [calls = m_calls, model = m_current, data = m_dataset,
                       stage = m_stage](std::stop_token stop) {
        const auto backend = calls.makeBackend(model->architecture);
        return core::classMeans(*backend, *model, *data, stage, {}, stop);
    };
    m_job.start(work, [this, key](core::ClassStatistics statistics) {
        m_statistics = {std::make_shared<core::ClassStatistics>(std::move(statistics)), false, {}};
        m_known[key] = m_statistics;
        emit statisticsChanged();
    });
}

core::ModelPointer ModelAnalysis::nextToEvaluate() const
{
    const auto waits = [this](const core::ModelPointer& model) {
        const auto& known = evaluation(model.get());
        return !known.value && known.error.isEmpty();
    };
    if (m_current && waits(m_current))
        return m_current;
    const auto found = std::ranges::find_if(m_models, waits);
    return found == m_models.end() ? nullptr : *found;
}

void ModelAnalysis::startEvaluation(core::ModelPointer model)
{
    Pending<core::Evaluation>& entry = m_evaluations[model.get()];
    entry.error = sizeMismatch(*model, *m_dataset);
    entry.running = entry.error.isEmpty();
    if (!entry.running) {
        emit evaluationChanged();
        startNext();
        return;
    }
    m_evaluating = model;
    emit evaluationChanged();
    const auto work = [calls = m_calls, model, data = m_dataset](std::stop_token stop) {
        const auto backend = calls.makeBackend(model->architecture);
        return backend->evaluate(model->parameters.values(), *data, stop);
    };
    m_job.start(work, [this, model](core::Evaluation evaluation) {
        m_evaluating.reset();
        m_evaluations[model.get()] = {
            std::make_shared<core::Evaluation>(std::move(evaluation)), false, {}};
        emit evaluationChanged();
    });
}

/// Stops the pass and lets what it was for wait again.
void ModelAnalysis::abandon()
{
    if (!m_job.running())
        return;
    m_job.cancel();
    if (const core::ModelPointer model = std::exchange(m_evaluating, nullptr))
        m_evaluations[model.get()].running = false;
}

void ModelAnalysis::keepError(const QString& sentence)
{
    if (const core::ModelPointer model = std::exchange(m_evaluating, nullptr)) {
        m_evaluations[model.get()] = {nullptr, false, sentence};
        emit evaluationChanged();
        return;
    }
    m_statistics = {nullptr, false, sentence};
    m_known[{m_current.get(), m_stage}] = m_statistics;
    emit statisticsChanged();
}

} // namespace ui
