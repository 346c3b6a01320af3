// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_board.h"

#include <QMetaObject>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kDeliveryTime = 34; ///< milliseconds between two: 30 a second at most

/// Appends in order; what a resumed run does again takes the place of what it did before.
template<typename T, typename Key>
void appendInOrder(std::vector<T>& items, T item, Key key)
{
    while (!items.empty() && std::invoke(key, items.back()) >= std::invoke(key, item))
        items.pop_back();
    items.push_back(std::move(item));
}

template<typename T, typename Key>
void appendNewer(std::vector<T>& items, const std::vector<T>& more, Key key)
{
    for (const T& item : more)
        if (items.empty() || std::invoke(key, item) > std::invoke(key, items.back()))
            items.push_back(item);
}

} // namespace

RunBoard::RunBoard(const RunSourceMaker& source, RunOffer offer, QObject* parent)
    : QObject(parent), m_offer(std::move(offer)),
      m_pulse([this] { QMetaObject::invokeMethod(this, &RunBoard::wake, Qt::QueuedConnection); }),
      m_source(source(m_pulse.observer()))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RunBoard::deliver);
    refresh();
}

RunBoard::~RunBoard() = default;

const core::RunSummary* RunBoard::find(const std::string& id) const
{
    const auto found = std::ranges::find(m_runs, id, &core::RunSummary::id);
    return found == m_runs.end() ? nullptr : &*found;
}

void RunBoard::setData(core::RunData data)
{
    m_data = std::move(data);
    m_source->setData(m_data);
    emit dataChanged();
}

