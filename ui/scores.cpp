// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scores.h"

#include "core/base/error.h"
#include "core/inspect/submission.h"
#include "ui/runs/run_board.h"
#include "ui/words.h"

#include <QDir>

#include <algorithm>
#include <chrono>
#include <set>

namespace ui
{

namespace
{

constexpr auto kDelivery = std::chrono::milliseconds(400); ///< between two lots of files

bool isBoardData(const core::Dataset& data)
{
    return data.description() == core::kGolfData;
}

bool fits(const core::Model& model, const core::Dataset& data)
{
    const core::InputSpec& input = model.architecture.input();
    return input.height == data.height && input.width == data.width;
}

core::Score claimOf(const core::Submission& submission)
{
    core::Score score = core::claimedScore(submission.model);
    score.correct = submission.correct;
    score.images = submission.images;
    score.data = submission.data;
    return score;
}

/// What a worker does for one file.
KnownScore readScore(const SessionCalls& calls, const core::DatasetPointer& data,
                     const QString& file, ScoreOrigin origin, std::stop_token stop)
{
    KnownScore known;
    known.file = file;
    known.origin = origin;
    try {
        const std::filesystem::path path = file.toStdString();
        if (origin == ScoreOrigin::Submission) {
            const core::Submission submission = core::readSubmission(path);
            known.score = claimOf(submission);
            if (isBoardData(*data))
                known.score = core::verifySubmission(
                    submission, *calls.makeBackend(submission.model.architecture), *data, stop);
            return known;
        }
        const core::Model model = calls.openModel(path, {data, {}});
        known.score = core::claimedScore(model);
        if (isBoardData(*data) && fits(model, *data)) {
            const auto backend = calls.makeBackend(model.architecture);
            known.score = core::verifyModel(model, *backend, *data, stop);
        }
    } catch (const core::Error& error) {
        known.problem = error.what();
    }
    return known;
}

} // namespace

Scores::Scores(Session& session, RunBoard& runs, ScorePlaces places, QObject* parent)
    : QObject(parent), m_session(session), m_runs(runs), m_places(std::move(places))
{
    connect(&session, &Session::modelsChanged, this, &Scores::update);
    connect(&session, &Session::currentModelChanged, this, &Scores::update);
    connect(&session, &Session::datasetChanged, this, &Scores::forget);
    connect(&runs, &RunBoard::runsChanged, this, &Scores::update);
    connect(&m_readJob, &Job::finished, this, &Scores::readingChanged);
    connect(&m_readJob, &Job::failed, this, &Scores::refused);
    connect(&m_submissionJob, &Job::failed, this, &Scores::refused);
}

void Scores::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    update();
}

void Scores::forget()
{
    m_readJob.cancel();
    m_read.clear();
    m_open.clear();
    update();
}

void Scores::update()
{
    if (!m_active)
        return;
    readFiles();
    gather();
}

std::vector<Scores::Wanted> Scores::wantedFiles() const
{
    std::vector<Wanted> files;
    for (const QString& file : m_places.shipped)
        files.push_back({file, ScoreOrigin::Shipped});
    for (const core::RunSummary& run : m_runs.runs())
        if (!run.model.empty())
            files.push_back({QString::fromStdString(run.model.string()), ScoreOrigin::Run});
    if (!m_places.submissions.empty()) {
        const QDir folder(QString::fromStdString(m_places.submissions.string()));
        for (const QFileInfo& file : folder.entryInfoList({"*.zip"}, QDir::Files, QDir::Name))
            files.push_back({file.absoluteFilePath(), ScoreOrigin::Submission});
    }
    std::erase_if(files, [this](const Wanted& wanted) { return m_read.contains(wanted.file); });
    return files;
}

void Scores::readFiles()
{
    if (m_readJob.running())
        return; // looks again when it is done
    std::vector<Wanted> files = wantedFiles();
    if (files.empty())
        return;
    const auto work = [calls = m_session.calls(), data = m_session.dataset(),
                       files = std::move(files)](std::stop_token stop) {
        // What has been read is shown, and then it goes on with the rest.
        const auto begun = std::chrono::steady_clock::now();
        std::vector<KnownScore> read;
        for (const Wanted& wanted : files) {
            if (stop.stop_requested() ||
                (!read.empty() && std::chrono::steady_clock::now() - begun > kDelivery))
                break;
            read.push_back(readScore(calls, data, wanted.file, wanted.origin, stop));
        }
        return read;
    };
    m_readJob.start(work, [this](std::vector<KnownScore> read) {
        for (KnownScore& known : read)
            m_read.insert_or_assign(known.file, std::move(known));
        QMetaObject::invokeMethod(this, &Scores::update, Qt::QueuedConnection);
    });
    emit readingChanged();
}

