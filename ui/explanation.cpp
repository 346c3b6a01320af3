// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explanation.h"

#include "ui/session.h"

namespace ui
{

namespace
{

bool endsLinear(const core::Architecture& architecture)
{
    if (architecture.units().empty())
        return false;
    const auto last = static_cast<std::size_t>(architecture.units().back().weightLayer);
    return std::holds_alternative<core::Linear>(architecture.layers()[last]);
}

} // namespace

Explanation::Explanation(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::activationsChanged, this, &Explanation::follow);
    connect(&m_job, &Job::failed, this, [this](const QString& sentence) {
        m_result = {nullptr, m_outdated, sentence};
        emit changed();
    });
    connect(&m_job, &Job::finished, this, &Explanation::start);
}

void Explanation::setWanted(bool wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    start();
}

void Explanation::setLabel(std::optional<int> label)
{
    if (label == m_label)
        return;
    m_label = label;
    follow();
}

void Explanation::follow()
{
    m_outdated = true;
    m_result.running = m_wanted;
    if (m_wanted)
        emit changed();
    start();
}

void Explanation::start()
{
    const core::ModelPointer model = m_session.current();
    const auto activations = m_session.activations();
    if (!m_wanted || !m_outdated || m_job.running())
        return;
    if (model == nullptr || activations == nullptr) {
        m_result = {};
        emit changed();
        return;
    }
    m_outdated = false;
    m_result.running = true;
    const int label = m_label.value_or(activations->prediction);
    const auto work = [model, label, predicted = label == activations->prediction,
                       pixels = activations->input,
                       make = m_session.calls().makeBackend](std::stop_token stop) {
        const auto backend = make(model->architecture);
        LogitExplanation result{label, predicted, std::nullopt, {}, {}};
        if (endsLinear(model->architecture))
            result.terms = core::logitTerms(*backend, *model, pixels);
        result.occlusion = core::occlusion(*backend, *model, pixels, label, {}, stop);
        result.gradient = core::gradientAttribution(*backend, *model, pixels, label);
        return result;
    };
    m_job.start(work, [this](LogitExplanation explanation) {
        m_result = {std::make_shared<LogitExplanation>(std::move(explanation)), m_outdated, {}};
        emit changed();
    });
}

} // namespace ui
