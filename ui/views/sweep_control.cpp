// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/sweep_control.h"

#include "core/base/error.h"
#include "core/search/storage/database.h"
#include "ui/dialogs/queue_trial_dialog.h"
#include "ui/dialogs/study_dialog.h"
#include "ui/panels/sweep_form.h"
#include "ui/runs/run_board.h"
#include "ui/widgets/wrap_layout.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kMoreTrials = 40; ///< of a study that has all that it was to have

} // namespace

SweepControl::SweepControl(RunBoard& board, std::string storage, SweepRunner::Run run,
                           QWidget* view)
    : QObject(view), m_board(board), m_view(view), m_watch(new StudyWatch(this)),
      m_runner(new SweepRunner(std::move(run), this)), m_form(new SweepForm(board.offer().threads)),
      m_study(new QComboBox(view)), m_storage(new QPushButton(tr("Storage\u2026"), view)),
      m_new(new QPushButton(tr("New sweep\u2026"), view)), m_toggle(new QPushButton(view)),
      m_queue(new QPushButton(tr("Queue trial\u2026"), view))
{
    m_form->hide();
    makeControls();
    connect(m_form, &SweepForm::startRequested, this, &SweepControl::start);
    connect(m_form, &SweepForm::closeRequested, this, [this] { showForm(false); });
    connect(&board, &RunBoard::dataChanged, this, &SweepControl::update);
    connect(m_watch, &StudyWatch::studiesChanged, this, &SweepControl::takeStudies);
    connect(m_watch, &StudyWatch::changed, this, &SweepControl::update);
    connect(m_watch, &StudyWatch::failed, this,
            [this](const QString& sentence) { emit said(sentence, true); });
    connect(m_watch, &StudyWatch::enqueued, this, [this](int number) {
        emit said(tr("Trial %1 waits for the next worker.").arg(number), false);
    });
    connect(m_runner, &SweepRunner::runningChanged, this, &SweepControl::update);
    connect(m_runner, &SweepRunner::progressed, this, &SweepControl::changed);
    connect(m_runner, &SweepRunner::ended, this, &SweepControl::takeEnd);
    connect(m_runner, &SweepRunner::failed, this, [this](const QString& sentence) {
        if (!m_watch->data())
            m_watch->open({}); // what did not come about
        emit said(sentence, true);
    });
    m_watch->setStorage(std::move(storage));
    update();
}

/// Until it is asked for, the form is no part of the view.
SweepControl::~SweepControl()
{
    if (m_form->parent() == nullptr)
        delete m_form;
}

void SweepControl::placeForm()
{
    constexpr int kWidth = 320;
    constexpr int kLeastBeside = 560; ///< in less, the form covers the view
    const int width = std::min(kWidth, m_view->width());
    const bool beside = !m_form->isHidden() && m_view->width() - width >= kLeastBeside;
    m_view->setContentsMargins(0, 0, beside ? width : 0, 0);
    m_form->setGeometry(m_view->width() - width, 0, width, m_view->height());
}

void SweepControl::makeControls()
{
    m_study->setAccessibleName(tr("Shown study"));
    m_study->setToolTip(tr("Studies of the storage"));
    m_study->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_study->setMinimumWidth(200);
    m_storage->setToolTip(tr("Another file or server that Caddie or Optuna keeps studies in"));
    m_new->setToolTip(tr("Choose ranges and begin a study, or go on with one"));
    m_queue->setToolTip(tr("Say the values of the trial that is tried next"));
    connect(m_study, &QComboBox::activated, this,
            [this] { m_watch->open(m_study->currentText().toStdString()); });
    connect(m_storage, &QPushButton::clicked, this, &SweepControl::openStorage);
    connect(m_new, &QPushButton::clicked, this, &SweepControl::newSweep);
    connect(m_toggle, &QPushButton::clicked, this, &SweepControl::toggle);
    connect(m_queue, &QPushButton::clicked, this, &SweepControl::queueRequested);
}

void SweepControl::addTo(WrapLayout* toolbar)
{
    for (QWidget* control :
         std::initializer_list<QWidget*>{m_study, m_storage, m_new, m_toggle, m_queue})
        toolbar->addWidget(control);
}

/// Shows the newest of a storage where none is chosen.
void SweepControl::takeStudies()
{
    const auto& studies = m_watch->studies();
    {
        const QSignalBlocker quiet(m_study);
        m_study->clear();
        for (const core::StudySummary& study : studies)
            m_study->addItem(QString::fromStdString(study.name));
    }
    if (m_watch->name().study.empty() && !studies.empty())
        m_watch->open(std::ranges::max_element(studies, {}, &core::StudySummary::begun)->name);
    m_study->setCurrentIndex(m_study->findText(QString::fromStdString(m_watch->name().study)));
    update();
}

