// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_spec.h"
#include "ui/runs/run_data.h"

#include <QObject>

#include <filesystem>
#include <string>
#include <vector>

namespace ui
{

class DataSource;
class RunBoard;
class RunForm;
class RunsPanel;
class Session;
class View;

/// Puts the board's runs, their panel, the form and the views together: who shows what when a run
/// starts, ends or is chosen. Makes the panel and the form; the window places them.
class RunDesk : public QObject
{
    Q_OBJECT

public:
    RunDesk(Session& session, DataSource& source, RunBoard& board, std::vector<View*> views,
            QObject* parent = nullptr);

    RunsPanel* panel() const { return m_panel; }
    RunForm* form() const { return m_form; }
    bool formShown() const;
    void showForm(bool shown);
    void newRun(core::RunKind kind);

    void showRun(const std::string& id);   ///< in the view of its kind
    void openModel(const std::string& id); ///< makes the run's result the current model
    /// Runs work on the built-in digits, because there is nothing else.
    void useSampleDigits();

signals:
    void viewRequested(View* view);
    void formShownChanged(bool shown);

private:
    void start(const core::RunSpec& spec, core::ModelPointer start);
    void takeAdded(std::string id);
    void takeModel(int index);
    void takeFailure(const QString& sentence);
    void showObstacle();
    core::RunKind kindInView() const;

    Session& m_session;
    DataSource& m_source;
    RunBoard& m_board;
    std::vector<View*> m_views;
    RunDataLoader m_loader;
    RunsPanel* m_panel;
    RunForm* m_form;
    std::filesystem::path m_wanted; ///< becomes current as soon as it is open
    std::string m_added;            ///< is shown as soon as the board lists it
    QString m_dataError;
    bool m_starting = false; ///< a failure now is about the form
};

} // namespace ui
