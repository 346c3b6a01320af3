// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/ablations.h"
#include "ui/data_source.h"
#include "ui/dialogs/command_palette.h"
#include "ui/models/unit_facts.h"
#include "ui/panels/data_section.h"
#include "ui/panels/go_to_field.h"
#include "ui/panels/help_panel.h"
#include "ui/panels/image_browser.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/notice.h"
#include "ui/panels/run_form.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/side_column.h"
#include "ui/panels/status_line.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/view_tabs.h"
#include "ui/run_desk.h"
#include "ui/session.h"
#include "ui/view_deck.h"
#include "ui/views/view.h"
#include "ui/widgets/draw_canvas.h"
#include "ui/widgets/focus_ring.h"
#include "ui/window_files.h"
#include "ui/window_palette.h"

#include <QAction>
#include <QApplication>
#include <QDragEnterEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kFormWidth = 320;
// Widths of the window below which the view would get less than it needs beside open columns.
constexpr int kRoomForBoth = 1200; ///< and 60 % of the width for the view
constexpr int kRoomForLeft = 720;
constexpr QSize kLeast{640, 360}; ///< with both columns folded: 2560x1440 at 400 %
constexpr int kRoomForTwo = 900;  ///< below it, opening one column folds the other

QFrame* rule()
{
    auto* line = new QFrame;
    line->setProperty("role", "rule");
    line->setFixedHeight(1);
    return line;
}

} // namespace

MainWindow::MainWindow(Session& session, DataSource& source, RunBoard& board, ThemeSwitch& themes,
                       const ViewFactory& views, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_source(source), m_board(board), m_themes(themes),
      m_files(new WindowFiles(session, source, this)), m_deck(new ViewDeck)
{
    m_views = views(session, board, m_deck);
    m_deck->setViews(m_views);
    m_runs = new RunDesk(session, source, board, m_views, this);
    m_actions = makeActions();
    build();
    connectParts();
    setAcceptDrops(true);
    qApp->installEventFilter(this);
    setMinimumSize(kLeast); // or Qt would take that of the columns as they are now
    resize(QSize(1280, 800).expandedTo(screen()->availableSize() * 0.7));
    m_deck->setFocusPolicy(Qt::StrongFocus);
    new FocusRing(m_deck);
    m_deck->setFocus(); // so that single keys work at once and no tab looks chosen twice
    showTitle();
}

void MainWindow::build()
{
    m_bar = new TopBar(m_session, m_views, *m_actions);
    m_models = new ModelsPanel(m_session);
    m_input = new InputPanel(m_session, m_source);
    m_inspector = new InspectorPanel(m_session);
    m_left = new SideColumn(
        {{m_models, "models", tr("Models"), 1}, {m_input, "input", tr("Input")}}, 248);
    m_right = new SideColumn({{m_inspector, "inspector", tr("Inspector"), 1}}, 260);

    m_splitter = new QSplitter;
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(makeCentre());
    m_splitter->addWidget(m_right);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({248, 770, 260});

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(rule());
    layout->addWidget(m_splitter, 1);
    layout->addWidget(rule());
    layout->addWidget(m_runs->panel());
    layout->addWidget(rule());
    layout->addWidget(new StatusLine(m_session));
    setCentralWidget(content);
}

/// The view, and beside it the form while a run is being set up, or the handbook.
QWidget* MainWindow::makeCentre()
{
    m_notice = new Notice;
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_deck, 1);
    auto* layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1); // shows a hairline of the window beside the form
    layout->addLayout(column, 1);
    m_help = makeHelp();
    m_help->hide();
    for (QWidget* beside : {static_cast<QWidget*>(m_runs->form()), static_cast<QWidget*>(m_help)}) {
        beside->setFixedWidth(kFormWidth);
        layout->addWidget(beside);
    }
    return centre;
}

void MainWindow::connectParts()
{
    connect(m_bar, &TopBar::viewChosen, this, &MainWindow::showView);
    connect(m_bar->tabs(), &ViewTabs::tearOffRequested, m_deck,
            [this](int index) { m_deck->tearOff(index); });
    connect(m_bar->tabs(), &ViewTabs::dockRequested, m_deck, &ViewDeck::dock);
    connect(m_deck, &ViewDeck::tornOffChanged, m_bar->tabs(), &ViewTabs::setTornOff);
    connect(m_deck, &ViewDeck::tornOffChanged, this, &MainWindow::showInspector);
    for (View* view : m_views)
        connect(view, &View::formShownChanged, this, &MainWindow::showInspector);
    connect(m_deck, &ViewDeck::windowMade, this, &MainWindow::prepareViewWindow);
    connect(m_models, &ModelsPanel::openRequested, m_files, &WindowFiles::chooseModel);
    connect(m_models->addMenu(), &QMenu::aboutToShow, this,
            [this] { m_files->fillMenu(m_models->addMenu(), m_actions->action("file.open")); });
    connect(m_input->data(), &DataSection::folderRequested, m_files,
            &WindowFiles::chooseDataFolder);
    connect(&m_session, &Session::currentModelChanged, this, &MainWindow::showTitle);
    connect(m_input->canvas(), &DrawCanvas::undoChanged, this, [this] { m_drewLast = true; });
    connect(&m_session.ablations(), &Ablations::ablated, this, [this] { m_drewLast = false; });
    connect(&m_session, &Session::failed, m_notice, &Notice::showSentence);
    for (SideColumn* column : {m_left, m_right}) {
        connect(column, &SideColumn::foldedChanged, this, &MainWindow::showFolding);
        connect(column, &SideColumn::opened, this, [=, this] { squeezeOther(column); });
    }
    connect(m_runs, &RunDesk::formShownChanged, this, &MainWindow::showForm);
    connect(m_runs, &RunDesk::viewRequested, this, [this](View* view) {
        showView(static_cast<int>(std::ranges::find(m_views, view) - m_views.begin()));
    });
    connect(m_runs->panel(), &RunsPanel::foldedChanged, this,
            [this](bool folded) { m_actions->action("window.runs")->setChecked(!folded); });
}

