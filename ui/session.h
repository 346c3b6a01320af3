// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/data/dataset.h"
#include "core/inspect/activations.h"
#include "core/inspect/class_statistics.h"
#include "core/model/model.h"
#include "ui/selection.h"
#include "ui/session_calls.h"
#include "ui/session_values.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace ui
{

class Ablations;

/// A model in the list and what is known of it.
struct OpenModel {
    core::ModelPointer model;             ///< with its ablations: what everything shows
    Pending<core::Evaluation> evaluation; ///< on dataset()
    QString evaluatedOn;                  ///< Dataset::description() of evaluation
    core::ModelPointer opened; ///< as it was opened; `model` itself if nothing is ablated
};

/// What the window has open: models, data, the input image, the one Selection, and the results that
/// more than one view shows. Lives on the GUI thread; work happens on worker threads and arrives as
/// signals. Knows no widget.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(int threads, QObject* parent = nullptr);
    Session(int threads, SessionCalls calls, QObject* parent = nullptr); ///< for tests
    ~Session() override;

    // Models
    const std::vector<OpenModel>& models() const;
    int currentIndex() const;           ///< -1 if none is open
    core::ModelPointer current() const; ///< null if none is open
    const OpenModel* currentEntry() const;
    /// Opens on a worker, one after the other: modelOpened or openFailed. A file that is open
    /// already is read anew and replaces its entry.
    void openModelFile(const QString& file);
    bool opening() const;
    void addModel(core::ModelPointer model); ///< the first one becomes the current one
    void setCurrent(int index);
    void closeModel(int index);
    /// Of the current model. Each is a new current model, so that everything follows.
    Ablations& ablations() const;
    int referenceIndex() const; ///< -1 if there is none
    /// What the current model is compared with, without its ablations, or null: so an ablated model
    /// can be compared with itself as it was.
    core::ModelPointer reference() const;
    const OpenModel* referenceEntry() const;
    void setReference(int index); ///< -1: none

    // Data
    core::DatasetPointer dataset() const;          ///< never null
    void setDataset(core::DatasetPointer dataset); ///< evaluates the models anew
    /// Holds back what depends on the data set, because another one is about to come: the passes
    /// over it, and the opening of files, whose layouts are ranked on it.
    void setPaused(bool paused);

    // Input
    const InputImage& input() const;
    void showImage(int index);
    void showDrawing(std::vector<float> pixels);

    // Selection
    const Selection& selection() const;
    void select(const Selection& selection);

    // Results for the current model
    /// Of the input image; computed within the call that changed the input.
    std::shared_ptr<const core::NetworkActivations> activations() const;
    /// Of dataset() at selection().stage; from the model's file where it was stored for this data.
    const Pending<core::ClassStatistics>& classStatistics() const;
    /// Predictions of the current model for dataset(), once evaluated; null before.
    std::shared_ptr<const core::Evaluation> evaluation() const;

    int threads() const;
    QString backendName() const; ///< "LibTorch 1.13.1"; empty until it is loaded
    const SessionCalls& calls() const;

signals:
    void modelsChanged(); ///< the list, or what is known of an entry
    void openingChanged();
    void modelOpened(int index); ///< by openModelFile
    void openFailed(const QString& file, const QString& sentence);
    void currentModelChanged();
    void referenceChanged();
    void datasetChanged();
    void inputChanged();       ///< the image; activations() already fits it
    void activationsChanged(); ///< new image or new model
    void selectionChanged();
    void classStatisticsChanged();
    void statusMessage(const QString& text); ///< what is under the cursor
    void failed(const QString& sentence);    ///< shown in place, in words

private:
    void takeOpened(const core::ModelPointer& model);
    void makeCurrent(int index);
    void takeEvaluations();
    void takeEdit(const core::ModelPointer& opened, const core::ModelPointer& edited);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
