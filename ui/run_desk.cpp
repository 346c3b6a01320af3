// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_desk.h"

#include "ui/data_source.h"
#include "ui/panels/run_form.h"
#include "ui/panels/runs_panel.h"
#include "ui/runs/run_board.h"
#include "ui/session.h"
#include "ui/views/run_view.h"
#include "ui/views/view.h"

#include <algorithm>

namespace ui
{

RunDesk::RunDesk(Session& session, DataSource& source, RunBoard& board, std::vector<View*> views,
                 QObject* parent)
    : QObject(parent), m_session(session), m_source(source), m_board(board),
      m_views(std::move(views)), m_panel(new RunsPanel(board)),
      m_form(new RunForm(board.offer().presets, board.offer().threads))
{
    m_form->hide();
    connect(m_panel, &RunsPanel::newRunRequested, this, [this] { newRun(kindInView()); });
    connect(m_panel, &RunsPanel::viewRequested, this, &RunDesk::showRun);
    connect(m_panel, &RunsPanel::modelRequested, this, &RunDesk::openModel);
    connect(m_form, &RunForm::startRequested, this, &RunDesk::start);
    connect(m_form, &RunForm::closeRequested, this, [this] { showForm(false); });
    connect(&board, &RunBoard::added, this, &RunDesk::takeAdded);
    connect(&board, &RunBoard::runsChanged, this, [this] { takeAdded(m_added); });
    connect(&board, &RunBoard::failed, this, &RunDesk::takeFailure);
    connect(&board, &RunBoard::dataChanged, this, &RunDesk::showObstacle);
    connect(&board, &RunBoard::modelReady, this, [this](const core::RunSummary& run) {
        m_session.openModelFile(QString::fromStdString(run.model.string()));
    });
    connect(&session, &Session::modelOpened, this, &RunDesk::takeModel);
    const auto takeCurrent = [this] { m_form->setModel(m_session.current()); };
    connect(&session, &Session::currentModelChanged, this, takeCurrent);
    connect(&source, &DataSource::loaded, this, [this](const core::DatasetPointer& test) {
        m_loader.load(m_source.folder(), test);
        showObstacle();
    });
    connect(&m_loader, &RunDataLoader::loaded, &board, &RunBoard::setData);
    connect(&m_loader, &RunDataLoader::failed, this, [this](const QString& sentence) {
        m_dataError = sentence;
        showObstacle();
    });
    takeCurrent();
    showObstacle();
}

void RunDesk::useSampleDigits()
{
    m_loader.load(std::nullopt, m_session.dataset());
    showObstacle();
}

void RunDesk::showObstacle()
{
    if (m_board.data().training != nullptr && m_board.data().test != nullptr) {
        m_dataError.clear();
        m_form->setObstacle({});
    } else if (!m_dataError.isEmpty()) {
        m_form->setObstacle(m_dataError);
    } else {
        m_form->setObstacle(tr("The training images are being read\u2026"));
    }
}

bool RunDesk::formShown() const
{
    return !m_form->isHidden();
}

void RunDesk::showForm(bool shown)
{
    if (shown == formShown())
        return;
    m_form->setVisible(shown);
    emit formShownChanged(shown);
}

/// What somebody who looks at games begins is a game.
core::RunKind RunDesk::kindInView() const
{
    for (View* view : m_views)
        if (const auto* shows = dynamic_cast<RunView*>(view); shows && view->isVisible())
            return shows->shownKind();
    return m_form->kind();
}

void RunDesk::newRun(core::RunKind kind)
{
    if (kind != m_form->kind())
        m_form->setKind(kind);
    showForm(true);
    m_form->setFocus();
}

void RunDesk::start(const core::RunSpec& spec, core::ModelPointer start)
{
    m_starting = true;
    m_board.add(spec, std::move(start));
}

/// What was just started is what one wants to see.
void RunDesk::takeAdded(std::string id)
{
    if (id.empty())
        return;
    m_starting = false;
    m_added = id;
    if (m_board.find(id) == nullptr)
        return;
    m_added.clear();
    showForm(false);
    m_panel->select(id);
    showRun(id);
}

void RunDesk::showRun(const std::string& id)
{
    const core::RunSummary* run = m_board.find(id);
    if (run == nullptr)
        return;
    for (View* view : m_views)
        if (auto* shows = dynamic_cast<RunView*>(view); shows && shows->shownKind() == run->kind) {
            emit viewRequested(view);
            shows->showRun(id);
            return;
        }
}

void RunDesk::openModel(const std::string& id)
{
    const core::RunSummary* run = m_board.find(id);
    if (run == nullptr || run->model.empty())
        return;
    m_wanted = run->model;
    const auto& models = m_session.models();
    for (std::size_t i = 0; i < models.size(); ++i)
        if (models[i].opened->file == m_wanted) {
            takeModel(static_cast<int>(i));
            return;
        }
    m_session.openModelFile(QString::fromStdString(m_wanted.string()));
}

void RunDesk::takeModel(int index)
{
    if (m_wanted.empty() ||
        m_session.models()[static_cast<std::size_t>(index)].opened->file != m_wanted)
        return;
    m_wanted.clear();
    m_session.setCurrent(index);
}

void RunDesk::takeFailure(const QString& sentence)
{
    if (std::exchange(m_starting, false) && formShown())
        m_form->showFailure(sentence);
    else
        emit m_session.failed(sentence);
}

} // namespace ui
