// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace ui
{

/// Carries values from a worker to the GUI thread at whatever rate that thread can take: a value
/// that has not been fetched when the next one comes is replaced by it. Made and destroyed on the
/// receiver's thread; after that, and after clear(), nothing is delivered any more.
template<typename T>
class Mailbox
{
public:
    using Handler = std::function<void(T)>;

    Mailbox(QObject* receiver, Handler handler) : m_box(std::make_shared<Box>())
    {
        m_box->receiver = receiver;
        m_box->handler = std::move(handler);
    }
    ~Mailbox() { clear(); }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    /// Any thread, while the receiver lives.
    void post(T value)
    {
        const std::lock_guard lock(m_box->mutex);
        const bool underway = m_box->value.has_value();
        m_box->value = std::move(value);
        if (!underway)
            QMetaObject::invokeMethod(m_box->receiver, deliverer(), Qt::QueuedConnection);
    }

    /// Forgets a value that has not been delivered yet.
    void clear()
    {
        const std::lock_guard lock(m_box->mutex);
        m_box->value.reset();
    }

private:
    struct Box {
        QObject* receiver = nullptr;
        Handler handler;
        std::mutex mutex;
        std::optional<T> value;
    };

    std::function<void()> deliverer() const
    {
        return [weak = std::weak_ptr<Box>(m_box)] {
            const std::shared_ptr<Box> box = weak.lock();
            if (!box)
                return;
            std::unique_lock lock(box->mutex);
            std::optional<T> value = std::exchange(box->value, std::nullopt);
            lock.unlock();
            if (value)
                box->handler(std::move(*value));
        };
    }

    std::shared_ptr<Box> m_box;
};

} // namespace ui
