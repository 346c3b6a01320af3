// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/pair_edges.h"
#include "ui/figures/pair_features.h"
#include "ui/jobs/job.h"
#include "ui/session_calls.h"
#include "ui/session_values.h"
#include "ui/views/feature_run.h"

#include <QObject>

namespace ui
{

/// How both first layers answer to edges: measured on a worker when it is first wanted.
class PairEdges : public QObject
{
    Q_OBJECT

public:
    explicit PairEdges(SessionCalls calls, QObject* parent = nullptr);

    /// What is wanted now: nothing new if it is the same pair.
    void show(const core::ModelPointer& current, const core::ModelPointer& reference);
    const Pending<PairOrientations>& result() const { return m_result; }

signals:
    void changed();

private:
    SessionCalls m_calls;
    core::ModelPointer m_current; ///< those of the result, or of the job
    core::ModelPointer m_reference;
    Pending<PairOrientations> m_result;
    Job m_job;
};

/// Gradient ascent for both models with the same settings, improving while one looks.
class PairFeatures : public QObject
{
    Q_OBJECT

public:
    explicit PairFeatures(const SessionCalls& calls, QObject* parent = nullptr);

    /// `preset` as core::maximizerPreset() names them.
    void show(const core::ModelPointer& current, const core::ModelPointer& reference,
              const std::string& preset);
    PairMaximizations images() const; ///< null before the first
    const FeatureSettings& settings() const { return m_settings; }
    std::optional<double> progress() const; ///< absent: nothing goes on; negative: unknown
    const QString& error() const { return m_error; }

signals:
    void changed();

private:
    std::string m_preset;
    FeatureSettings m_settings;
    QString m_error;
    FeatureRun m_current;
    FeatureRun m_reference;
};

} // namespace ui
