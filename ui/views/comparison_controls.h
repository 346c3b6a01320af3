// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/architecture.h"
#include "ui/figures/pair_predictions.h"

#include <QJsonObject>
#include <QWidget>

#include <string>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace ui
{

class ChoiceBar;
class Session;

/// What of two models is compared, and how. A row of controls for the page, and the list of
/// subjects for the toolbar above it.
class ComparisonControls : public QWidget
{
    Q_OBJECT

public:
    enum Subject {
        Overview,
        Channels,
        Kernels,
        Edges,
        Heatmap,
        Features,
        Weights,
        Circuit,
        Predictions
    };
    enum Mode { SideBySide, Difference, Flicker, Mask };

    explicit ComparisonControls(QWidget* parent = nullptr);

    QComboBox* subjects() const { return m_subjects; } ///< to be placed by the view
    Subject subject() const;
    void chooseSubject(Subject subject);
    PairMode pairMode() const;
    DisagreementFilter filter() const;
    std::string preset() const; ///< of feature visualisation, as core::maximizerPreset() names them
    std::string group(const core::Architecture& architecture, int unit) const; ///< of its targets

    /// Shows what the subject has use for, with the session's layer and stage; `pair`: there are
    /// two models to compare.
    void follow(const Session& session, bool pair);
    void setShift(bool held); ///< while held, flickering shows the reference
    void flicker();           ///< shows the reference in place, or goes back

    QJsonObject state() const;
    void restore(const QJsonObject& state);

signals:
    void changed();
    void unitChosen(int unit);
    void stageChosen(core::Stage stage);
    void stepped(int step); ///< to the next image with different answers, or the one before

private:
    void build();
    void connectParts();
    void fillUnits(const core::Architecture& architecture);
    void chooseUnit(int index);
    void tellShown(const Session& session, bool flickering);

    QComboBox* m_subjects;
    QComboBox* m_units;
    ChoiceBar* m_stages;
    ChoiceBar* m_presets;
    QComboBox* m_filter;
    ChoiceBar* m_modes;
    QPushButton* m_showReference;
    QLabel* m_shown; ///< which model flickering shows
    QToolButton* m_previous;
    QToolButton* m_next;
    bool m_shift = false;   ///< held
    bool m_neurons = false; ///< the targets are the feature neurons, which are no unit
};

} // namespace ui
