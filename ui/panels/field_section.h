// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/section.h"

#include <optional>

class QLabel;

namespace ui
{

class PixelGrid;
class Session;

/// What the selected channel reads, both ways: a place of its map and the pixels that it depends
/// on, a pixel and the places that depend on it.
class FieldSection : public Section
{
    Q_OBJECT

public:
    explicit FieldSection(Session& session, QWidget* parent = nullptr);

    void showSelection(); ///< a channel must be selected
    void showImage();     ///< input and outputs for it

private:
    struct Place {
        int row = 0;
        int column = 0;
    };

    int layer() const; ///< whose map is shown
    void showOutput(std::optional<Place> output);
    void showPixel(std::optional<Place> pixel);
    void showChosen();

    Session& m_session;
    PixelGrid* m_input;
    PixelGrid* m_output;
    QLabel* m_outputName;
    QLabel* m_text;
    std::optional<Place> m_pixel; ///< that was chosen; absent: an output is
};

} // namespace ui
