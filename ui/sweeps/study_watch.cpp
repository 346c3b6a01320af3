// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweeps/study_watch.h"

#include "core/base/error.h"
#include "core/search/storage/database.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace ui
{

namespace
{

constexpr int kPollTime = 500;
constexpr int kPollsAList = 8;

/// What changes whenever a trial does.
struct Signature {
    std::size_t trials = 0;
    std::size_t finished = 0;
    std::size_t running = 0;
    std::size_t reported = 0;
    std::size_t attributes = 0;
    bool operator==(const Signature&) const = default;
};

Signature signatureOf(const std::vector<core::Trial>& trials)
{
    Signature signature{trials.size()};
    for (const core::Trial& trial : trials) {
        signature.finished += core::isFinished(trial.state) ? 1 : 0;
        signature.running += trial.state == core::TrialState::Running ? 1 : 0;
        signature.reported += trial.reported.size();
        signature.attributes += trial.userAttributes.size();
    }
    return signature;
}

/// The images that decide, before a trial has told which ones they are.
QString selectingOf(const std::optional<core::TrainStudy>& work)
{
    if (!work)
        return {};
    const auto* train = std::get_if<core::TrainSpec>(&work->spec.work);
    const bool onTest = train != nullptr && train->options.keep == core::KeptEpoch::BestTest;
    return QString::fromStdString(work->spec.data + (onTest ? " test" : " validation"));
}

bool isThere(const std::string& url)
{
    const std::string file = core::databaseFile(url);
    return file.empty() || std::filesystem::exists(file);
}

} // namespace

struct StudyWatch::Line {
    std::unique_ptr<core::Study> study;
    std::optional<Signature> seen;
};

struct StudyWatch::News {
    SweepDataPointer data;
    std::optional<core::TrainStudy> work;
    std::optional<core::SweepPlan> plan;
};

StudyWatch::StudyWatch(QObject* parent) : QObject(parent)
{
    m_timer.setInterval(kPollTime);
    connect(&m_timer, &QTimer::timeout, this, &StudyWatch::poll);
}

StudyWatch::~StudyWatch() = default;

void StudyWatch::setActive(bool active)
{
    if (active == m_active)
        return;
    m_active = active;
    if (active) {
        list();
        poll();
        m_timer.start();
    } else {
        m_timer.stop();
    }
}

void StudyWatch::setStorage(const std::string& url)
{
    if (url == m_storage)
        return;
    m_storage = url;
    m_studies.clear();
    m_listed = false;
    open({});
    list();
}

void StudyWatch::open(const std::string& study, Presence presence)
{
    m_study = study;
    m_patient = presence == Presence::ToCome;
    ++m_opened;
    m_line.reset();
    m_data.reset();
    m_work.reset();
    m_plan.reset();
    m_asking = false;
    emit changed();
    poll();
}

void StudyWatch::refresh()
{
    list();
    poll();
}

void StudyWatch::list()
{
    if (!m_active || m_storage.empty())
        return;
    const auto work = [url = m_storage] {
        return isThere(url) ? core::listStudies(url) : std::vector<core::StudySummary>();
    };
    m_worker.post(
        work,
        [this, url = m_storage](std::vector<core::StudySummary> studies) {
            if (url != m_storage)
                return;
            const bool same =
                m_listed && std::ranges::equal(m_studies, studies, {}, &core::StudySummary::name,
                                               &core::StudySummary::name);
            m_studies = std::move(studies);
            m_listed = true;
            if (!same)
                emit studiesChanged();
        },
        [this](const QString& sentence) {
            if (!m_patient && !std::exchange(m_listed, true)) // once is enough
                emit failed(sentence);
        });
}

void StudyWatch::poll()
{
    if (++m_polls % kPollsAList == 0)
        list();
    if (!m_active || m_study.empty() || m_asking)
        return;
    m_asking = true;
    if (!m_line)
        m_line = std::make_shared<Line>();
    const auto work = [line = m_line, name = this->name()]() -> std::optional<News> {
        if (!isThere(name.url))
            return std::nullopt;
        if (!line->study)
            line->study = std::make_unique<core::Study>(name.url, name.study);
        core::Study& study = *line->study;
        study.refresh();
        const Signature signature = signatureOf(study.trials());
        if (line->seen == signature)
            return std::nullopt;
        line->seen = signature;
        News news;
        news.work = core::storedTrainStudy(study);
        news.plan = core::storedSweepPlan(study);
        news.data =
            sweepData(name.study, core::databaseTitle(name.url), study.direction(), study.trials(),
                      news.work ? news.work->space : core::SearchSpace(), selectingOf(news.work));
        return news;
    };
    const int opened = m_opened;
    m_worker.post(
        work,
        [this, opened](std::optional<News> news) {
            if (opened == m_opened)
                take(std::move(news));
        },
        [this, opened](const QString& sentence) {
            if (opened != m_opened)
                return;
            m_asking = false;
            if (m_patient)
                return;
            m_study.clear(); // or it would be said twice a second
            emit failed(sentence);
        });
}

void StudyWatch::take(std::optional<News> news)
{
    m_asking = false;
    if (!news)
        return;
    m_data = std::move(news->data);
    m_work = std::move(news->work);
    m_plan = std::move(news->plan);
    m_patient = false;
    if (std::ranges::find(m_studies, m_study, &core::StudySummary::name) == m_studies.end())
        list();
    emit changed();
}

void StudyWatch::enqueue(const std::map<std::string, core::SearchValue>& values)
{
    const auto work = [name = this->name(), values, known = m_work,
                       tried = m_data ? m_data->space : core::SearchSpace()] {
        core::Study study(name.url, name.study);
        return study.enqueue(values, known ? known->space : tried);
    };
    m_worker.post(
        work,
        [this](int number) {
            emit enqueued(number);
            poll();
        },
        [this](const QString& sentence) { emit failed(sentence); });
}

} // namespace ui
