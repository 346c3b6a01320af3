// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/maximization_figure.h"
#include "ui/views/feature_run.h"
#include "ui/views/figure_view.h"

#include <map>

class QCheckBox;
class QComboBox;
class QSlider;
class QToolButton;

namespace ui
{

class ChoiceBar;
class FeatureControls;

/// Images that excite each channel, neuron and logit, improving while one looks.
class FeatureView : public FigureView
{
    Q_OBJECT

public:
    FeatureView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("feature-visualisation"); }
    QString title() const override { return tr("Feature visualisation"); }
    QString tabTitle() const override { return tr("Features"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    void start(); ///< with the settings as they are
    void stop();
    const FeatureRun& run() const { return m_run; }

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    bool waits() const override;
    void showEvent(QShowEvent* event) override;

private:
    void buildToolbar();
    void buildScrubber();
    void followModel();
    void choosePreset(int preset);
    void scrub(int frame);
    void showProgress();
    FeatureFrame frame() const; ///< the one that the scrubber chose, with the shown group only
    std::optional<int> unitOf(const core::MaximizerTarget& target) const;

    FeatureRun m_run;
    ChoiceBar* m_preset;
    QPushButton* m_startStop;
    QToolButton* m_disclose;
    QComboBox* m_group;
    QString m_savedGroup; ///< to be shown once the layers are known; empty: none
    QCheckBox* m_mask;
    FeatureControls* m_controls;
    QSlider* m_scrubber;
    QLabel* m_step;
    QString m_failure;
    bool m_following = true; ///< the scrubber stays at the newest images
};

} // namespace ui
