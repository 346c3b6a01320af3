// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explanation.h"
#include "ui/panels/section.h"

#include <array>
#include <span>

class QComboBox;
class QLabel;

namespace ui
{

class PixelGrid;
class Session;
class WaterfallPlot;

/// Why the current image gets a logit: the terms that add up to it, and which pixels it hangs on.
class ExplanationSection : public Section
{
    Q_OBJECT

public:
    explicit ExplanationSection(Session& session, QWidget* parent = nullptr);

private:
    enum Map { Occlusion, Gradient, TimesInput, MapCount };

    QWidget* makeMaps();
    void fillChoices();
    void showResult();
    void showMap(Map map, std::vector<float> values);
    void selectFeature(int feature);

    Session& m_session;
    Explanation m_explanation;
    QComboBox* m_logit; ///< first the predicted one, whichever it is
    WaterfallPlot* m_terms;
    std::array<PixelGrid*, MapCount> m_maps;
    std::array<QLabel*, MapCount> m_ranges;
    QLabel* m_text;
};

} // namespace ui
