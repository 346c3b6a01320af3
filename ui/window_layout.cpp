// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/data_source.h"
#include "ui/layouts.h"
#include "ui/models/palette_list.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/side_column.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/view_tabs.h"
#include "ui/restored_models.h"
#include "ui/run_desk.h"
#include "ui/session.h"
#include "ui/view_deck.h"
#include "ui/views/view.h"
#include "ui/window_files.h"

#include <QApplication>
#include <QInputDialog>
#include <QSplitter>

namespace ui
{

namespace
{

const QString kInspector = QStringLiteral("inspector"); ///< among the states of views

} // namespace

// How the window is arranged, and what of it comes back.

std::vector<ActionSpec> MainWindow::windowActions()
{
    const QString group = tr("Window");
    std::vector<ActionSpec> specs = {
        {"layout.tear",
         group,
         tr("Tear the view off, or bring it back"),
         {QKeySequence("Ctrl+Shift+T")},
         [this] { tearOrDock(); }},
        {"layout.dock",
         group,
         tr("Bring all views back"),
         {QKeySequence("Ctrl+Shift+B")},
         [this] { m_deck->setTornOff({}); }},
    };
    for (const Layout& layout : builtInLayouts())
        specs.push_back({"layout." + layout.name.toLower(),
                         group,
                         tr("Layout: %1").arg(layout.name),
                         {},
                         [this, layout] { applyLayout(layout); }});
    specs.push_back(
        {"layout.choose", group, tr("Choose a layout…"), {QKeySequence("Ctrl+L")}, [this] {
             chooseLayout();
         }});
    specs.push_back(
        {"layout.save", group, tr("Save the layout…"), {QKeySequence("Ctrl+Shift+L")}, [this] {
             nameLayout();
         }});
    specs.push_back(
        {"layout.forget", group, tr("Forget a layout…"), {}, [this] { forgetLayout(); }});
    return specs;
}

void MainWindow::tearOrDock()
{
    const int index = m_deck->indexOf(activeView()->id());
    m_deck->isTornOff(index) ? m_deck->dock(index) : m_deck->tearOff(index);
}

/// The keys of the window work in a torn-off one, too.
void MainWindow::prepareViewWindow(ViewWindow* made)
{
    made->addActions(QWidget::actions());
    showTitle();
}

Layout MainWindow::layoutNow() const
{
    Layout layout;
    if (const View* view = currentView())
        layout.view = view->id();
    layout.tornOff = m_deck->tornOff();
    layout.splitter = m_splitter->saveState();
    layout.leftFolded = m_left->wantsFolded();
    layout.rightFolded = m_right->wantsFolded();
    layout.runsFolded = m_runs->panel()->folded();
    return layout;
}

void MainWindow::applyLayout(const Layout& layout)
{
    m_deck->setTornOff(layout.tornOff);
    if (const int index = m_deck->indexOf(layout.view); index >= 0)
        showView(index);
    m_left->setFolded(layout.leftFolded);
    m_right->setFolded(layout.rightFolded);
    m_runs->panel()->setFolded(layout.runsFolded);
    if (!layout.splitter.isEmpty())
        m_splitter->restoreState(layout.splitter);
    squeezeColumns();
}

void MainWindow::chooseLayout()
{
    std::vector<PaletteEntry> entries;
    for (const Layout& layout : builtInLayouts())
        entries.push_back({layout.name, tr("Layout"), {}, [=, this] { applyLayout(layout); }});
    for (const Layout& layout : m_layouts)
        entries.push_back({layout.name, tr("Your layout"), {}, [=, this] { applyLayout(layout); }});
    openPalette(std::move(entries));
}

void MainWindow::nameLayout()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save the layout"));
    dialog->setLabelText(tr("Name of the layout; one of the same name is replaced:"));
    connect(dialog, &QInputDialog::textValueSelected, this, &MainWindow::saveLayout);
    dialog->open();
}

void MainWindow::saveLayout(const QString& name)
{
    Layout layout = layoutNow();
    layout.name = name.simplified();
    if (!layout.name.isEmpty())
        keepLayout(m_layouts, layout);
}

void MainWindow::forgetLayout()
{
    std::vector<PaletteEntry> entries;
    for (const Layout& layout : m_layouts)
        entries.push_back({layout.name, tr("Forget"), {}, [this, name = layout.name] {
                               std::erase_if(m_layouts,
                                             [&](const auto& kept) { return kept.name == name; });
                           }});
    if (entries.empty())
        emit m_session.statusMessage(tr("No layout of yours is saved."));
    else
        openPalette(std::move(entries));
}

SavedSession MainWindow::state() const
{
    SavedSession saved;
    for (const OpenModel& entry : m_session.models())
        if (!entry.opened->file.empty())
            saved.files.append(QString::fromStdString(entry.opened->file.string()));
    saved.ablations = savedAblations(m_session);
    if (const OpenModel* entry = m_session.currentEntry())
        saved.currentFile = QString::fromStdString(entry->opened->file.string());
    if (const OpenModel* entry = m_session.referenceEntry())
        saved.referenceFile = QString::fromStdString(entry->opened->file.string());
    saved.recentFiles = m_files->recent();
    saved.dataFolder = QString::fromStdString(m_source.folder().string());
    for (const View* view : m_views)
        saved.viewStates[view->id()] = view->state();
    saved.viewStates[kInspector] = m_inspector->state();
    saved.selection = m_session.selection();
    saved.theme = m_themes.choice();
    saved.geometry = saveGeometry();
    saved.layout = layoutNow();
    saved.layouts = m_layouts;
    return saved;
}

void MainWindow::restore(const SavedSession& saved)
{
    m_files->setRecent(saved.recentFiles);
    for (View* view : m_views)
        view->restore(saved.viewStates[view->id()].toObject());
    m_inspector->restore(saved.viewStates[kInspector].toObject());
    m_session.select(saved.selection);
    m_layouts = saved.layouts;
    restoreGeometry(saved.geometry);
    applyLayout(saved.layout);
}

} // namespace ui
