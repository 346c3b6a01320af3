// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window.h"

#include "core/base/shared_folder.h"
#include "core/data/mnist.h"
#include "ui/data_source.h"
#include "ui/first_paint.h"
#include "ui/main_window.h"
#include "ui/restored_models.h"
#include "ui/run_desk.h"
#include "ui/runs/queue_source.h"
#include "ui/runs/run_board.h"
#include "ui/saved_session.h"
#include "ui/scores.h"
#include "ui/session.h"
#include "ui/session_calls.h"
#include "ui/theme.h"
#include "ui/views/views.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>
#include <cstdio>

namespace ui
{

namespace
{

constexpr const char* kTourSeen = "tourSeen";

std::filesystem::path userFolder(const char* name)
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return QDir(base).filePath(QString("caddie/%1").arg(name)).toStdString();
}

/// Files of runs are all called alike, so their models are named after the run.
SessionCalls callsNamingRuns(int threads, const std::filesystem::path& runs)
{
    SessionCalls calls = coreCalls(threads);
    calls.openModel = [open = calls.openModel, runs](const std::filesystem::path& file,
                                                     const core::OpenOptions& options) {
        core::Model model = open(file, options);
        if (const std::string title = runTitleOfModel(runs, file); !title.empty())
            model.name = title;
        return model;
    };
    return calls;
}

/// The shipped models of the first folder that has any, in the order of their names.
QStringList shippedModels(const std::vector<std::filesystem::path>& extraFolders)
{
    std::vector<std::filesystem::path> folders = extraFolders;
    if (const auto own = core::sharedFolder("models"))
        folders.push_back(*own);
    for (const std::filesystem::path& folder : folders) {
        QStringList files;
        for (const QFileInfo& file : QDir(QString::fromStdString(folder.string()))
                                         .entryInfoList({"*.safetensors"}, QDir::Files, QDir::Name))
            files.append(file.canonicalFilePath());
        if (!files.isEmpty())
            return files;
    }
    return {};
}

QStringList filesToOpen(const WindowOptions& options, const SavedSession& saved)
{
    QStringList files;
    for (const std::string& file : options.models)
        files.append(QString::fromStdString(file));
    if (!files.isEmpty())
        return files;
    for (const QString& file : saved.files)
        if (QFileInfo::exists(file))
            files.append(file);
    return files.isEmpty() ? shippedModels(options.modelFolders) : files;
}

/// The folder that MNIST is read from at the start, if there is one.
std::optional<std::filesystem::path> startFolder(const WindowOptions& options,
                                                 const SavedSession& saved,
                                                 const std::filesystem::path& downloads)
{
    if (options.sampleDigits)
        return std::nullopt;
    std::vector<std::filesystem::path> folders = options.dataFolders;
    if (!saved.dataFolder.isEmpty())
        folders.emplace_back(saved.dataFolder.toStdString());
    folders.push_back(downloads);
    return core::findMnist(folders);
}

/// Loads the data set; the session goes on when it is there, or is known not to come.
void startData(Session& session, DataSource& source, const std::filesystem::path& folder)
{
    QObject::connect(&source, &DataSource::changed, &session, [&] {
        if (source.state() == DataSource::State::Idle)
            session.setPaused(false);
    });
    source.load(folder);
}

} // namespace

int runWindow(const WindowOptions& options, int& argc, char** argv)
{
    // The canvas wants every point of a fast stroke and gathers them itself.
    QCoreApplication::setAttribute(Qt::AA_CompressHighFrequencyEvents, false);
    QApplication application(argc, argv);
    QApplication::setOrganizationName("caddie");
    QApplication::setApplicationName("caddie");
    QApplication::setApplicationVersion(CADDIE_VERSION);
    QApplication::setWindowIcon(QIcon(":/icons/caddie.svg"));

    QSettings settings;
    const SavedSession saved = options.restoreSession ? loadSession(settings) : SavedSession();
    ThemeSwitch themes;
    themes.apply(saved.theme);

    const std::filesystem::path runs = options.runs.empty() ? userFolder("runs") : options.runs;
    Session session(options.threads, callsNamingRuns(options.threads, runs));
    DataSource source(userFolder("mnist"));
    QObject::connect(&source, &DataSource::loaded, &session, &Session::setDataset);
    const int runThreads =
        options.runThreads > 0 ? options.runThreads : std::max(1, QThread::idealThreadCount());
    RunBoard board(queueSource(runs, runThreads), {core::runPresets(), runThreads});
    const ViewPlaces places{{shippedModels(options.modelFolders), userFolder("submissions")},
                            userFolder("studies.db").string()};
    const auto views = [&places](Session& one, RunBoard& runBoard, QWidget* parent) {
        return makeViewsWith(places, one, runBoard, parent);
    };
    MainWindow window(session, source, board, themes, views);
    window.restore(saved);
    QObject::connect(&window, &MainWindow::tourFinished, &window,
                     [&settings] { settings.setValue(kTourSeen, true); });

    restoreWhenOpen(session, saved, options.models.empty());
    session.setPaused(true);
    window.openFiles(filesToOpen(options, saved));
    // Loading LibTorch keeps the loader busy, which the window needs for its own plugins: it comes
    // second.
    afterFirstPaint(window, [&] {
        if (options.quitAfterFirstPaint) {
            std::printf("first paint after %.0f ms\n", millisecondsSinceStart());
            QApplication::quit();
        } else if (const auto folder = startFolder(options, saved, source.downloadFolder())) {
            startData(session, source, *folder);
        } else {
            session.setPaused(false);
            window.runs()->useSampleDigits();
        }
        if (options.restoreSession && !options.quitAfterFirstPaint &&
            !settings.value(kTourSeen).toBool())
            window.startTour();
    });
    window.show();
    const int code = QApplication::exec();
    if (options.restoreSession && !options.quitAfterFirstPaint)
        saveSession(settings, window.state());
    return code;
}

} // namespace ui
