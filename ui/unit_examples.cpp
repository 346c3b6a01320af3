// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unit_examples.h"

#include "ui/session.h"

namespace ui
{

UnitExamples::UnitExamples(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kPatience);
    connect(&m_timer, &QTimer::timeout, this, &UnitExamples::start);
    connect(&session, &Session::selectionChanged, this, &UnitExamples::follow);
    connect(&session, &Session::currentModelChanged, this, &UnitExamples::follow);
    connect(&session, &Session::datasetChanged, this, &UnitExamples::follow);
    connect(&m_job, &Job::failed, this, [this](const QString& sentence) {
        m_result = {nullptr, false, sentence};
        emit changed();
    });
}

void UnitExamples::setWanted(bool wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    follow();
}

std::optional<UnitExamples::Key> UnitExamples::wantedKey() const
{
    const core::ModelPointer model = m_session.current();
    const Selection& selection = m_session.selection();
    if (!m_wanted || model == nullptr || !selection.channel)
        return std::nullopt;
    const core::Unit& unit = model->architecture.units()[static_cast<std::size_t>(selection.unit)];
    const int layer = selection.stage == core::Stage::Pre ? unit.preLayer : unit.postLayer;
    return Key{model, m_session.dataset(), layer, *selection.channel, selection.position};
}

void UnitExamples::follow()
{
    const std::optional<Key> key = wantedKey();
    if (key == m_key || (!key && !m_wanted)) // what is known is kept while nobody looks
        return;
    m_job.cancel();
    m_key.reset();
    m_result.error.clear();
    m_result.running = key.has_value();
    if (!key)
        m_result.value.reset();
    emit changed();
    if (key)
        m_timer.start();
    else
        m_timer.stop();
}

void UnitExamples::start()
{
    m_key = wantedKey();
    if (!m_key) {
        m_result.running = false;
        return;
    }
    const core::InputSpec& input = m_key->model->architecture.input();
    if (input.height != m_key->data->height || input.width != m_key->data->width) {
        m_result = {nullptr, false, tr("The images have another size than the network reads.")};
        emit changed();
        return;
    }
    const auto work = [key = *m_key, make = m_session.calls().makeBackend](std::stop_token stop) {
        const auto backend = make(key.model->architecture);
        return core::topExamples(*backend, *key.model, *key.data,
                                 {key.layer, key.channel, key.position}, {}, {}, stop);
    };
    m_job.start(work, [this](core::TopExamples examples) {
        m_result = {std::make_shared<core::TopExamples>(std::move(examples)), false, {}};
        emit changed();
    });
}

} // namespace ui
