// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablations.h"

#include "core/base/error.h"
#include "ui/ablation_bench.h"

#include <algorithm>

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
    connect(&m_means, &Job::failed, this, &Ablations::giveUpWaiting);
    connect(&m_means, &Job::finished, this, &Ablations::startNext);
    connect(&m_trial, &AblationTrial::measured, this, &Ablations::triedOut);
    connect(&m_meter, &AblationMeter::changed, this, &Ablations::reportChanged);
}

Ablations::~Ablations() = default;

void Ablations::setModels(const std::vector<core::ModelPointer>& models)
{
    m_books.keepOnly(models);
}

void Ablations::setCurrent(core::ModelPointer model)
{
    if (model == m_current)
        return;
    m_current = std::move(model);
    m_waiting.clear();
    m_wanted = m_wanted && m_current != nullptr && !done().empty();
    makeBench();
    emit changed();
}

void Ablations::setDataset(core::DatasetPointer dataset)
{
    m_dataset = std::move(dataset);
    makeBench();
}

void Ablations::setPaused(bool paused)
{
    m_paused = paused;
    if (paused)
        m_means.cancel();
    startNext();
}

void Ablations::makeBench()
{
    m_means.cancel();
    m_trial.cancel();
    m_bench.reset();
    if (m_current != nullptr && m_dataset != nullptr) {
        m_bench = std::make_shared<AblationBench>();
        m_bench->model = m_current;
        m_bench->data = m_dataset;
        m_bench->threads = m_threads;
    }
    m_meter.setBench(m_bench);
    measure();
    startNext();
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
    measure();
}

core::AblationHistory* Ablations::history()
{
    return m_current == nullptr ? nullptr : &m_books.history(m_current);
}

const core::AblationHistory* Ablations::history() const
{
    return m_books.find(m_current);
}

const core::AblationHistory* Ablations::historyOf(const core::ModelPointer& opened) const
{
    return m_books.find(opened);
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
    return m_books.edited(m_current);
}

std::optional<core::Model> Ablations::toSave() const
{
    const core::AblationHistory* known = history();
    if (known == nullptr || known->done().empty())
        return std::nullopt;
    core::Model model = *edited();
    if (report().value != nullptr && !report().running) {
        const core::AblationEffect& effect = report().value->effect;
        model.provenance.accuracies = {{report().value->data.toStdString(),
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
    if (m_bench != nullptr && !m_paused && m_waiting.empty())
        m_trial.start(m_bench, *history(), target, m_kind);
}

void Ablations::takeEdit()
{
    m_trial.cancel();
    publish(m_current);
    emit changed();
}

/// The network as the history has it now. Only the test images are ever shown in the window.
void Ablations::publish(const core::ModelPointer& opened)
{
    const core::ModelPointer before = m_books.publish(opened, core::Split::Test);
    if (opened == m_current)
        measure();
    emit modelEdited(opened, m_books.edited(opened));
}

void Ablations::restore(const core::ModelPointer& opened, std::vector<core::AblationStep> steps,
                        std::size_t done)
{
    try {
        m_books.restore(opened, std::move(steps), done);
    } catch (const core::Error& error) {
        emit failed(QString::fromStdString(error.what()));
        return;
    }
    if (opened == m_current) {
        m_wanted = m_wanted || done > 0;
        takeEdit();
    } else {
        publish(opened);
    }
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
        m_means.cancel();
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
    m_means.cancel();
    m_waiting.clear();
    while (history()->canUndo())
        history()->undo();
    takeEdit();
    startNext();
}

/// Of the network as it is now.
void Ablations::measure()
{
    if (m_wanted && m_bench != nullptr)
        m_meter.measure(copied(history()->parameters()), !done().empty());
}

/// What waits comes first, and what is measured meanwhile would be of no use.
void Ablations::startNext()
{
    m_meter.setHeld(m_paused || !m_waiting.empty());
    if (m_paused || m_waiting.empty() || m_bench == nullptr || m_means.running())
        return;
    if (m_waiting.front().kind == core::AblationKind::Mean) {
        measureMeans();
        return;
    }
    const Wish wish = m_waiting.front();
    m_waiting.pop_front();
    apply(wish, nullptr);
    startNext();
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
    m_means.start(work, [this](std::optional<core::MeanActivations> means) {
        if (!means || m_waiting.empty())
            return;
        const Wish wish = m_waiting.front();
        m_waiting.pop_front();
        apply(wish, &*means);
        emit changed();
    });
}

void Ablations::giveUpWaiting(const QString& sentence)
{
    m_waiting.clear();
    emit changed();
    emit failed(sentence);
}

} // namespace ui
