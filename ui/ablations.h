// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ablation_books.h"
#include "ui/ablation_meter.h"
#include "ui/ablation_trial.h"
#include "ui/jobs/job.h"

#include <QObject>
#include <QString>

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ui
{

/// The ablations of every open model: made, undone and redone one after the other, and what those
/// of the current model do to its answers. An edited model is a new one each time, and the very
/// model that was opened once everything is undone. Lives on the GUI thread; measuring happens on a
/// worker. Only a mean ablation has to wait for it, in turn with those behind it.
class Ablations : public QObject
{
    Q_OBJECT

public:
    explicit Ablations(int threads, QObject* parent = nullptr);
    ~Ablations() override;

    // What the session tells; models are those that were opened.
    void setModels(const std::vector<core::ModelPointer>& models); ///< forgets all others
    void setCurrent(core::ModelPointer model);                     ///< null: none
    void setDataset(core::DatasetPointer dataset);
    void setPaused(bool paused); ///< measures nothing, because another data set is about to come

    core::AblationKind kind() const { return m_kind; }
    void setKind(core::AblationKind kind);

    /// Of the current model, with kind(). Says through failed() what can't be ablated so.
    void ablate(const core::AblationTarget& target);
    void undo(); ///< the last one, be it made or waiting
    void redo();
    void reset(); ///< undoes all
    bool canUndo() const;
    bool canRedo() const;
    bool isAblated(const core::AblationTarget& target) const;

    /// Of the current model; empty without one.
    std::span<const core::AblationStep> done() const;
    QStringList waiting() const; ///< what is to be ablated as soon as the means are known
    core::ModelPointer opened() const { return m_current; }
    core::ModelPointer edited() const; ///< opened() where nothing is done
    /// For saving: with what was measured on this data.
    std::optional<core::Model> toSave() const;

    const Pending<AblationReport>& report() const { return m_meter.report(); }
    /// Makes everything ready, so that the first ablation answers as fast as those behind it.
    void prepare();
    /// Measures what ablating the target would change now, without doing it: triedOut(). Only the
    /// last target asked for is answered, only until something else is ablated, and only where the
    /// answer comes within a blink.
    void tryOut(const core::AblationTarget& target);

    // For the next start.
    const core::AblationHistory* historyOf(const core::ModelPointer& opened) const; ///< or null
    /// What was ablated in an opened model before. Says through failed() if it is another network.
    void restore(const core::ModelPointer& opened, std::vector<core::AblationStep> steps,
                 std::size_t done);

    void requestSave() { emit saveRequested(); } ///< by a person

signals:
    void changed(); ///< what is done, undone or waiting; kind
    void ablated(); ///< by the person: a step was added
    void reportChanged();
    void modelEdited(const core::ModelPointer& opened, const core::ModelPointer& edited);
    void triedOut(const core::AblationTarget& target, const core::AblationEffect& effect);
    void saveRequested(); ///< of toSave(), to a file that the person names
    void failed(const QString& sentence);

private:
    struct Wish {
        core::AblationTarget target;
        core::AblationKind kind;
    };

    core::AblationHistory* history();
    const core::AblationHistory* history() const;
    void apply(const Wish& wish, const core::MeanActivations* means);
    void takeEdit();
    void publish(const core::ModelPointer& opened);
    void makeBench();
    void measure();
    void startNext();
    void measureMeans();
    void giveUpWaiting(const QString& sentence);

    const int m_threads;
    core::AblationKind m_kind = core::AblationKind::Zero;
    core::ModelPointer m_current;
    core::DatasetPointer m_dataset;
    bool m_paused = false;
    bool m_wanted = false; ///< prepare() was called, or something ablated
    AblationBooks m_books;
    std::deque<Wish> m_waiting;
    std::shared_ptr<AblationBench> m_bench; ///< of the current model and data, or null
    AblationMeter m_meter;
    AblationTrial m_trial;
    Job m_means;
};

} // namespace ui
