// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/activations.h"
#include "core/model/model.h"
#include "ui/jobs/job.h"
#include "ui/session_calls.h"

#include <QObject>

#include <list>
#include <memory>
#include <vector>

namespace ui
{

/// What the current network computes for the current image, at once: within the call that changed
/// either. Only the very first backend is made on a worker, because it loads LibTorch; until it is
/// there activations() is null.
class LiveNetwork : public QObject
{
    Q_OBJECT

public:
    using Activations = std::shared_ptr<const core::NetworkActivations>;

    explicit LiveNetwork(SessionCalls calls, QObject* parent = nullptr);

    void setModel(core::ModelPointer model);
    void setImage(std::vector<float> pixels, int height, int width);
    const Activations& activations() const { return m_activations; }
    QString backendName() const; ///< empty before there is one

signals:
    /// The first backend has come and activations() with it. Not sent for what setModel() and
    /// setImage() change.
    void ready();
    void failed(const QString& sentence);

private:
    using BackendPointer = std::shared_ptr<core::Backend>;

    void update();
    void loadFirstBackend();
    core::Backend* backend();
    bool fits() const;

    SessionCalls m_calls;
    core::ModelPointer m_model;
    std::vector<float> m_pixels;
    int m_height = 0;
    int m_width = 0;
    std::list<BackendPointer> m_backends; ///< the last used first
    Activations m_activations;
    Job m_loading;
};

} // namespace ui
