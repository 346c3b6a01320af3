// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QPoint>

#include <optional>

class QCheckBox;
class QLabel;
class QStackedWidget;
class QAbstractButton;

namespace ui
{

class DataSection;
class DataSource;
class DrawCanvas;
class ImageBrowser;
class ProbabilityBars;
class Session;

/// The image that drives every view: one of the data set, or drawn by hand.
class InputPanel : public Panel
{
    Q_OBJECT

public:
    InputPanel(Session& session, DataSource& source, QWidget* parent = nullptr);

    bool drawing() const;
    void setDrawing(bool drawing);
    DrawCanvas* canvas() const { return m_canvas; }
    ImageBrowser* browser() const { return m_browser; }
    DataSection* data() const { return m_data; }

private:
    QWidget* makeModes();
    QWidget* makeDrawingTools();
    void setMode(bool drawing);
    void showInput();
    void showPrediction();
    void showPixel(std::optional<QPoint> pixel);
    void takeDrawing();

    Session& m_session;
    DrawCanvas* m_canvas;
    ImageBrowser* m_browser;
    QAbstractButton* m_browse;
    QAbstractButton* m_draw;
    QStackedWidget* m_tools;
    QLabel* m_verdict;
    ProbabilityBars* m_bars;
    DataSection* m_data;
};

} // namespace ui
