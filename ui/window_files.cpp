// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_files.h"

#include "ui/ablations.h"
#include "ui/data_source.h"
#include "ui/saved_session.h"
#include "ui/session.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace ui
{

WindowFiles::WindowFiles(Session& session, DataSource& source, QWidget* window)
    : QObject(window), m_session(session), m_source(source), m_window(window)
{
    connect(&session, &Session::modelOpened, this, &WindowFiles::noteOpened);
    connect(&session.ablations(), &Ablations::saveRequested, this, &WindowFiles::saveAblated);
    connect(&m_saving, &Job::failed, &session, &Session::failed);
}

void WindowFiles::open(const QStringList& files)
{
    for (const QString& file : files)
        m_session.openModelFile(file);
}

void WindowFiles::openAndShow(const QStringList& files)
{
    for (const QString& file : files)
        m_toShow.append(QFileInfo(file).absoluteFilePath());
    open(files);
}

void WindowFiles::noteOpened(int index)
{
    const core::ModelPointer model = m_session.models()[static_cast<std::size_t>(index)].model;
    const QString file = QString::fromStdString(model->file.string());
    addRecentFile(m_recent, file);
    if (m_toShow.removeOne(file))
        m_session.setCurrent(index);
}

void WindowFiles::fillMenu(QMenu* menu, QAction* openAction)
{
    menu->clear();
    menu->addAction(openAction);
    if (!m_recent.isEmpty())
        menu->addSection(tr("Recent"));
    for (const QString& file : m_recent) {
        QAction* action = menu->addAction(QFileInfo(file).fileName(), this,
                                          [this, file] { openAndShow({file}); });
        action->setToolTip(file);
        action->setEnabled(QFileInfo::exists(file));
    }
    menu->setToolTipsVisible(true);
}

void WindowFiles::chooseModel()
{
    auto* dialog = new QFileDialog(m_window, tr("Open a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Models (*.safetensors *.pt *.pth *.pkl *.bin *.ckpt *.tar)"), tr("All files (*)")});
    if (!m_recent.isEmpty())
        dialog->setDirectory(QFileInfo(m_recent.front()).absolutePath());
    connect(dialog, &QFileDialog::filesSelected, this, &WindowFiles::openAndShow);
    dialog->open();
}

void WindowFiles::chooseDataFolder()
{
    auto* dialog = new QFileDialog(m_window, tr("Choose the folder with MNIST"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { m_source.load(folder.toStdString()); });
    dialog->open();
}

void WindowFiles::saveAblated()
{
    const std::optional<core::Model> model = m_session.ablations().toSave();
    if (!model) {
        emit m_session.statusMessage(tr("Nothing is ablated in the current model."));
        return;
    }
    auto* dialog = new QFileDialog(m_window, tr("Save the ablated model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // asks before it replaces a file
    dialog->setDefaultSuffix(QStringLiteral("safetensors"));
    dialog->setNameFilters({tr("Safetensors (*.safetensors)"), tr("PyTorch (*.pt *.pth)")});
    const QFileInfo opened(QString::fromStdString(m_session.ablations().opened()->file.string()));
    if (!opened.filePath().isEmpty())
        dialog->setDirectory(opened.absolutePath());
    dialog->selectFile((opened.filePath().isEmpty() ? tr("model") : opened.completeBaseName()) +
                       tr("-ablated.safetensors"));
    connect(dialog, &QFileDialog::fileSelected, this, &WindowFiles::writeAblated);
    dialog->open();
}

void WindowFiles::writeAblated(const QString& file)
{
    std::optional<core::Model> model = m_session.ablations().toSave();
    if (!model)
        return;
    const auto work = [model = std::move(*model),
                       path = std::filesystem::path(file.toStdString())](std::stop_token) {
        core::saveModel(model, path);
        return path;
    };
    m_saving.start(work, [this](const std::filesystem::path& path) {
        emit m_session.statusMessage(tr("Saved as %1.").arg(QString::fromStdString(path.string())));
    });
}

bool WindowFiles::hasFiles(const QMimeData& data)
{
    return std::ranges::any_of(data.urls(), [](const QUrl& url) { return url.isLocalFile(); });
}

void WindowFiles::drop(const QMimeData& data)
{
    for (const QUrl& url : data.urls()) {
        const QString path = url.toLocalFile();
        if (QFileInfo(path).isDir())
            m_source.load(path.toStdString());
        else if (!path.isEmpty())
            openAndShow({path});
    }
}

} // namespace ui
