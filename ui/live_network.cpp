// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live_network.h"

#include "core/base/error.h"

#include <algorithm>

namespace ui
{

namespace
{

constexpr std::size_t kKeptBackends = 4;

} // namespace

LiveNetwork::LiveNetwork(SessionCalls calls, QObject* parent)
    : QObject(parent), m_calls(std::move(calls))
{
    connect(&m_loading, &Job::failed, this, &LiveNetwork::failed);
}

void LiveNetwork::setModel(core::ModelPointer model)
{
    m_model = std::move(model);
    update();
}

void LiveNetwork::setImage(std::vector<float> pixels, int height, int width)
{
    m_pixels = std::move(pixels);
    m_height = height;
    m_width = width;
    update();
}

QString LiveNetwork::backendName() const
{
    return m_backends.empty() ? QString() : QString::fromStdString(m_backends.front()->name());
}

bool LiveNetwork::fits() const
{
    return m_model && m_model->architecture.input().height == m_height &&
           m_model->architecture.input().width == m_width;
}

void LiveNetwork::update()
{
    m_activations.reset();
    if (!fits())
        return;
    if (m_backends.empty()) {
        if (!m_loading.running())
            loadFirstBackend();
        return;
    }
    // This call comes from the event loop, which no exception may cross.
    try {
        m_activations = std::make_shared<core::NetworkActivations>(
            core::activationsOf(*backend(), *m_model, m_pixels));
    } catch (const core::Error& error) {
        emit failed(QString::fromStdString(error.what()));
    }
}

void LiveNetwork::loadFirstBackend()
{
    const auto work = [calls = m_calls, model = m_model, pixels = m_pixels](std::stop_token) {
        BackendPointer backend = calls.makeBackend(model->architecture);
        // A first pass is slow, so it is made where nobody waits for it.
        core::activationsOf(*backend, *model, pixels);
        return backend;
    };
    m_loading.start(work, [this](BackendPointer backend) {
        m_backends.push_front(std::move(backend));
        update();
        emit ready();
    });
}

core::Backend* LiveNetwork::backend()
{
    const auto fitting = std::ranges::find_if(m_backends, [this](const BackendPointer& backend) {
        return backend->architecture() == m_model->architecture;
    });
    if (fitting != m_backends.end()) {
        m_backends.splice(m_backends.begin(), m_backends, fitting);
    } else {
        m_backends.push_front(m_calls.makeBackend(m_model->architecture));
        if (m_backends.size() > kKeptBackends)
            m_backends.pop_back();
    }
    return m_backends.front().get();
}

} // namespace ui
