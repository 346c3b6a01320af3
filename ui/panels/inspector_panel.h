// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

class QFormLayout;
class QLabel;

namespace ui
{

class ClassTable;
class Session;
class WeightGrid;

/// The numbers of what is selected: weights, receptive field, value, and what a feature neuron has
/// to do with the classes.
class InspectorPanel : public Panel
{
    Q_OBJECT

public:
    explicit InspectorPanel(Session& session, QWidget* parent = nullptr);

private:
    void showSelection();
    void showFacts();
    void showWeights();
    void showValue();
    void showClasses();
    enum Fact { Feature, Layer, Output, Field, Sees, Bias, Slope, Value, FactCount };
    void makeFacts();
    void setFact(Fact fact, const QString& value); ///< an empty one is not shown

    Session& m_session;
    QLabel* m_title;
    QLabel* m_hint;
    QWidget* m_details;
    QFormLayout* m_facts; ///< one row a Fact
    QLabel* m_weightsTitle;
    WeightGrid* m_weights;
    QLabel* m_classesTitle;
    ClassTable* m_classes;
    QLabel* m_classesData;
};

} // namespace ui
