// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job.h"

#include "ui/jobs/thread_priority.h"

#include <QMetaObject>

#include <exception>

namespace ui
{

Job::~Job()
{
    for (auto& [run, thread] : m_threads)
        thread.request_stop();
    m_threads.clear();
}

void Job::stop()
{
    if (const auto found = m_threads.find(m_current); found != m_threads.end())
        found->second.request_stop();
}

void Job::cancel()
{
    stop();
    m_current = 0;
}

void Job::launch(Body body)
{
    cancel();
    const int run = m_current = ++m_last;
    m_threads[run] = std::jthread(
        [this, run, body = std::move(body)](std::stop_token stop) { runBody(body, run, stop); });
    emit started();
}

void Job::runBody(const Body& body, int run, const std::stop_token& stop)
{
    Delivery delivery;
    QString error;
    yieldToTheWindow();
    try {
        delivery = body(stop);
    } catch (const std::exception& exception) {
        error = QString::fromStdString(exception.what());
        if (error.isEmpty())
            error = tr("The work ended with an unnamed error.");
    }
    QMetaObject::invokeMethod(
        this, [this, run, delivery, error] { settle(run, delivery, error); }, Qt::QueuedConnection);
}

void Job::settle(int run, const Delivery& delivery, const QString& error)
{
    // The thread has nothing left to do but return, so joining it here takes no time.
    m_threads.erase(run);
    if (run != m_current)
        return;
    m_current = 0;
    if (error.isEmpty())
        delivery();
    else
        emit failed(error);
    // A new run may have been started by whoever was told.
    if (m_current == 0)
        emit finished();
}

} // namespace ui
