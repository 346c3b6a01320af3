// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/top_examples.h"
#include "ui/jobs/job.h"
#include "ui/session_values.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace core
{
struct Model;
}

namespace ui
{

class Session;

/// What the data set does to the selected channel or neuron: its strongest and weakest images and
/// how its values spread. Computed on a worker while somebody wants it, a moment after the
/// selection stands still. GUI thread.
class UnitExamples : public QObject
{
    Q_OBJECT

public:
    explicit UnitExamples(Session& session, QObject* parent = nullptr);

    void setWanted(bool wanted);
    /// Of the selection; the value is the previous one's while it is running.
    const Pending<core::TopExamples>& result() const { return m_result; }

    static constexpr int kPatience = 120; ///< milliseconds; keys that walk are faster

signals:
    void changed();

private:
    struct Key {
        std::shared_ptr<const core::Model> model;
        std::shared_ptr<const core::Dataset> data;
        int layer = 0;
        int channel = 0;
        std::optional<int> position;
        bool operator==(const Key&) const = default;
    };

    std::optional<Key> wantedKey() const;
    void follow();
    void start();

    Session& m_session;
    bool m_wanted = false;
    std::optional<Key> m_key; ///< of m_result, or of what is being computed
    Pending<core::TopExamples> m_result;
    QTimer m_timer;
    Job m_job;
};

} // namespace ui
