// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/pair_measures.h"

#include <algorithm>

namespace ui
{

PairEdges::PairEdges(SessionCalls calls, QObject* parent)
    : QObject(parent), m_calls(std::move(calls))
{
    connect(&m_job, &Job::failed, this, [this](const QString& sentence) {
        m_result = {nullptr, false, sentence};
        emit changed();
    });
}

void PairEdges::show(const core::ModelPointer& current, const core::ModelPointer& reference)
{
    if (current == m_current && reference == m_reference)
        return;
    m_job.cancel();
    m_current = current;
    m_reference = reference;
    m_result = {};
    if (!current || !reference)
        return;
    m_result.running = true;
    const auto work = [calls = m_calls, current, reference](std::stop_token stop) {
        const auto measured = [&](const core::Model& model) {
            const auto backend = calls.makeBackend(model.architecture);
            return core::orientations(*backend, model, stop);
        };
        return PairOrientations{measured(*current), measured(*reference)};
    };
    m_job.start(work, [this](PairOrientations orientations) {
        m_result = {std::make_shared<PairOrientations>(std::move(orientations)), false, {}};
        emit changed();
    });
}

PairFeatures::PairFeatures(const SessionCalls& calls, QObject* parent)
    : QObject(parent), m_current(calls), m_reference(calls)
{
    for (FeatureRun* run : {&m_current, &m_reference}) {
        connect(run, &FeatureRun::advanced, this, &PairFeatures::changed);
        connect(run, &FeatureRun::finished, this, &PairFeatures::changed);
        connect(run, &FeatureRun::failed, this, [this](const QString& sentence) {
            m_error = sentence;
            emit changed();
        });
    }
}

void PairFeatures::show(const core::ModelPointer& current, const core::ModelPointer& reference,
                        const std::string& preset)
{
    const bool same = preset == m_preset;
    m_preset = preset;
    m_settings.options = core::maximizerPreset(preset);
    const auto follow = [&](FeatureRun& run, const core::ModelPointer& model) {
        if (same && run.model() == model)
            return;
        m_error.clear();
        if (model)
            run.start(model, m_settings);
        else
            run.clear();
    };
    follow(m_current, current);
    follow(m_reference, reference);
}

PairMaximizations PairFeatures::images() const
{
    return {m_current.latest(), m_reference.latest()};
}

std::optional<double> PairFeatures::progress() const
{
    if (!m_current.running() && !m_reference.running())
        return std::nullopt;
    if (!m_current.latest() || !m_reference.latest())
        return -1.0;
    return static_cast<double>(m_current.latest()->steps + m_reference.latest()->steps) /
           std::max(1, 2 * m_settings.options.steps);
}

} // namespace ui
