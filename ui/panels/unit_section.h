// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/section.h"

class QFormLayout;
class QLabel;

namespace ui
{

class Session;
class WeightGrid;

/// The selected channel in numbers: layer, field, bias, slope, its value for the current image, and
/// its kernels.
class UnitSection : public Section
{
    Q_OBJECT

public:
    explicit UnitSection(Session& session, QWidget* parent = nullptr);

    void showSelection(); ///< a channel must be selected
    void showValue();

private:
    enum Fact { Feature, Layer, Output, Field, Sees, Bias, Slope, Value, FactCount };
    void makeFacts();
    void setFact(Fact fact, const QString& value); ///< an empty one is not shown
    void showFacts();
    void showWeights();

    Session& m_session;
    QFormLayout* m_facts; ///< one row a Fact
    QLabel* m_weightsTitle;
    WeightGrid* m_weights;
};

} // namespace ui
