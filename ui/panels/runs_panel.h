// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_events.h"

#include <QElapsedTimer>
#include <QWidget>

#include <string>

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;

namespace ui
{

class IconButton;
class RunBoard;
class RunList;

/// The runs along the bottom of the window. Folded it is a strip of 32 pixels that says where the
/// newest one that goes on stands, and stops it.
class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPanel(RunBoard& board, QWidget* parent = nullptr);

    bool folded() const { return m_folded; }
    void setFolded(bool folded);
    void select(const std::string& id);
    const core::RunSummary* selected() const; ///< nullptr if none is
    QListView* list() const { return m_list; }

    static constexpr int kStripHeight = 32;

signals:
    void newRunRequested();
    void viewRequested(const std::string& id); ///< the training or pruning view
    void modelRequested(const std::string& id);
    void foldedChanged(bool folded);

private:
    QWidget* makeHeader();
    QWidget* makeQuestion();
    QWidget* makeList();
    void showState();
    void showProgress(); ///< the words change no more often than they can be read
    void showMenu(const QPoint& position);
    void askToDelete();
    void endQuestion(bool remove);
    /// The one that the buttons act upon: in the strip the newest that goes on.
    const core::RunSummary* subject() const;

    RunBoard& m_board;
    RunList* m_model;
    QStackedWidget* m_header;
    QStackedWidget* m_pages;
    QListView* m_list = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_question = nullptr;
    QPushButton* m_new = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_resume = nullptr;
    QPushButton* m_delete = nullptr;
    IconButton* m_fold = nullptr;
    QElapsedTimer m_sinceWords;
    std::string m_asked; ///< the run that the question is about
    bool m_folded = true;
};

} // namespace ui
