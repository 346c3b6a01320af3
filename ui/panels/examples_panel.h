// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/unit_examples.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace ui
{

class DistributionPlot;
class ImageStrip;
class Section;
class Session;

/// The selected channel or neuron on the whole data set: how its values spread within each class,
/// and the images that drive it most and least.
class ExamplesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ExamplesPanel(Session& session, QWidget* parent = nullptr);
    ~ExamplesPanel() override;

    const std::vector<Section*>& sections() const { return m_sections; }
    void showSelected(); ///< the selected class

private:
    Section* makeSection(const QString& id, const QString& title, QWidget* content);
    void showResult();
    void showStrip(ImageStrip* strip, const std::vector<core::Example>& examples);
    void choose(const std::vector<core::Example>& examples, int index);
    QString subject() const;

    Session& m_session;
    UnitExamples m_examples;
    DistributionPlot* m_plot;
    ImageStrip* m_strongest;
    ImageStrip* m_weakest;
    std::vector<Section*> m_sections;
    std::vector<QLabel*> m_texts; ///< one a section: what it was measured on
};

} // namespace ui
