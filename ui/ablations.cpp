// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablations.h"

#include "core/base/error.h"
#include "ui/ablation_bench.h"

#include <algorithm>
#include <mutex>

namespace ui
{

namespace
{

std::vector<float> copied(const core::Parameters& parameters)
{
    return {parameters.values().begin(), parameters.values().end()};
}

} // namespace

Ablations::Ablations(int threads, QObject* parent) : QObject(parent), m_threads(threads)
{
    connect(&m_job, &Job::failed, this, &Ablations::keepError);
    connect(&m_job, &Job::finished, this, &Ablations::startNext);
}

Ablations::~Ablations() = default;

void Ablations::setModels(const std::vector<core::ModelPointer>& models)
{
    const auto gone = [&](const auto& entry) {
        return std::ranges::find(models, entry.first) == models.end();
    };
    std::erase_if(m_histories, gone);
    std::erase_if(m_edited, gone);
}

void Ablations::setCurrent(core::ModelPointer model)
{
    if (model == m_current)
        return;
    m_current = std::move(model);
    m_waiting.clear();
    m_wanted = m_wanted && m_current != nullptr && !done().empty();
    prepareBench();
    emit changed();
    forgetReport();
}

void Ablations::setDataset(core::DatasetPointer dataset)
{
    m_dataset = std::move(dataset);
    prepareBench();
    forgetReport();
}

void Ablations::setPaused(bool paused)
{
    m_paused = paused;
    if (paused)
        m_job.cancel();
    else
        startNext();
}

void Ablations::prepareBench()
{
    m_job.cancel();
    m_trial.cancel();
    m_bench.reset();
    m_report = {};
    if (m_current == nullptr || m_dataset == nullptr)
        return;
    m_bench = std::make_shared<AblationBench>();
    m_bench->model = m_current;
    m_bench->data = m_dataset;
    m_bench->threads = m_threads;
}

void Ablations::setKind(core::AblationKind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    emit changed();
}

void Ablations::prepare()
{
    if (m_current == nullptr || m_wanted)
        return;
    m_wanted = true;
    startNext();
}

core::AblationHistory* Ablations::history()
{
    if (m_current == nullptr)
        return nullptr;
    const auto [entry, fresh] = m_histories.try_emplace(m_current, m_current->parameters);
    return &entry->second;
}

const core::AblationHistory* Ablations::history() const
{
    const auto found = m_histories.find(m_current);
    return found == m_histories.end() ? nullptr : &found->second;
}

std::span<const core::AblationStep> Ablations::done() const
{
    const core::AblationHistory* known = history();
    return known == nullptr ? std::span<const core::AblationStep>() : known->done();
}

QStringList Ablations::waiting() const
{
    QStringList names;
    for (const Wish& wish : m_waiting)
        names << QString::fromStdString(
            core::describe(m_current->architecture, m_current->parameters, wish.target));
    return names;
}

core::ModelPointer Ablations::edited() const
{
    const auto found = m_edited.find(m_current);
    return found == m_edited.end() ? m_current : found->second;
}

std::optional<core::Model> Ablations::toSave() const
{
    const core::AblationHistory* known = history();
    if (known == nullptr || known->done().empty())
        return std::nullopt;
    core::Model model = core::ablatedModel(*m_current, *known);
    if (m_report.value != nullptr && !m_report.running) {
        const core::AblationEffect& effect = m_report.value->effect;
        model.provenance.accuracies = {{m_report.value->data.toStdString(),
                                        std::string(core::splitName(m_dataset->split)),
                                        effect.correct, effect.images}};
    }
    return model;
}

bool Ablations::canUndo() const
{
    return !m_waiting.empty() || !done().empty();
}

bool Ablations::canRedo() const
{
    const core::AblationHistory* known = history();
    return known != nullptr && known->canRedo();
}

bool Ablations::isAblated(const core::AblationTarget& target) const
{
    return std::ranges::any_of(done(), [&](const auto& step) { return step.target == target; });
}

void Ablations::ablate(const core::AblationTarget& target)
{
    if (m_current == nullptr)
        return;
    m_wanted = true;
    const Wish wish{target, m_kind};
    if (m_kind == core::AblationKind::Zero && m_waiting.empty()) {
        apply(wish, nullptr);
        return;
    }
    m_waiting.push_back(wish);
    if (m_waiting.size() == 1) // else the one before it is under way
        startNext();
    emit changed();
}

void Ablations::apply(const Wish& wish, const core::MeanActivations* means)
{
    bool made = false;
    try {
        made = history()->ablate(m_current->architecture, wish.target, wish.kind, means);
    } catch (const core::Error& error) {
        emit failed(QString::fromStdString(error.what()));
    }
    if (!made)
        return;
    takeEdit();
    emit ablated();
}

void Ablations::tryOut(const core::AblationTarget& target)
{
    m_trial.cancel();
    if (m_bench == nullptr || m_paused || !m_waiting.empty())
        return;
    core::AblationHistory trial = *history();
    try {
        if (!trial.ablate(m_current->architecture, target, core::AblationKind::Zero))
            return;
    } catch (const core::Error&) {
        return; // ablate() will say why
    }
    const auto work = [bench = m_bench, parameters = copied(trial.parameters())](
                          std::stop_token stop) -> std::optional<core::AblationEffect> {
        const std::lock_guard lock(bench->mutex);
        if (stop.stop_requested())
            return std::nullopt;
        return bench->ready().effect(parameters, stop);
    };
    m_trial.start(work, [this, target](std::optional<core::AblationEffect> effect) {
        if (effect)
            emit triedOut(target, *effect);
    });
}

/// Publishes the network as the history has it now.
void Ablations::takeEdit()
{
    m_trial.cancel();
    const core::AblationHistory& known = *history();
    const core::ModelPointer before = edited(); // lives until everybody has let go of it
    if (known.done().empty())
        m_edited.erase(m_current);
    else
        m_edited[m_current] = std::make_shared<core::Model>(core::ablatedModel(*m_current, known));
    forgetReport();
    emit modelEdited(m_current, edited());
    emit changed();
}

void Ablations::undo()
{
    if (!canUndo())
        return;
    if (m_waiting.empty()) {
        history()->undo();
        takeEdit();
        return;
    }
    m_waiting.pop_back();
    if (m_waiting.empty()) { // it was under way
        m_job.cancel();
        startNext();
    }
    emit changed();
}

void Ablations::redo()
{
    if (!canRedo() || !m_waiting.empty())
        return;
    history()->redo();
    takeEdit();
}

void Ablations::reset()
{
    if (!canUndo())
        return;
    if (!m_waiting.empty())
        m_job.cancel();
    m_waiting.clear();
    while (history()->canUndo())
        history()->undo();
    takeEdit();
}

/// What was measured is of other parameters; it stays to be seen until the new one comes.
void Ablations::forgetReport()
{
    if (m_waiting.empty())
        m_job.cancel();
    m_report.error.clear();
    m_report.running = m_wanted && m_bench != nullptr;
    emit reportChanged();
    startNext();
}

bool Ablations::measurable() const
{
    return m_wanted && !m_paused && m_bench != nullptr && !m_job.running();
}

void Ablations::startNext()
{
    if (!measurable())
        return;
    if (!m_waiting.empty()) {
        if (m_waiting.front().kind == core::AblationKind::Mean) {
            measureMeans();
            return;
        }
        const Wish wish = m_waiting.front();
        m_waiting.pop_front();
        apply(wish, nullptr);
        startNext();
        return;
    }
    if (m_report.running || m_report.value == nullptr) {
        if (m_report.error.isEmpty())
            measureEffect();
    } else if (!m_report.value->imagesKnown) {
        measureImages();
    }
}

void Ablations::measureMeans()
{
    const auto work = [bench = m_bench, parameters = copied(history()->parameters())](
                          std::stop_token stop) -> std::optional<core::MeanActivations> {
        const std::lock_guard lock(bench->mutex);
        if (stop.stop_requested())
            return std::nullopt;
        const core::MeanActivations* means = bench->ready().means(parameters, stop);
        return means == nullptr ? std::nullopt : std::optional(*means);
    };
    m_job.start(work, [this](std::optional<core::MeanActivations> means) {
        if (!means || m_waiting.empty())
            return;
        const Wish wish = m_waiting.front();
        m_waiting.pop_front();
        apply(wish, &*means);
        emit changed();
    });
}

void Ablations::measureEffect()
{
    m_report.running = true;
    emit reportChanged();
    const auto work = [bench = m_bench, parameters = copied(history()->parameters())](
                          std::stop_token stop) -> std::optional<core::AblationEffect> {
        const std::lock_guard lock(bench->mutex);
        if (stop.stop_requested())
            return std::nullopt;
        return bench->ready().effect(parameters, stop);
    };
    m_job.start(work, [this](std::optional<core::AblationEffect> effect) {
        if (!effect)
            return;
        auto report = std::make_shared<AblationReport>();
        report->effect = std::move(*effect);
        report->data = QString::fromStdString(m_dataset->description());
        report->imagesKnown = done().empty();
        if (m_report.value != nullptr && !report->imagesKnown)
            report->images = m_report.value->images; // until the new ones come
        m_report = {std::move(report), false, {}};
        emit reportChanged();
    });
}

void Ablations::measureImages()
{
    const auto work = [bench = m_bench, parameters = copied(history()->parameters())](
                          std::stop_token stop) -> std::optional<std::vector<core::AffectedImage>> {
        const std::lock_guard lock(bench->mutex);
        if (stop.stop_requested())
            return std::nullopt;
        auto images = bench->ready().mostAffected(parameters, kAffected, stop);
        bench->settle(parameters, stop);
        return images;
    };
    m_job.start(work, [this](std::optional<std::vector<core::AffectedImage>> images) {
        if (!images || m_report.value == nullptr)
            return;
        auto report = std::make_shared<AblationReport>(*m_report.value);
        report->images = std::move(*images);
        report->imagesKnown = true;
        m_report.value = std::move(report);
        emit reportChanged();
    });
}

void Ablations::keepError(const QString& sentence)
{
    if (!m_waiting.empty()) {
        m_waiting.clear();
        emit changed();
        emit failed(sentence);
    }
    m_report = {nullptr, false, sentence};
    emit reportChanged();
}

} // namespace ui