/// Hashing a network takes longer than a repaint, so it is done once for each.
core::Score Scores::scoreOf(const OpenModel& entry)
{
    const bool measured = entry.evaluation.value && isBoardData(*m_session.dataset());
    const auto key =
        std::pair(entry.model.get(), measured ? entry.evaluation.value.get() : nullptr);
    const auto known = m_open.find(key);
    if (known != m_open.end())
        return known->second;
    core::Score score =
        measured ? core::verifiedScore(*entry.model, *entry.evaluation.value, *m_session.dataset())
                 : core::claimedScore(*entry.model);
    m_open.emplace(key, score);
    return score;
}

void Scores::gather()
{
    std::vector<KnownScore> entries;
    for (core::Score& score : core::publishedLadder())
        entries.push_back({std::move(score), ScoreOrigin::Published, {}, {}, false});
    std::set<std::string> hashes;
    std::erase_if(m_open, [this](const auto& known) {
        return std::ranges::none_of(m_session.models(), [&](const OpenModel& entry) {
            return entry.model.get() == known.first.first;
        });
    });
    for (const OpenModel& entry : m_session.models()) {
        core::Score score = scoreOf(entry);
        if (hashes.insert(score.modelHash).second)
            entries.push_back({std::move(score),
                               ScoreOrigin::Open,
                               QString::fromStdString(entry.opened->file.string()),
                               {},
                               entry.model == m_session.current()});
    }
    for (const auto& [file, known] : m_read)
        if (!known.problem.isEmpty() || hashes.insert(known.score.modelHash).second)
            entries.push_back(known);
    if (entries == m_entries)
        return;
    m_entries = std::move(entries);
    emit changed();
}

void Scores::exportSubmission(const QString& file)
{
    const core::ModelPointer model = m_session.current();
    if (!model || m_submissionJob.running())
        return;
    const auto work = [calls = m_session.calls(), data = m_session.dataset(), model,
                       file](std::stop_token stop) {
        const core::Submission submission = core::makeSubmission(
            *model, *calls.makeBackend(model->architecture), *data, "caddie " CADDIE_VERSION, stop);
        core::writeSubmission(submission, file.toStdString());
        return tr("Exported %1: %2 non-zero, %3 of %4 right on %5.")
            .arg(QString::fromStdString(submission.name), withThousands(submission.nonzero),
                 withThousands(submission.correct), withThousands(submission.images),
                 QString::fromStdString(submission.data));
    };
    m_submissionJob.start(work, [this](const QString& sentence) { emit done(sentence); });
}

void Scores::openSubmission(const QString& file)
{
    if (m_submissionJob.running())
        return;
    const auto work = [file](std::stop_token) {
        return std::make_shared<core::Model>(core::readSubmission(file.toStdString()).model);
    };
    m_submissionJob.start(work, [this](std::shared_ptr<core::Model> model) {
        m_session.addModel(std::move(model));
        m_session.setCurrent(static_cast<int>(m_session.models().size()) - 1);
    });
}

void Scores::importSubmission(const QString& file)
{
    if (m_submissionJob.running() || m_places.submissions.empty())
        return;
    const auto work = [calls = m_session.calls(), data = m_session.dataset(), file,
                       folder = m_places.submissions](std::stop_token stop) {
        const core::Submission submission = core::readSubmission(file.toStdString());
        const auto backend = calls.makeBackend(submission.model.architecture);
        const core::Score score = core::verifySubmission(submission, *backend, *data, stop);
        core::keepSubmission(submission, folder);
        return tr("%1 is as claimed: %2 non-zero, %3 of %4 right on %5.")
            .arg(QString::fromStdString(score.name), withThousands(score.nonzero),
                 withThousands(score.correct), withThousands(score.images),
                 QString::fromStdString(score.data));
    };
    m_submissionJob.start(work, [this](const QString& sentence) {
        emit done(sentence);
        update();
    });
}

} // namespace ui
