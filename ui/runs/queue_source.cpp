// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/queue_source.h"

#include "core/base/error.h"
#include "core/formats/model_file.h"

namespace ui
{

namespace
{

class QueueSource : public RunSource
{
public:
    QueueSource(const std::filesystem::path& runs, int threads, core::QueueObserver observer)
        : m_queue(runs, threads, std::move(observer))
    {
    }

    void setData(core::RunData data) override { m_queue.setData(std::move(data)); }
    std::string add(const core::RunSpec& spec, const core::ModelPointer& start) override
    {
        return m_queue.add(spec, start.get());
    }
    void resume(const std::string& id) override { m_queue.resume(id); }
    void pause(const std::string& id) override { m_queue.pause(id); }
    void stopAndKeep(const std::string& id) override { m_queue.stopAndKeep(id); }
    void remove(const std::string& id) override { m_queue.remove(id); }
    std::vector<core::RunSummary> runs() const override { return m_queue.runs(); }

    RunHistory history(const core::RunSummary& run) const override
    {
        const core::RunRecord record(run.folder);
        RunHistory history;
        history.spec = record.spec();
        core::Model start = record.start();
        start.name = record.spec().title; // the file's own name says nothing
        history.start = std::make_shared<core::Model>(std::move(start));
        switch (run.kind) {
        case core::RunKind::Train:
            history.epochs = record.epochs();
            break;
        case core::RunKind::Prune:
            history.visits = record.visits();
            break;
        case core::RunKind::Golf:
            history.steps = record.steps();
            break;
        }
        return history;
    }

    core::ModelPointer best(const core::RunSummary& run) const override
    {
        const core::RunRecord record(run.folder);
        std::optional<std::filesystem::path> file = record.model();
        if (!file)
            file = record.best();
        if (!file)
            return nullptr;
        core::Model model = core::openModel(*file);
        model.file = *file;
        return std::make_shared<core::Model>(std::move(model));
    }

    std::vector<float> parametersAfter(const core::RunSummary& run, int epoch) const override
    {
        return core::RunRecord(run.folder).parametersAfter(epoch);
    }

private:
    core::RunQueue m_queue;
};

} // namespace

RunSourceMaker queueSource(const std::filesystem::path& runs, int threads)
{
    return [runs, threads](core::QueueObserver observer) {
        return std::make_unique<QueueSource>(runs, threads, std::move(observer));
    };
}

std::string runTitleOfModel(const std::filesystem::path& runs, const std::filesystem::path& model)
{
    if (model.parent_path().parent_path() != runs)
        return {};
    try {
        return core::RunRecord(model.parent_path()).spec().title;
    } catch (const core::Error&) {
        return {}; // the file itself may still be a model
    }
}

} // namespace ui
