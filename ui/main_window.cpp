// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/data_source.h"
#include "ui/dialogs/key_sheet.h"
#include "ui/panels/data_section.h"
#include "ui/panels/image_browser.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/notice.h"
#include "ui/panels/side_column.h"
#include "ui/panels/status_line.h"
#include "ui/panels/top_bar.h"
#include "ui/session.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

QFrame* rule()
{
    auto* line = new QFrame;
    line->setProperty("role", "rule");
    line->setFixedHeight(1);
    return line;
}

} // namespace

MainWindow::MainWindow(Session& session, DataSource& source, ThemeSwitch& themes,
                       const ViewFactory& views, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_source(source), m_themes(themes),
      m_pages(new QStackedWidget)
{
    m_views = views(session, m_pages);
    m_actions = makeActions();
    build();
    connectParts();
    setAcceptDrops(true);
    qApp->installEventFilter(this);
    resize(QSize(1280, 800).expandedTo(screen()->availableSize() * 0.7));
    m_pages->setFocusPolicy(Qt::StrongFocus);
    m_pages->setFocus(); // so that single keys work at once and no tab looks chosen twice
    showTitle();
}

void MainWindow::build()
{
    QStringList titles;
    for (View* view : m_views) {
        m_pages->addWidget(view);
        titles.append(view->title());
    }
    m_bar = new TopBar(m_session, titles, *m_actions);
    m_models = new ModelsPanel(m_session);
    m_input = new InputPanel(m_session, m_source);
    auto* inspector = new InspectorPanel(m_session);
    m_left = new SideColumn(
        {{m_models, "models", tr("Models"), 1}, {m_input, "input", tr("Input")}}, 240);
    m_right = new SideColumn({{inspector, "inspector", tr("Inspector"), 1}}, 260);

    m_notice = new Notice;
    auto* centre = new QWidget;
    auto* centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->setSpacing(0);
    centreLayout->addWidget(m_notice);
    centreLayout->addWidget(m_pages, 1);

    m_splitter = new QSplitter;
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(centre);
    m_splitter->addWidget(m_right);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({240, 780, 260});

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(rule());
    layout->addWidget(m_splitter, 1);
    layout->addWidget(rule());
    layout->addWidget(new StatusLine(m_session));
    setCentralWidget(content);
}

void MainWindow::connectParts()
{
    connect(m_bar, &TopBar::viewChosen, this, &MainWindow::showView);
    connect(m_models, &ModelsPanel::openRequested, this, &MainWindow::chooseModel);
    connect(m_models->addMenu(), &QMenu::aboutToShow, this, &MainWindow::fillAddMenu);
    connect(m_input->data(), &DataSection::folderRequested, this, &MainWindow::chooseDataFolder);
    connect(&m_session, &Session::modelOpened, this, &MainWindow::noteOpened);
    connect(&m_session, &Session::currentModelChanged, this, &MainWindow::showTitle);
    connect(&m_session, &Session::failed, m_notice, &Notice::showSentence);
    connect(m_left, &SideColumn::foldedChanged, this, &MainWindow::showFolding);
    connect(m_right, &SideColumn::foldedChanged, this, &MainWindow::showFolding);
}

/// Gives the view what a folded column leaves, and takes it back.
void MainWindow::showFolding()
{
    m_actions->action("window.left")->setChecked(!m_left->folded());
    m_actions->action("window.right")->setChecked(!m_right->folded());
    const int sides = m_left->wantedWidth() + m_right->wantedWidth();
    m_splitter->setSizes(
        {m_left->wantedWidth(), m_splitter->width() - sides, m_right->wantedWidth()});
}

View* MainWindow::currentView() const
{
    return qobject_cast<View*>(m_pages->currentWidget());
}

void MainWindow::showView(int index)
{
    if (index < 0 || index >= static_cast<int>(m_views.size()))
        return;
    m_pages->setCurrentIndex(index);
    m_bar->setCurrent(index);
}

void MainWindow::openFiles(const QStringList& files)
{
    for (const QString& file : files)
        m_session.openModelFile(file);
}

void MainWindow::noteOpened(int index)
{
    const core::ModelPointer model = m_session.models()[static_cast<std::size_t>(index)].model;
    addRecentFile(m_recent, QString::fromStdString(model->file.string()));
}

void MainWindow::showTitle()
{
    const core::ModelPointer model = m_session.current();
    setWindowTitle(model ? tr("%1 – Caddie").arg(QString::fromStdString(model->name))
                         : QString("Caddie"));
}

SavedSession MainWindow::state() const
{
    SavedSession saved;
    for (const OpenModel& entry : m_session.models())
        if (!entry.model->file.empty())
            saved.files.append(QString::fromStdString(entry.model->file.string()));
    if (const core::ModelPointer model = m_session.current())
        saved.currentFile = QString::fromStdString(model->file.string());
    saved.recentFiles = m_recent;
    saved.dataFolder = QString::fromStdString(m_source.folder().string());
    if (const View* view = currentView())
        saved.view = view->id();
    for (const View* view : m_views)
        saved.viewStates[view->id()] = view->state();
    saved.selection = m_session.selection();
    saved.theme = m_themes.choice();
    saved.geometry = saveGeometry();
    saved.splitter = m_splitter->saveState();
    saved.leftFolded = m_left->folded();
    saved.rightFolded = m_right->folded();
    return saved;
}

void MainWindow::restore(const SavedSession& saved)
{
    m_recent = saved.recentFiles;
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        m_views[i]->restore(saved.viewStates[m_views[i]->id()].toObject());
        if (m_views[i]->id() == saved.view)
            showView(static_cast<int>(i));
    }
    m_session.select(saved.selection);
    restoreGeometry(saved.geometry);
    m_splitter->restoreState(saved.splitter);
    m_left->setFolded(saved.leftFolded);
    m_right->setFolded(saved.rightFolded);
}

