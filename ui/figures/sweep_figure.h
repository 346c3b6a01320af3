// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene_figure.h"
#include "ui/figures/sweep_data.h"

#include <optional>
#include <vector>

namespace ui
{

/// A picture of a study. Trials are named by their numbers.
class SweepFigure : public SceneFigure
{
public:
    /// MapKey::group. The index of kTrial is the trial's number; that of kAgain, for pictures that
    /// show a trial several times, is the number times kPanels plus the panel. kPlane is what wheel
    /// and mouse move in.
    enum { kTrial, kAgain, kPlane, kPart };
    static constexpr int kPanels = 64;

    explicit SweepFigure(SweepDataPointer data) : SceneFigure(nullptr), m_data(std::move(data)) {}

    QString title() const override;
    QString caption() const override;
    std::string csv() const override; ///< the trials, with all that they varied
    bool isComputed() const override { return false; }
    QJsonObject recipe() const override;

    const SweepData& data() const { return *m_data; }
    const SweepDataPointer& shared() const { return m_data; }
    static std::optional<int> trialOf(MapKey key); ///< its number
    /// Every place of a trial.
    virtual std::vector<MapKey> keysOf(int trial) const { return {{kTrial, trial}}; }
    /// What is under the pointer; empty where there is nothing to say.
    virtual QString describe(const SceneHit& hit) const;
    /// Of the plane that can be zoomed; absent where there is none.
    virtual std::optional<PlotRange> range() const { return std::nullopt; }

protected:
    virtual QString name() const = 0;        ///< "History"
    virtual QString explanation() const = 0; ///< what is drawn: one sentence
    QJsonObject settings() const override { return {}; }

private:
    SweepDataPointer m_data;
};

/// The mark of a trial: its shape and filling say what became of it.
void addTrialMark(Scene& scene, core::TrialState state, const QPointF& middle);
/// What the marks mean, of the states that there are, and of a line where it has a name. Returns
/// the height.
double addTrialLegend(Scene& scene, double width, const SweepData& data, const QString& line = {});
constexpr double kTrialReach = 4; ///< of a mark, to be pointed at

} // namespace ui
