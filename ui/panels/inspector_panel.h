// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "ui/panels/panel.h"

#include <QJsonObject>

#include <memory>
#include <vector>

class QLabel;
class QPushButton;

namespace ui
{

class ClassTable;
class ExamplesPanel;
class ExplanationSection;
class FieldSection;
class Section;
class Session;
class UnitSection;

/// All about what is selected, in sections that fold: weights, receptive field, values and images
/// on the data set, what it says to the digits; and why the current image gets its logit.
class InspectorPanel : public Panel
{
    Q_OBJECT

public:
    explicit InspectorPanel(Session& session, QWidget* parent = nullptr);

    QJsonObject state() const; ///< which sections are folded
    void restore(const QJsonObject& state);

private:
    QWidget* makeContent();
    std::vector<Section*> sections() const;
    void showSelection();
    void showValue();
    void showClasses();
    void showAblation();

    Session& m_session;
    QLabel* m_title;
    QLabel* m_hint;
    QPushButton* m_ablate;
    QWidget* m_details; ///< what needs a selected channel
    UnitSection* m_unit;
    FieldSection* m_field;
    ExamplesPanel* m_examples;
    Section* m_digits;
    ClassTable* m_classes;
    QLabel* m_classesData;
    std::weak_ptr<const core::Model> m_classesOf; ///< as it was opened
    int m_classesFeature = -1;
    ExplanationSection* m_explanation;
};

} // namespace ui
