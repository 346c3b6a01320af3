// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/feature_run.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace ui
{

/// Every setting of gradient ascent, for those who want more than a preset.
class FeatureControls : public QWidget
{
    Q_OBJECT

public:
    explicit FeatureControls(QWidget* parent = nullptr);

    FeatureSettings settings() const;
    void setSettings(const FeatureSettings& settings);

private:
    void build();

    QSpinBox* m_steps;
    QDoubleSpinBox* m_lr;
    QDoubleSpinBox* m_l2;
    QDoubleSpinBox* m_totalVariation;
    QDoubleSpinBox* m_blur;
    QSpinBox* m_jitter;
    QSpinBox* m_seed;
    QDoubleSpinBox* m_startNoise;
    QComboBox* m_start;
    QComboBox* m_direction;
    QComboBox* m_range;
    QComboBox* m_stage;
};

QJsonObject toJson(const FeatureSettings& settings);
FeatureSettings featureSettings(const QJsonObject& object, const FeatureSettings& otherwise);

} // namespace ui
