// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data_source.h"

#include "core/base/error.h"
#include "core/data/mnist.h"
#include "core/data/mnist_download.h"

namespace ui
{

DataCalls coreDataCalls()
{
    DataCalls calls;
    calls.load = [](const std::filesystem::path& chosen) {
        const auto folder = core::findMnist(chosen);
        if (!folder)
            throw core::Error(core::ErrorKind::DataMissing,
                              chosen.string() +
                                  " holds no MNIST: the four files "
                                  "train-images-idx3-ubyte(.gz) and so on are expected "
                                  "there or in MNIST/raw below it.");
        return core::loadMnist(*folder, core::Split::Test);
    };
    calls.download = [](const std::filesystem::path& folder, const core::ProgressObserver& observer,
                        std::stop_token stop) {
        core::MnistDownload request;
        request.folder = folder;
        return core::downloadMnist(request, observer, stop);
    };
    return calls;
}

DataSource::DataSource(std::filesystem::path downloadFolder, DataCalls calls, QObject* parent)
    : QObject(parent), m_downloadFolder(std::move(downloadFolder)), m_calls(std::move(calls)),
      m_mailbox(this, [this](core::Progress progress) {
          m_progress = std::move(progress);
          emit changed();
      })
{
    connect(&m_job, &Job::failed, this, &DataSource::fail);
}

void DataSource::setState(State state)
{
    m_state = state;
    m_mailbox.clear();
    m_progress = {};
    emit changed();
}

void DataSource::load(const std::filesystem::path& folder)
{
    m_error.clear();
    const auto work = [folder, load = m_calls.load](std::stop_token) { return load(folder); };
    m_job.start(work, [this, folder](core::Dataset dataset) {
        m_folder = folder;
        setState(State::Idle);
        emit loaded(std::make_shared<core::Dataset>(std::move(dataset)));
    });
    setState(State::Loading);
}

void DataSource::download()
{
    m_error.clear();
    const auto work = [this, folder = m_downloadFolder](std::stop_token stop) {
        const auto report = [this](const core::Progress& progress) { m_mailbox.post(progress); };
        return m_calls.download(folder, report, stop);
    };
    m_job.start(work, [this](bool complete) {
        if (complete)
            load(m_downloadFolder);
        else
            setState(State::Idle);
    });
    setState(State::Downloading);
}

void DataSource::stop()
{
    m_job.stop();
}

void DataSource::fail(const QString& sentence)
{
    m_error = sentence;
    setState(State::Idle);
}

} // namespace ui
