// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/serial_worker.h"

#include "ui/jobs/thread_priority.h"

#include <QMetaObject>

#include <exception>

namespace ui
{

SerialWorker::SerialWorker(QObject* parent)
    : QObject(parent), m_thread([this](std::stop_token stop) { serve(stop); })
{
}

SerialWorker::~SerialWorker()
{
    m_thread.request_stop();
    m_thread.join();
}

void SerialWorker::enqueue(Call call)
{
    const std::lock_guard lock(m_mutex);
    m_calls.push_back(std::move(call));
    m_wake.notify_one();
}

void SerialWorker::serve(const std::stop_token& stop)
{
    yieldToTheWindow();
    for (;;) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, stop, [this] { return !m_calls.empty(); }) || stop.stop_requested())
            return;
        Call call = std::move(m_calls.front());
        m_calls.pop_front();
        lock.unlock();
        try {
            deliver(call.body());
        } catch (const std::exception& error) {
            deliver([failed = std::move(call.failed),
                     sentence = QString::fromStdString(error.what())] { failed(sentence); });
        }
    }
}

void SerialWorker::deliver(Delivery delivery)
{
    QMetaObject::invokeMethod(this, std::move(delivery), Qt::QueuedConnection);
}

} // namespace ui
