// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>

namespace ui
{

/// Core calls on one thread of its own, each after the one before it, because their order matters
/// (a Job replaces what is under way). Lives on the GUI thread and is used from there only. The
/// destructor waits for the call that is going on and drops the rest.
class SerialWorker : public QObject
{
    Q_OBJECT

public:
    using Failed = std::function<void(const QString& sentence)>;

    explicit SerialWorker(QObject* parent = nullptr);
    ~SerialWorker() override;

    /// Runs `work()` on the worker; its result goes to `done`, the sentence of what it throws to
    /// `failed`, on the GUI thread.
    template<typename Work, typename Done>
    void post(Work work, Done done, Failed failed)
    {
        enqueue({[work = std::move(work), done = std::move(done)]() mutable -> Delivery {
                     if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                         work();
                         return [done = std::move(done)] { done(); };
                     } else {
                         using Result = std::invoke_result_t<Work>;
                         auto result = std::make_shared<Result>(work());
                         return [result, done = std::move(done)] { done(std::move(*result)); };
                     }
                 },
                 std::move(failed)});
    }

private:
    using Delivery = std::function<void()>;
    struct Call {
        std::function<Delivery()> body;
        Failed failed;
    };

    void enqueue(Call call);
    void serve(const std::stop_token& stop);
    void deliver(Delivery delivery);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Call> m_calls;
    std::jthread m_thread; ///< last, so that it ends before what it uses
};

} // namespace ui