int RunBoard::imagesThatSelect(const core::RunSpec& spec) const
{
    const std::optional<core::Split> split = core::splitThatSelects(spec);
    if (!split || m_data.test == nullptr || m_data.training == nullptr ||
        m_data.training->name != spec.data)
        return 0;
    if (*split == core::Split::Test)
        return m_data.test->size();
    // As RunData says of the validation images.
    return std::min(10'000, m_data.training->size() / 6);
}

void RunBoard::add(const core::RunSpec& spec, core::ModelPointer start)
{
    m_worker.post([source = m_source, spec, start] { return source->add(spec, start); },
                  [this](std::string id) {
                      refresh();
                      emit added(id);
                  },
                  [this](const QString& sentence) { tell(sentence); });
}

void RunBoard::command(std::function<void(RunSource&)> call)
{
    m_worker.post([source = m_source, call = std::move(call)] { call(*source); },
                  [this] { refresh(); }, [this](const QString& sentence) { tell(sentence); });
}

void RunBoard::resume(const std::string& id)
{
    command([id](RunSource& source) { source.resume(id); });
}

void RunBoard::pause(const std::string& id)
{
    command([id](RunSource& source) { source.pause(id); });
}

void RunBoard::stopAndKeep(const std::string& id)
{
    command([id](RunSource& source) { source.stopAndKeep(id); });
}

void RunBoard::remove(const std::string& id)
{
    command([id](RunSource& source) { source.remove(id); });
}

void RunBoard::tell(const QString& sentence)
{
    refresh();
    emit failed(sentence);
}

void RunBoard::refresh()
{
    if (std::exchange(m_refreshing, true))
        return;
    m_worker.post(
        [this, source = m_source] {
            // Whatever changes from here on is to be seen by another reading.
            QMetaObject::invokeMethod(
                this, [this] { m_refreshing = false; }, Qt::QueuedConnection);
            return source->runs();
        },
        [this](std::vector<core::RunSummary> runs) { takeList(std::move(runs)); },
        [this](const QString& sentence) { emit failed(sentence); });
}

void RunBoard::takeList(std::vector<core::RunSummary> runs)
{
    std::vector<core::RunSummary> ready;
    for (core::RunSummary& run : runs) {
        const core::RunSummary* before = find(run.id);
        // The journal is behind what the run has told.
        if (before != nullptr && run.status == core::RunStatus::Running &&
            before->progress.fraction > run.progress.fraction)
            run.progress = before->progress;
        if (m_listed && !run.model.empty() && (before == nullptr || before->model.empty()))
            ready.push_back(run);
    }
    m_runs = std::move(runs);
    m_listed = true;
    std::erase_if(m_known, [this](const auto& entry) { return find(entry.first) == nullptr; });
    emit runsChanged();
    for (const core::RunSummary& run : ready)
        emit modelReady(run);
}

const RunHistory* RunBoard::history(const std::string& id)
{
    const core::RunSummary* run = find(id);
    if (run == nullptr)
        return nullptr;
    Known& known = m_known[id];
    if (!std::exchange(known.asked, true))
        m_worker.post([source = m_source, run = *run] { return source->history(run); },
                      [this, id](RunHistory history) { takeHistory(id, std::move(history)); },
                      [this, id](const QString& sentence) {
                          m_known[id].error = sentence;
                          emit historyChanged(id);
                      });
    return known.read ? &known.history : nullptr;
}

QString RunBoard::historyError(const std::string& id) const
{
    const auto found = m_known.find(id);
    return found == m_known.end() ? QString() : found->second.error;
}

QString RunBoard::whyNothing(const std::string& id) const
{
    const QString error = historyError(id);
    const core::RunSummary* run = find(id);
    if (!error.isEmpty() || run == nullptr || run->status != core::RunStatus::Failed)
        return error;
    return QString::fromStdString(run->message);
}

void RunBoard::takeHistory(const std::string& id, RunHistory history)
{
    Known& known = m_known[id];
    appendNewer(history.epochs, known.history.epochs, &core::EpochResult::epoch);
    appendNewer(history.visits, known.history.visits, &core::PruneVisit::visit);
    appendNewer(history.steps, known.history.steps, &core::GolfStep::step);
    known.history = std::move(history);
    known.read = true;
    emit historyChanged(id);
}

void RunBoard::readParameters(const std::string& id, int epoch,
                              std::function<void(std::vector<float>)> done)
{
    const core::RunSummary* run = find(id);
    if (run == nullptr)
        return;
    m_worker.post(
        [source = m_source, run = *run, epoch] { return source->parametersAfter(run, epoch); },
        std::move(done), [this](const QString& sentence) { emit failed(sentence); });
}

void RunBoard::readBest(const std::string& id, std::function<void(core::ModelPointer)> done)
{
    const core::RunSummary* run = find(id);
    if (run == nullptr)
        return;
    m_worker.post([source = m_source, run = *run] { return source->best(run); }, done,
                  [this, done](const QString& sentence) {
                      emit failed(sentence);
                      done(nullptr);
                  });
}

void RunBoard::watchParameters(const std::string& id)
{
    if (id == m_watched)
        return;
    m_watched = id;
    m_parameters.clear();
    m_pulse.watchParameters(id);
}

/// Once between two deliveries; waits for what is left of the time between them.
void RunBoard::wake()
{
    const qint64 since = m_sinceDelivery.isValid() ? m_sinceDelivery.elapsed() : kDeliveryTime;
    if (since >= kDeliveryTime)
        deliver();
    else
        m_timer.start(static_cast<int>(kDeliveryTime - since));
}

void RunBoard::takeEpoch(const std::string& id, const core::EpochResult& epoch)
{
    appendInOrder(m_known[id].history.epochs, epoch, &core::EpochResult::epoch);
    const auto run = std::ranges::find(m_runs, id, &core::RunSummary::id);
    if (run != m_runs.end() && m_data.test != nullptr && epoch.testImages == m_data.test->size())
        run->accuracy = core::MeasuredAccuracy{m_data.test->description(), "test",
                                               epoch.testCorrect, epoch.testImages};
}

void RunBoard::takeVisit(const std::string& id, const core::PruneVisit& visit)
{
    appendInOrder(m_known[id].history.visits, visit, &core::PruneVisit::visit);
    const auto run = std::ranges::find(m_runs, id, &core::RunSummary::id);
    if (run != m_runs.end())
        run->nonzero = static_cast<std::size_t>(visit.nonzero);
}

void RunBoard::takeStep(const std::string& id, const core::GolfStep& step)
{
    appendInOrder(m_known[id].history.steps, step, &core::GolfStep::step);
    const auto run = std::ranges::find(m_runs, id, &core::RunSummary::id);
    if (run == m_runs.end())
        return;
    const bool met = step.bestNonzero > 0;
    run->nonzero = static_cast<std::size_t>(met ? step.bestNonzero : step.nonzero);
    if (run->accuracy)
        run->accuracy->correct = met ? step.bestCorrect : step.correct;
}

void RunBoard::deliver()
{
    constexpr int kRetryTime = 2; // milliseconds
    std::optional<RunNews> taken = m_pulse.take();
    if (!taken) {
        m_timer.start(kRetryTime);
        return;
    }
    m_sinceDelivery.start();
    RunNews& news = *taken;
    std::set<std::string> grown;
    for (const auto& [id, epoch] : news.epochs) {
        takeEpoch(id, epoch);
        grown.insert(id);
    }
    for (const auto& [id, visit] : news.visits) {
        takeVisit(id, visit);
        grown.insert(id);
    }
    for (const auto& [id, step] : news.steps) {
        takeStep(id, step);
        grown.insert(id);
    }
    if (const auto found = news.parameters.find(m_watched); found != news.parameters.end()) {
        m_parameters = std::move(found->second);
        emit parametersChanged();
    }
    for (const std::string& id : grown)
        emit historyChanged(id);
    bool begun = false;
    for (const auto& [id, progress] : news.progress) {
        const auto run = std::ranges::find(m_runs, id, &core::RunSummary::id);
        if (run == m_runs.end())
            continue;
        run->progress = progress;
        emit progressed(id);
        // What ran it is known from here on.
        begun |= run->backend.empty() && m_begun.insert(id).second;
    }
    if (news.listChanged || begun)
        refresh();
}

} // namespace ui
