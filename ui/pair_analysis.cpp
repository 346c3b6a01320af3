// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pair_analysis.h"

#include "core/inspect/class_means.h"

namespace ui
{

PairAnalysis::PairAnalysis(Session& session, QObject* parent)
    : QObject(parent), m_session(session), m_network(session.calls())
{
    connect(&session, &Session::currentModelChanged, this, &PairAnalysis::update);
    connect(&session, &Session::referenceChanged, this, &PairAnalysis::update);
    connect(&session, &Session::datasetChanged, this, &PairAnalysis::update);
    connect(&session, &Session::selectionChanged, this, &PairAnalysis::update);
    connect(&session, &Session::inputChanged, this, &PairAnalysis::takeImage);
    connect(&m_network, &LiveNetwork::ready, this, &PairAnalysis::activationsChanged);
    connect(&m_compareJob, &Job::failed, this, [this](const QString& sentence) {
        m_comparison = {nullptr, false, sentence};
        emit comparisonChanged();
    });
    connect(&m_statisticsJob, &Job::failed, this, [this](const QString& sentence) {
        m_statistics = {nullptr, false, sentence};
        emit statisticsChanged();
    });
}

void PairAnalysis::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    update();
    takeImage();
}

QString PairAnalysis::obstacle() const
{
    const core::ModelPointer current = m_session.current();
    const core::ModelPointer reference = m_session.reference();
    if (!current || !reference)
        return {};
    if (current == reference)
        return tr("The current model is the reference itself.");
    return {};
}

std::shared_ptr<const core::NetworkActivations> PairAnalysis::referenceActivations() const
{
    return m_network.activations();
}

bool PairAnalysis::sameLayers(const Pair& pair) const
{
    return m_pair.current && m_pair.reference && m_pair.data == pair.data &&
           m_pair.current->architecture == pair.current->architecture &&
           m_pair.reference->architecture == pair.reference->architecture;
}

void PairAnalysis::update()
{
    if (!m_active)
        return;
    Pair pair{m_session.current(), m_session.reference(), m_session.dataset()};
    if (!pair.current || !pair.reference || !obstacle().isEmpty())
        pair = {};
    const core::Stage stage = m_session.selection().stage;
    const bool newPair = pair != m_pair;
    if (!newPair && stage == m_stage)
        return;
    if (newPair && !(pair.current && sameLayers(pair))) {
        m_comparison = {};
        m_statistics = {};
    }
    if (stage != m_stage)
        m_statistics = {};
    m_stage = stage;
    if (newPair) {
        const bool otherReference = pair.reference != m_pair.reference;
        m_pair = std::move(pair);
        if (otherReference)
            m_network.setModel(m_pair.reference);
        compare();
    }
    summarize();
    emit comparisonChanged();
    emit statisticsChanged();
    emit activationsChanged();
}

void PairAnalysis::takeImage()
{
    if (!m_active)
        return;
    const core::Dataset& data = *m_session.dataset();
    m_network.setImage(m_session.input().pixels, data.height, data.width);
    emit activationsChanged();
}

void PairAnalysis::compare()
{
    m_compareJob.cancel();
    m_comparison.running = m_pair.current != nullptr;
    m_comparison.error.clear();
    if (!m_pair.current)
        return;
    const auto work = [calls = m_session.calls(), pair = m_pair](std::stop_token stop) {
        const auto reference = calls.makeBackend(pair.reference->architecture);
        const auto current = calls.makeBackend(pair.current->architecture);
        return core::compareModels(*reference, *pair.reference, *current, *pair.current, *pair.data,
                                   {}, {}, stop);
    };
    m_compareJob.start(work, [this](core::Comparison comparison) {
        m_comparison = {std::make_shared<core::Comparison>(std::move(comparison)), false, {}};
        emit comparisonChanged();
    });
}

void PairAnalysis::summarize()
{
    m_statisticsJob.cancel();
    m_statistics.running = m_pair.current != nullptr;
    m_statistics.error.clear();
    if (!m_pair.current)
        return;
    const auto work = [calls = m_session.calls(), pair = m_pair,
                       stage = m_stage](std::stop_token stop) {
        const auto means = [&](const core::Model& model) {
            const auto backend = calls.makeBackend(model.architecture);
            return core::classMeans(*backend, model, *pair.data, stage, {}, stop);
        };
        return PairStatistics{means(*pair.current), means(*pair.reference)};
    };
    m_statisticsJob.start(work, [this](PairStatistics statistics) {
        m_statistics = {std::make_shared<PairStatistics>(std::move(statistics)), false, {}};
        emit statisticsChanged();
    });
}

} // namespace ui
