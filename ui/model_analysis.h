// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/inspect/class_statistics.h"
#include "core/model/model.h"
#include "ui/jobs/job.h"
#include "ui/session_calls.h"
#include "ui/session_values.h"

#include <QObject>

#include <map>
#include <vector>

namespace ui
{

/// What takes a pass over the data set: right answers of each open model, class statistics of the
/// current one. One pass at a time, the current model's first; a pass that is no longer wanted is
/// stopped. Results are kept until the data set changes or the model is closed.
class ModelAnalysis : public QObject
{
    Q_OBJECT

public:
    explicit ModelAnalysis(SessionCalls calls, QObject* parent = nullptr);

    void setDataset(core::DatasetPointer dataset);
    void setModels(std::vector<core::ModelPointer> models);
    void setCurrent(core::ModelPointer model, core::Stage stage);
    /// While paused nothing starts and a pass going on is stopped: for a data set about to change.
    void setPaused(bool paused);

    const Pending<core::Evaluation>& evaluation(const core::Model* model) const;
    const Pending<core::ClassStatistics>& statistics() const { return m_statistics; }

signals:
    void evaluationChanged();
    void statisticsChanged();
    void failed(const QString& sentence);

private:
    using StatisticsKey = std::pair<const core::Model*, core::Stage>;

    void startNext();
    void startStatistics();
    void startEvaluation(core::ModelPointer model);
    void abandon();
    void keepError(const QString& sentence);
    core::ModelPointer nextToEvaluate() const;
    bool statisticsWanted() const;
    void findStatistics();
    void checkSize(const core::Model& model) const;

    SessionCalls m_calls;
    core::DatasetPointer m_dataset;
    std::vector<core::ModelPointer> m_models;
    core::ModelPointer m_current;
    core::Stage m_stage = core::Stage::Post;
    bool m_paused = false;

    std::map<const core::Model*, Pending<core::Evaluation>> m_evaluations;
    std::map<StatisticsKey, Pending<core::ClassStatistics>> m_known;
    Pending<core::ClassStatistics> m_statistics;
    core::ModelPointer m_evaluating; ///< null while statistics are computed
    Job m_job;
};

} // namespace ui
