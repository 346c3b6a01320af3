// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backend/backend.h"
#include "core/data/dataset.h"
#include "core/inspect/activations.h"
#include "core/inspect/class_statistics.h"
#include "core/model/model.h"
#include "ui/selection.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace ui
{

/// A value that takes a while: absent, being computed, there, or failed.
template<typename T>
struct Pending {
    std::shared_ptr<const T> value; ///< may be the previous one while `running`
    bool running = false;
    QString error;                  ///< why there is none
};

/// A model in the list and what is known of it.
struct OpenModel {
    core::ModelPointer model;
    Pending<core::Evaluation> evaluation;  ///< on dataset()
    QString evaluatedOn;                   ///< Dataset::description() of evaluation
};

/// The image that drives the views: one of the data set, or drawn.
struct InputImage {
    std::vector<float> pixels;  ///< [H, W] in 0..1
    std::optional<int> index;   ///< into dataset(); absent if drawn
    std::optional<int> label;   ///< absent if drawn
};

/// What the window has open: models, data, the input image, the one Selection, and the results that
/// more than one view shows. Lives on the GUI thread; work happens on worker threads and arrives as
/// signals. Knows no widget.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(int threads, QObject* parent = nullptr);
    ~Session() override;

    // Models
    const std::vector<OpenModel>& models() const;
    int currentIndex() const;                       ///< -1 if none is open
    core::ModelPointer current() const;             ///< null if none is open
    const OpenModel* currentEntry() const;
    void openModelFile(const QString& file);        ///< opens on a worker; modelOpened or openFailed
    void addModel(core::ModelPointer model);
    void setCurrent(int index);
    void closeModel(int index);

    // Data
    core::DatasetPointer dataset() const;           ///< never null
    void setDataset(core::DatasetPointer dataset);  ///< evaluates the models anew

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

signals:
    void modelsChanged();                      ///< the list, or what is known of an entry
    void modelOpened(int index);
    void openFailed(const QString& file, const QString& sentence);
    void currentModelChanged();
    void datasetChanged();
    void inputChanged();                       ///< the image; activations() already fits it
    void activationsChanged();                 ///< new image or new model
    void selectionChanged();
    void classStatisticsChanged();
    void statusMessage(const QString& text);   ///< what is under the cursor
    void failed(const QString& sentence);      ///< shown in place, in words

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ui
