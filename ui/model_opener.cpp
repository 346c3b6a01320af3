// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_opener.h"

#include <QFileInfo>

namespace ui
{

ModelOpener::ModelOpener(SessionCalls calls, QObject* parent)
    : QObject(parent), m_calls(std::move(calls))
{
    connect(&m_job, &Job::failed, this, [this](const QString& sentence) {
        const QString file = m_waiting.front();
        m_waiting.pop_front();
        emit failed(file, sentence);
    });
    connect(&m_job, &Job::finished, this, &ModelOpener::openNext);
}

void ModelOpener::open(const QString& file)
{
    m_waiting.push_back(file);
    if (!m_job.running() && !m_paused)
        openNext();
}

void ModelOpener::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused && !m_job.running())
        openNext();
}

void ModelOpener::openNext()
{
    emit openingChanged();
    if (m_waiting.empty() || m_paused)
        return;
    const std::filesystem::path path =
        QFileInfo(m_waiting.front()).absoluteFilePath().toStdString();
    const auto work = [path, open = m_calls.openModel, options = core::OpenOptions{m_dataset, {}}](
                          std::stop_token) { return open(path, options); };
    m_job.start(work, [this, path](core::Model model) {
        m_waiting.pop_front();
        model.file = path;
        emit opened(std::make_shared<core::Model>(std::move(model)));
    });
}

} // namespace ui