bool SweepControl::runsShown() const
{
    return m_runner->running() && m_runner->name() == m_watch->name();
}

bool SweepControl::hasData() const
{
    return m_board.data().training != nullptr && m_board.data().test != nullptr;
}

void SweepControl::update()
{
    const bool running = m_runner->running();
    m_study->setVisible(!m_watch->studies().empty());
    m_toggle->setText(running ? tr("Stop") : tr("Resume"));
    m_toggle->setToolTip(running ? tr("Gives the running trial back; the study goes on later")
                         : m_watch->work()
                             ? tr("Goes on with this study in the window")
                             : tr("Only a study that Caddie began says how its trials are run"));
    m_toggle->setEnabled(running ? !m_runner->stopping() : m_watch->work() && hasData());
    m_toggle->setVisible(running || m_watch->data() != nullptr);
    m_queue->setVisible(m_watch->data() != nullptr);
    m_queue->setEnabled(m_watch->work() ||
                        (m_watch->data() && !m_watch->data()->space.dimensions.empty()));
    m_form->setObstacle(running      ? tr("A sweep runs already: stop it first.")
                        : !hasData() ? tr("The training images are being read\u2026")
                                     : QString());
    emit changed();
}

void SweepControl::showForm(bool shown)
{
    if (shown && m_form->parentWidget() != m_view)
        m_form->setParent(m_view);
    m_form->setVisible(shown);
    placeForm();
    emit formShownChanged();
    if (shown) {
        m_form->raise();
        m_form->setFocus();
    } else {
        m_new->setFocus();
    }
}

void SweepControl::newSweep()
{
    m_form->setStorage(m_watch->storage());
    m_form->suggestName(m_watch->studies());
    showForm(true);
}

void SweepControl::start()
{
    try {
        begin(m_form->name(), m_form->sweep());
        showForm(false);
    } catch (const core::Error& error) {
        m_form->showFailure(QString::fromStdString(error.what()));
    }
}

void SweepControl::begin(const StudyName& name, core::TrainSweep sweep)
{
    m_runner->start(name, std::move(sweep), m_board.data());
    m_watch->setStorage(name.url);
    if (m_watch->name() != name || !m_watch->data())
        m_watch->open(name.study, StudyWatch::Presence::ToCome);
    emit said({}, false);
}

void SweepControl::showStudy(const StudyName& name)
{
    m_watch->setStorage(name.url);
    if (m_watch->name() != name)
        m_watch->open(name.study);
}

void SweepControl::toggle()
{
    if (m_runner->running()) {
        m_runner->stop();
        update();
        return;
    }
    if (!m_watch->work() || !m_watch->data() || !hasData())
        return;
    const int has = core::countedTrials(m_watch->data()->history());
    const bool waits = std::ranges::any_of(m_watch->data()->trials, [](const auto& trial) {
        return trial.state == core::TrialState::Waiting;
    });
    m_form->fill(m_watch->name(), *m_watch->work(), m_watch->plan());
    if (m_watch->plan() && m_watch->plan()->trials <= has && !waits) {
        m_form->setTrials(has + kMoreTrials);
        showForm(true); // how many more is for the person to say
        return;
    }
    start();
}

void SweepControl::takeEnd(const core::SweepResult& result)
{
    const QString counts = tr("%1 complete, %2 pruned, %3 failed here")
                               .arg(result.complete)
                               .arg(result.pruned)
                               .arg(result.failed);
    emit said(result.stopped     ? tr("Stopped: %1. The trial that ran waits.").arg(counts)
              : result.exhausted ? tr("The sampler has nothing left to try: %1.").arg(counts)
                                 : tr("The study has its trials: %1.").arg(counts),
              false);
    m_watch->refresh();
}

void SweepControl::openStorage()
{
    auto* dialog = new StudyDialog(m_watch->storage(), m_view);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &StudyDialog::chosen, m_watch, &StudyWatch::setStorage);
    dialog->open();
}

/// The fields begin with the values of `like`, if there is one.
void SweepControl::queueTrial(const core::Trial* like)
{
    if (!m_watch->data())
        return;
    std::map<std::string, core::SearchValue> begin;
    if (like != nullptr)
        for (const auto& [name, parameter] : like->parameters)
            begin[name] = parameter.external();
    auto* dialog = new QueueTrialDialog(
        m_watch->work() ? m_watch->work()->space : m_watch->data()->space, begin, m_view);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QueueTrialDialog::queued, m_watch, &StudyWatch::enqueue);
    dialog->open();
}

} // namespace ui
