// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/data_section.h"

#include "ui/data_source.h"
#include "ui/session.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

namespace
{

QLabel* captionLabel(const char* role)
{
    auto* label = new QLabel;
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

QString megabytes(std::uint64_t bytes)
{
    return QString::number(static_cast<double>(bytes) / 1e6, 'f', 1);
}

} // namespace

DataSection::DataSection(Session& session, DataSource& source, QWidget* parent)
    : QWidget(parent), m_session(session), m_source(source), m_name(captionLabel("caption")),
      m_hint(captionLabel("caption")), m_error(captionLabel("error")), m_progress(new QProgressBar),
      m_download(new QPushButton(tr("Download MNIST"))), m_choose(new QPushButton(tr("Folder…"))),
      m_stop(new QPushButton(tr("Stop")))
{
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the download"));
    m_download->setToolTip(tr("Fetches 11 MB into %1 and verifies it")
                               .arg(QString::fromStdString(source.downloadFolder().string())));
    m_choose->setToolTip(tr("A folder with MNIST's four files, or one of torchvision's"));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_download);
    buttons->addWidget(m_choose);
    buttons->addWidget(m_stop);
    buttons->addStretch();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_name);
    layout->addWidget(m_hint);
    layout->addWidget(m_error);
    layout->addWidget(m_progress);
    layout->addLayout(buttons);

    connect(m_download, &QPushButton::clicked, &source, &DataSource::download);
    connect(m_stop, &QPushButton::clicked, &source, &DataSource::stop);
    connect(m_choose, &QPushButton::clicked, this, &DataSection::folderRequested);
    connect(&source, &DataSource::changed, this, &DataSection::showState);
    connect(&session, &Session::datasetChanged, this, &DataSection::showState);
    showState();
}

void DataSection::showState()
{
    const core::Dataset& dataset = *m_session.dataset();
    const DataSource::State state = m_source.state();
    const bool idle = state == DataSource::State::Idle;
    const bool downloading = state == DataSource::State::Downloading;
    m_name->setText(QString::fromStdString(dataset.description()));

    const core::Progress& progress = m_source.progress();
    m_hint->setVisible(downloading || state == DataSource::State::Loading);
    if (downloading && progress.total > 0)
        m_hint->setText(tr("Downloading: %1 of %2 MB")
                            .arg(megabytes(progress.done), megabytes(progress.total)));
    else
        m_hint->setText(downloading ? tr("Downloading…") : tr("Reading MNIST…"));
    m_progress->setVisible(downloading);
    m_progress->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0)
        m_progress->setValue(static_cast<int>(1000 * progress.done / progress.total));

    m_error->setVisible(!m_source.error().isEmpty());
    m_error->setText(breakable(m_source.error()));
    m_download->setVisible(idle && dataset.synthetic);
    m_choose->setVisible(idle && dataset.synthetic);
    m_stop->setVisible(downloading);
}

} // namespace ui
