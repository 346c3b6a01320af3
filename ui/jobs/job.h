// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>

namespace ui
{

/// One core call at a time on a thread of its own. Lives on the GUI thread and is used from there
/// only. Runs are numbered: what a replaced or cancelled run still reports is dropped. Never waits
/// for a thread, except in the destructor.
class Job : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~Job() override;

    /// Runs `work(std::stop_token)` on a worker; its result goes to `done` on the GUI thread. What
    /// it throws becomes failed(). A run still going is cancelled first.
    template<typename Work, typename Done>
    void start(Work work, Done done)
    {
        using Result = std::invoke_result_t<Work, std::stop_token>;
        launch([work = std::move(work), done = std::move(done)](std::stop_token stop) mutable {
            auto result = std::make_shared<Result>(work(stop));
            return Delivery([result, done = std::move(done)] { done(std::move(*result)); });
        });
    }

    void stop();   ///< asks the run to end early; its result still arrives
    void cancel(); ///< asks the run to end and drops what it reports
    bool running() const { return m_current != 0; }

signals:
    void started();
    void finished(); ///< the run is over, after `done` or failed(); not sent for a cancelled one
    void failed(const QString& sentence);

private:
    using Delivery = std::function<void()>; ///< called on the GUI thread
    using Body = std::function<Delivery(std::stop_token)>;

    void launch(Body body);
    void runBody(const Body& body, int run, const std::stop_token& stop);
    void settle(int run, const Delivery& delivery, const QString& error);

    int m_last = 0;
    int m_current = 0;                     ///< number of the run that is listened to; 0: none
    std::map<int, std::jthread> m_threads; ///< cancelled ones too, until they have ended
};

} // namespace ui
