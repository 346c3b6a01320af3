// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/channels_figure.h"
#include "ui/views/figure_view.h"

class QCheckBox;
class QComboBox;

namespace ui
{

class ChoiceBar;

/// The input and every channel's output of one unit for it, live while the input changes.
class ChannelsView : public FigureView
{
    Q_OBJECT

public:
    ChannelsView(Session& session, QWidget* parent);

    QString id() const override { return QStringLiteral("channels"); }
    QString title() const override { return tr("Channels"); }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

protected:
    std::unique_ptr<SceneFigure> makeFigure() const override;
    QString emptyText() const override;
    QString hoverText(const SceneHit& hit) const override;
    std::vector<SceneMark> selectionMarks() const override;
    std::vector<SceneMark> hoverMarks(const SceneHit& hit) const override;
    void choose(const SceneHit& hit) override;
    void updateControls() override;
    QStringList exportChoices() const override;
    std::unique_ptr<Figure> exportFigureAt(int choice) const override;

private:
    int unitIndex() const; ///< the selected unit, within what the model has
    const core::Unit& unit() const;
    QString hoverOutput(const SceneHit& hit) const;
    std::optional<SceneMark> patchOf(int position) const;
    void followSelection();
    void chooseRange(int range);

    ChoiceBar* m_stages;
    QComboBox* m_units;
    QComboBox* m_range;
    QCheckBox* m_kernels;
    double m_lockedRange = 1;
    Selection m_seen; ///< what the figure was made for
};

} // namespace ui