void MainWindow::fillAddMenu()
{
    QMenu* menu = m_models->addMenu();
    menu->clear();
    menu->addAction(m_actions->action("file.open"));
    if (!m_recent.isEmpty())
        menu->addSection(tr("Recent"));
    for (const QString& file : m_recent) {
        QAction* action =
            menu->addAction(QFileInfo(file).fileName(), this, [this, file] { openFiles({file}); });
        action->setToolTip(file);
        action->setEnabled(QFileInfo::exists(file));
    }
    menu->setToolTipsVisible(true);
}

void MainWindow::chooseModel()
{
    auto* dialog = new QFileDialog(this, tr("Open a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Models (*.safetensors *.pt *.pth *.pkl *.bin *.ckpt *.tar)"), tr("All files (*)")});
    if (!m_recent.isEmpty())
        dialog->setDirectory(QFileInfo(m_recent.front()).absolutePath());
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::openFiles);
    dialog->open();
}

void MainWindow::chooseDataFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose the folder with MNIST"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { m_source.load(folder.toStdString()); });
    dialog->open();
}

void MainWindow::walk(
    const std::function<Selection(const core::Architecture&, const Selection&)>& step)
{
    if (const core::ModelPointer model = m_session.current())
        m_session.select(step(model->architecture, m_session.selection()));
}

void MainWindow::jumpToClass(int label)
{
    Selection selection = m_session.selection();
    selection.label = label;
    m_session.select(selection);
    if (!m_input->drawing())
        m_input->browser()->showNextOfClass(label);
}

void MainWindow::resetSelection()
{
    Selection selection;
    selection.unit = m_session.selection().unit;
    selection.stage = m_session.selection().stage;
    m_session.select(selection);
}

void MainWindow::showKeys()
{
    auto* sheet = new KeySheet(*m_actions, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->show();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::ranges::any_of(urls, [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        const QString path = url.toLocalFile();
        if (QFileInfo(path).isDir())
            m_source.load(path.toStdString());
        else if (!path.isEmpty())
            openFiles({path});
    }
    event->acceptProposedAction();
}

/// Single keys are shortcuts of the window, but a control that the person works in with the same
/// keys comes first.
bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool moving = key->key() >= Qt::Key_Home && key->key() <= Qt::Key_PageDown;
    const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    const auto is = [watched](const char* type) { return watched->inherits(type); };
    const bool takesMoves = is("QAbstractItemView") || is("QAbstractSlider") || is("QComboBox") ||
                            is("QAbstractSpinBox") || is("QLineEdit");
    const bool leavesField = key->key() == Qt::Key_Escape && is("ui::GoToField");
    if ((plain && moving && takesMoves) || leavesField) {
        event->accept();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace ui
