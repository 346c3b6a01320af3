// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/ablations.h"
#include "ui/data_source.h"
#include "ui/navigation.h"
#include "ui/panels/go_to_field.h"
#include "ui/panels/image_browser.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/side_column.h"
#include "ui/panels/top_bar.h"
#include "ui/run_desk.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/views/view.h"
#include "ui/widgets/draw_canvas.h"
#include "ui/window_files.h"

#include <QAction>

#include <iterator>

namespace ui
{

// The table of all that the window can do; main_window.cpp has the deeds themselves.

std::vector<ActionSpec> MainWindow::fileActions()
{
    const QString group = tr("File");
    const auto closeCurrent = [this] { m_session.closeModel(m_session.currentIndex()); };
    return {
        {"file.open",
         group,
         tr("Open a model…"),
         {QKeySequence::Open},
         [this] { m_files->chooseModel(); }},
        {"file.reference",
         group,
         tr("Make the current model the reference"),
         {QKeySequence("M")},
         [this] { m_session.setReference(m_session.currentIndex()); }},
        {"file.swap",
         group,
         tr("Swap the current model and the reference"),
         {QKeySequence("S")},
         [this] { swapWithReference(); }},
        {"file.close", group, tr("Close the model"), {QKeySequence("Ctrl+W")}, closeCurrent},
        {"file.data",
         group,
         tr("Choose the data folder…"),
         {QKeySequence("Ctrl+D")},
         [this] { m_files->chooseDataFolder(); }},
        {"file.download", group, tr("Download MNIST"), {}, [this] { m_source.download(); }},
        {"file.export",
         group,
         tr("Export the figure\u2026"),
         {QKeySequence("Ctrl+E")},
         [this] { activeView()->openExport(); }},
        {"file.quit", group, tr("Quit"), {QKeySequence("Ctrl+Q")}, [this] { close(); }},
    };
}

std::vector<ActionSpec> MainWindow::editActions()
{
    const QString group = tr("Edit");
    return {
        {"edit.undo",
         group,
         tr("Undo the last ablation or stroke"),
         {QKeySequence("Ctrl+Z")},
         [this] { undo(); }},
        {"edit.redo",
         group,
         tr("Redo the ablation"),
         {QKeySequence("Ctrl+Shift+Z")},
         [this] { m_session.ablations().redo(); }},
        {"edit.ablate",
         group,
         tr("Ablate the selected channel or neuron"),
         {QKeySequence("X")},
         [this] { ablateSelected(); }},
        {"edit.reset",
         group,
         tr("Undo all ablations"),
         {QKeySequence("Ctrl+Shift+X")},
         [this] { m_session.ablations().reset(); }},
        {"edit.save",
         group,
         tr("Save the ablated model as…"),
         {QKeySequence("Ctrl+Shift+S")},
         [this] { m_files->saveAblated(); }},
    };
}

namespace
{

/// Ctrl+1 ... Ctrl+9, Ctrl+0; those after the tenth are reached by the palette.
QList<QKeySequence> keyOfView(std::size_t index)
{
    if (index > 9)
        return {};
    return {QKeySequence(QString("Ctrl+%1").arg((index + 1) % 10))};
}

} // namespace

std::vector<ActionSpec> MainWindow::viewActions()
{
    const QString group = tr("View");
    std::vector<ActionSpec> specs;
    for (std::size_t i = 0; i < m_views.size(); ++i)
        specs.push_back({"view." + m_views[i]->id(), group, m_views[i]->title(), keyOfView(i),
                         [this, i] { showView(static_cast<int>(i)); }});
    for (std::size_t i = 0; i < m_views.size(); ++i)
        for (ActionSpec& spec : m_views[i]->actionSpecs()) {
            spec.handler = [this, i, deed = std::move(spec.handler)] {
                showView(static_cast<int>(i));
                deed();
            };
            specs.push_back(std::move(spec));
        }
    specs.push_back({"window.left",
                     group,
                     tr("Models and input"),
                     {QKeySequence("[")},
                     [this] { m_left->setFolded(!m_left->folded()); },
                     true});
    specs.push_back({"window.right",
                     group,
                     tr("Inspector"),
                     {QKeySequence("]")},
                     [this] { m_right->setFolded(!m_right->folded()); },
                     true});
    specs.push_back({"window.runs",
                     group,
                     tr("Runs"),
                     {QKeySequence("B")},
                     [this] { m_runs->panel()->setFolded(!m_runs->panel()->folded()); },
                     true});
    specs.push_back(
        {"window.theme", group, tr("Next theme: system, light, dark"), {QKeySequence("T")}, [this] {
             m_themes.applyNext();
         }});
    specs.push_back({"window.full", group, tr("Full screen"), {QKeySequence("F11")}, [this] {
                         setWindowState(windowState() ^ Qt::WindowFullScreen);
                     }});
    return specs;
}

std::vector<ActionSpec> MainWindow::goActions()
{
    const QString group = tr("Go");
    const auto units = [this](int step) {
        return [=, this] {
            walk([=](const auto& net, const auto& from) { return walkUnits(net, from, step); });
        };
    };
    const auto channels = [this](int step) {
        return [=, this] {
            walk([=](const auto& net, const auto& from) { return walkChannels(net, from, step); });
        };
    };
    const auto positions = [this](int rows, int columns) {
        return [=, this] {
            walk([=](const auto& net, const auto& from) {
                return walkPositions(net, from, rows, columns);
            });
        };
    };
    const auto type = [this] {
        m_bar->goTo()->setFocus();
        m_bar->goTo()->selectAll();
    };
    std::vector<ActionSpec> specs = {
        {"go.palette",
         group,
         tr("Command palette"),
         {QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")},
         [this] { showPalette(); }},
        {"go.to", group, tr("Go to…"), {QKeySequence("/"), QKeySequence::Find}, type},
        {"go.unit.next", group, tr("Next layer"), {Qt::Key_Down}, units(1)},
        {"go.unit.previous", group, tr("Previous layer"), {Qt::Key_Up}, units(-1)},
        {"go.channel.next", group, tr("Next channel"), {Qt::Key_Right}, channels(1)},
        {"go.channel.previous", group, tr("Previous channel"), {Qt::Key_Left}, channels(-1)},
        {"go.right",
         group,
         tr("Position to the right"),
         {QKeySequence("Shift+Right")},
         positions(0, 1)},
        {"go.left",
         group,
         tr("Position to the left"),
         {QKeySequence("Shift+Left")},
         positions(0, -1)},
        {"go.down", group, tr("Position below"), {QKeySequence("Shift+Down")}, positions(1, 0)},
        {"go.up", group, tr("Position above"), {QKeySequence("Shift+Up")}, positions(-1, 0)},
        {"go.reset",
         group,
         tr("Reset the selection"),
         {Qt::Key_Escape},
         [this] { closeFormOrReset(); }},
    };
    for (int label = 0; label < 10; ++label) {
        ActionSpec spec{QString("go.class.%1").arg(label),
                        label == 0 ? group : QString(),
                        tr("Jump to a class"),
                        {QKeySequence(QString::number(label))},
                        [this, label] { jumpToClass(label); }};
        spec.inMenu = false;
        spec.keysLabel = "0 – 9";
        specs.push_back(spec);
    }
    return specs;
}

std::vector<ActionSpec> MainWindow::inputActions()
{
    const QString group = tr("Input");
    const auto toggleWrong = [this] {
        ImageFilter filter = m_input->browser()->filter();
        filter.wrongOnly = !filter.wrongOnly;
        m_input->browser()->setFilter(filter);
    };
    return {
        {"input.next",
         group,
         tr("Next image"),
         {Qt::Key_PageDown},
         [this] { m_input->browser()->showNext(); }},
        {"input.previous",
         group,
         tr("Previous image"),
         {Qt::Key_PageUp},
         [this] { m_input->browser()->showPrevious(); }},
        {"input.random",
         group,
         tr("Random image"),
         {QKeySequence("R")},
         [this] { m_input->browser()->showRandom(); }},
        {"input.wrong", group, tr("Only wrong answers"), {QKeySequence("W")}, toggleWrong},
        {"input.draw",
         group,
         tr("Draw or browse"),
         {QKeySequence("D")},
         [this] { m_input->setDrawing(!m_input->drawing()); }},
        {"input.clear",
         group,
         tr("Clear the canvas"),
         {QKeySequence("C")},
         [this] {
             if (m_input->drawing())
                 m_input->canvas()->clear();
         }},
    };
}

std::vector<ActionSpec> MainWindow::runActions()
{
    const QString group = tr("Runs");
    const auto selected = [this](void (RunBoard::*deed)(const std::string&)) {
        return [this, deed] {
            if (const core::RunSummary* run = m_runs->panel()->selected())
                (m_board.*deed)(run->id);
        };
    };
    const auto openModel = [this] {
        if (const core::RunSummary* run = m_runs->panel()->selected())
            m_runs->openModel(run->id);
    };
    const auto make = [this](core::RunKind kind) { return [=, this] { m_runs->newRun(kind); }; };
    return {
        {"runs.train", group, tr("New training"), {QKeySequence("N")}, make(core::RunKind::Train)},
        {"runs.prune",
         group,
         tr("Prune the current model"),
         {QKeySequence("P")},
         make(core::RunKind::Prune)},
        {"runs.golf",
         group,
         tr("New game of golf"),
         {QKeySequence("G")},
         make(core::RunKind::Golf)},
        {"runs.pause",
         group,
         tr("Pause the selected run"),
         {QKeySequence("Ctrl+P")},
         selected(&RunBoard::pause)},
        {"runs.stop",
         group,
         tr("Stop the selected run and keep the best"),
         {QKeySequence("Ctrl+.")},
         selected(&RunBoard::stopAndKeep)},
        {"runs.resume",
         group,
         tr("Resume the selected run"),
         {QKeySequence("Ctrl+R")},
         selected(&RunBoard::resume)},
        {"runs.open", group, tr("Open the selected run's model"), {QKeySequence("O")}, openModel},
    };
}

Actions* MainWindow::makeActions()
{
    std::vector<ActionSpec> specs = fileActions();
    for (auto& part : {editActions(), viewActions(), goActions(), inputActions(), runActions(),
                       windowActions(), helpActions()})
        specs.insert(specs.end(), part.begin(), part.end());
    auto* actions = new Actions(std::move(specs), this);
    actions->action("window.left")->setChecked(true);
    actions->action("window.right")->setChecked(true);
    return actions;
}

} // namespace ui