void MainWindow::showForm(bool shown)
{
    if (shown)
        m_help->hide();
    showInspector();
    if (!shown)
        m_deck->setFocus();
}

void MainWindow::closeFormOrReset()
{
    View* view = m_deck->currentView();
    if (m_runs->formShown())
        m_runs->showForm(false);
    else if (view != nullptr && view->showsForm())
        view->closeForm();
    else
        resetSelection();
}

/// A form or the handbook takes the inspector's place, so that the view keeps its width.
void MainWindow::showInspector()
{
    const View* view = m_deck->currentView();
    const bool sharesView =
        view != nullptr && view->showsForm() && !m_deck->isTornOff(m_deck->current());
    m_right->setVisible(!m_runs->formShown() && m_help->isHidden() && !sharesView);
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

/// A column that the person opens in a narrow window stays open until the window's size changes.
void MainWindow::squeezeColumns()
{
    m_right->setSqueezed(width() < kRoomForBoth);
    m_left->setSqueezed(width() < kRoomForLeft);
}

void MainWindow::squeezeOther(SideColumn* opened)
{
    if (width() < kRoomForTwo)
        (opened == m_left ? m_right : m_left)->setSqueezed(true);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        squeezeColumns();
}

View* MainWindow::currentView() const
{
    return m_deck->currentView();
}

View* MainWindow::activeView() const
{
    const auto* own = qobject_cast<ViewWindow*>(QApplication::activeWindow());
    return own != nullptr ? own->view() : currentView();
}

void MainWindow::showView(int index)
{
    if (index < 0 || index >= static_cast<int>(m_views.size()))
        return;
    // Else Qt would give the focus of what goes to the first control of what comes, and the arrow
    // keys with it. Who has typed a view's name goes on with its keys, not with text.
    if (m_deck->isAncestorOf(focusWidget()) || focusWidget() == m_bar->goTo())
        m_deck->setFocus();
    m_deck->show(index);
    m_bar->setCurrent(index);
    showInspector();
}

void MainWindow::openFiles(const QStringList& files)
{
    m_files->open(files);
}

void MainWindow::showTitle()
{
    const core::ModelPointer model = m_session.current();
    const QString title =
        model ? tr("%1 – Caddie").arg(QString::fromStdString(model->name)) : QString("Caddie");
    setWindowTitle(title);
    for (auto* own : findChildren<ViewWindow*>())
        own->setWindowTitle(tr("%1 – %2").arg(own->view()->title(), title));
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

void MainWindow::swapWithReference()
{
    const int reference = m_session.referenceIndex();
    if (reference < 0)
        return;
    m_session.setReference(m_session.currentIndex());
    m_session.setCurrent(reference);
}

void MainWindow::resetSelection()
{
    Selection selection;
    selection.unit = m_session.selection().unit;
    selection.stage = m_session.selection().stage;
    m_session.select(selection);
}

/// The later one of the last stroke and the last ablation.
void MainWindow::undo()
{
    DrawCanvas* canvas = m_input->canvas();
    Ablations& ablations = m_session.ablations();
    if (canvas->canUndo() && (m_drewLast || !ablations.canUndo()))
        canvas->undo();
    else
        ablations.undo();
}

void MainWindow::ablateSelected()
{
    const core::ModelPointer model = m_session.current();
    const auto target =
        model ? ablationTarget(model->architecture, m_session.selection()) : std::nullopt;
    if (target)
        m_session.ablations().ablate(*target);
    else
        emit m_session.statusMessage(tr("Select a channel or a neuron to ablate it."));
}

/// Over the window that the person works in.
void MainWindow::openPalette(std::vector<PaletteEntry> entries)
{
    QWidget* own = qobject_cast<ViewWindow*>(QApplication::activeWindow());
    (new CommandPalette(std::move(entries), own != nullptr ? own : this))->open();
}

void MainWindow::showPalette()
{
    openPalette(paletteEntries(*m_actions, m_session));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (WindowFiles::hasFiles(*event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_files->drop(*event->mimeData());
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
                            is("QAbstractSpinBox") || is("QLineEdit") || is("QScrollArea");
    const bool leavesField = key->key() == Qt::Key_Escape && is("ui::GoToField");
    if ((plain && moving && takesMoves) || leavesField) {
        event->accept();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace ui
