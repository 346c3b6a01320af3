// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions.h"
#include "ui/saved_session.h"

#include <QMainWindow>

#include <functional>
#include <vector>

class QSplitter;

namespace ui
{

class DataSource;
class HelpPanel;
class InputPanel;
class InspectorPanel;
class ModelsPanel;
class Notice;
class RunBoard;
class RunDesk;
class Session;
class SideColumn;
class TopBar;
class Tour;
class View;
class ViewDeck;
class ViewWindow;
class WindowFiles;

struct PaletteEntry;
using ViewFactory = std::function<std::vector<View*>(Session&, RunBoard&, QWidget*)>;

/// The window: puts panels and views around the session and carries actions between them.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Session& session, DataSource& source, RunBoard& board, ThemeSwitch& themes,
               const ViewFactory& views, QWidget* parent = nullptr);

    Actions* actions() const { return m_actions; }
    ModelsPanel* models() const { return m_models; }
    InputPanel* input() const { return m_input; }
    RunDesk* runs() const { return m_runs; }
    const std::vector<View*>& views() const { return m_views; }
    View* currentView() const;
    View* activeView() const; ///< of the torn-off window with the focus, else the current one
    void showView(int index);
    ViewDeck* deck() const { return m_deck; }
    TopBar* bar() const { return m_bar; }

    /// Opens files in the background; the first one becomes current if none is.
    void openFiles(const QStringList& files);

    SavedSession state() const;
    /// Everything but the open files and the data, which whoever starts the program brings.
    void restore(const SavedSession& saved);
    Layout layoutNow() const;
    void applyLayout(const Layout& layout);
    Tour* startTour(); ///< deletes itself at its end
    HelpPanel* help() const { return m_help; }
    void saveLayout(const QString& name); ///< as it is now; replaces one of the same name

signals:
    void tourFinished();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    std::vector<ActionSpec> fileActions();
    std::vector<ActionSpec> editActions();
    std::vector<ActionSpec> viewActions();
    std::vector<ActionSpec> goActions();
    std::vector<ActionSpec> inputActions();
    std::vector<ActionSpec> runActions();
    std::vector<ActionSpec> windowActions();
    std::vector<ActionSpec> helpActions();
    Actions* makeActions();
    void build();
    void connectParts();
    QWidget* makeCentre();

    void walk(const std::function<Selection(const core::Architecture&, const Selection&)>& step);
    void jumpToClass(int label);
    void swapWithReference();
    void resetSelection();
    void undo();
    void ablateSelected();
    void showFolding();
    void squeezeColumns();
    void squeezeOther(SideColumn* opened);
    void showForm(bool shown);
    void showInspector();
    void closeFormOrReset();
    HelpPanel* makeHelp();
    void showHelp(bool shown);
    void focusPart(int step);
    void scrollView(int steps);
    void showKeys();
    void showPalette();
    void openPalette(std::vector<PaletteEntry> entries);
    void showTitle();
    void tearOrDock();
    void prepareViewWindow(ViewWindow* made);
    void chooseLayout();
    void nameLayout();
    void forgetLayout();

    Session& m_session;
    DataSource& m_source;
    RunBoard& m_board;
    ThemeSwitch& m_themes;
    std::vector<View*> m_views;
    WindowFiles* m_files;
    RunDesk* m_runs;
    ModelsPanel* m_models = nullptr;
    InputPanel* m_input = nullptr;
    InspectorPanel* m_inspector = nullptr;
    SideColumn* m_left = nullptr;
    SideColumn* m_right = nullptr;
    ViewDeck* m_deck = nullptr;
    HelpPanel* m_help = nullptr;
    QSplitter* m_splitter = nullptr;
    Notice* m_notice = nullptr;
    TopBar* m_bar = nullptr;
    Actions* m_actions = nullptr;
    std::vector<Layout> m_layouts; ///< those that the person named
    bool m_drewLast = false;       ///< since the last ablation: what undo() takes back first
};

} // namespace ui
