// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "core/base/shared_folder.h"
#include "ui/dialogs/key_sheet.h"
#include "ui/dialogs/tour.h"
#include "ui/panels/help_panel.h"
#include "ui/panels/input_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/side_column.h"
#include "ui/panels/top_bar.h"
#include "ui/panels/view_tabs.h"
#include "ui/run_desk.h"
#include "ui/view_deck.h"
#include "ui/views/view.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace ui
{

// What explains the window: handbook, keys, tour; and the keys that lead from part to part.

std::vector<ActionSpec> MainWindow::helpActions()
{
    const QString group = tr("Help");
    return {
        {"help.handbook",
         group,
         tr("Handbook"),
         {QKeySequence("F1")},
         [this] { showHelp(!m_help || m_help->isHidden()); }},
        {"help.view",
         group,
         tr("What this view shows"),
         {QKeySequence("Shift+F1")},
         [this] {
             showHelp(true);
             if (const View* view = currentView())
                 m_help->showPageTitled(view->title());
         }},
        {"window.keys", group, tr("List of keys"), {QKeySequence("?")}, [this] { showKeys(); }},
        {"help.tour", group, tr("Take the tour"), {}, [this] { startTour(); }},
        {"go.part.next",
         group,
         tr("Next part of the window"),
         {QKeySequence("F6")},
         [this] { focusPart(1); }},
        {"go.part.previous",
         group,
         tr("Previous part of the window"),
         {QKeySequence("Shift+F6")},
         [this] { focusPart(-1); }},
        {"go.scroll.down",
         group,
         tr("Scroll the view down"),
         {QKeySequence("Alt+Down")},
         [this] { scrollView(1); }},
        {"go.scroll.up",
         group,
         tr("Scroll the view up"),
         {QKeySequence("Alt+Up")},
         [this] { scrollView(-1); }},
    };
}

HelpPanel* MainWindow::makeHelp()
{
    std::vector<HandbookPage> pages;
    if (const auto folder = core::sharedFolder("handbook"))
        pages = readHandbook(QString::fromStdString(folder->string()));
    pages.push_back(keysPage(*m_actions));
    auto* help = new HelpPanel(std::move(pages));
    connect(help, &HelpPanel::closeRequested, this, [this] { showHelp(false); });
    return help;
}

void MainWindow::showHelp(bool shown)
{
    if (shown)
        m_runs->showForm(false);
    m_help->setVisible(shown);
    showInspector();
    if (shown)
        m_help->field()->setFocus();
    else
        m_deck->setFocus();
}

void MainWindow::showKeys()
{
    auto* sheet = new KeySheet(*m_actions, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->show();
}

Tour* MainWindow::startTour()
{
    std::vector<TourStep> steps = {
        {m_models, tr("Models"),
         tr("These networks are open; all views show the one with the filled dot. Drop a file "
            "anywhere in the window to open another.")},
        {m_input, tr("Input"),
         tr("The image that every view works on. Browse the data, look at wrong answers only, or "
            "draw a digit: the views follow the pen.")},
        {m_bar->tabs(), tr("Views"),
         tr("Each tab answers another question about the network. A double click on one tears it "
            "off into a window of its own.")},
        {m_right, tr("Inspector"),
         tr("What you click in any view is selected in all of them, and its numbers stand here. "
            "The arrow keys walk through the network.")},
        {m_runs->panel(), tr("Runs"),
         tr("Trainings and prunings, with pause, stop and resume. N begins one. For everything "
            "else: Ctrl+K finds any action, F1 opens the handbook, ? lists the keys.")},
    };
    auto* tour = new Tour(std::move(steps), this);
    connect(tour, &Tour::finished, this, &MainWindow::tourFinished);
    tour->start();
    return tour;
}

namespace
{

/// The first control in `part` that Tab would stop at; `part` itself counts.
QWidget* firstControl(QWidget* part)
{
    QWidget* widget = part;
    do {
        const bool inside = widget == part || part->isAncestorOf(widget);
        if (inside && (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() &&
            widget->isVisibleTo(part->window()) && !widget->focusProxy())
            return widget;
        widget = widget->nextInFocusChain();
    } while (widget != part);
    return nullptr;
}

} // namespace

/// The largest part of the view in the window with the focus that can be scrolled; at its end the
/// whole view, where that is higher than its room.
void MainWindow::scrollView(int steps)
{
    const View* view = activeView();
    const auto move = [steps](QScrollBar* bar) {
        const int before = bar->value();
        bar->setValue(before + steps * bar->pageStep() / 4);
        return bar->value() != before;
    };
    QScrollBar* bar = nullptr;
    int largest = 0;
    for (auto* area : view->findChildren<QAbstractScrollArea*>()) {
        const int size = area->width() * area->height();
        if (area->isVisible() && area->verticalScrollBar()->maximum() > 0 && size > largest) {
            largest = size;
            bar = area->verticalScrollBar();
        }
    }
    if (bar != nullptr && move(bar))
        return;
    for (QWidget* around = view->parentWidget(); around != nullptr; around = around->parentWidget())
        if (auto* frame = qobject_cast<ViewFrame*>(around))
            move(frame->verticalScrollBar());
}

void MainWindow::focusPart(int step)
{
    using Part = QWidget*;
    const std::array parts = {Part(m_bar),          Part(m_left), Part(m_deck),
                              Part(m_right),        Part(m_help), Part(m_runs->form()),
                              Part(m_runs->panel())};
    const QWidget* focus = focusWidget();
    const auto has = [focus](const QWidget* part) {
        return focus != nullptr && (part == focus || part->isAncestorOf(focus));
    };
    const auto count = static_cast<int>(parts.size());
    int at = static_cast<int>(std::ranges::find_if(parts, has) - parts.begin()) % count;
    for (int tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        QWidget* part = parts[static_cast<std::size_t>(at)];
        if (!part->isVisible())
            continue;
        if (QWidget* control = firstControl(part)) {
            control->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace ui
