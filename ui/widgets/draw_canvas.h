// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/ink.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

namespace ui
{

/// One digit at a whole-number scale. Shows an image of the data set, or is drawn on by mouse or
/// pen with a tablet's pressure. The right button and the pen's other end erase. By keys: the
/// arrows move a cursor, Space sets the pen down and lifts it again.
class DrawCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit DrawCanvas(QWidget* parent = nullptr);

    void setEditable(bool editable);
    bool editable() const { return m_editable; }
    void setTool(InkTool tool) { m_tool = tool; }
    void setCentring(bool centring);

    void setPixels(std::vector<float> pixels, int height, int width); ///< ends undoing
    const std::vector<float>& pixels() const { return m_sheet.pixels(); }
    /// What a network gets: moved to the middle if that is switched on.
    std::vector<float> networkInput() const;

    void clear();
    void undo(); ///< one stroke or clearing
    bool canUndo() const { return !m_undo.empty(); }

    int pixelScale() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// At most one a pass of the event loop, however many points the pen sent.
    void drawn();
    void undoChanged();
    void hovered(std::optional<QPoint> pixel); ///< column, row

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRect imageRect() const;
    InkPoint inkPoint(const QPointF& position, double pressure) const;
    void beginStroke(const InkPoint& point, InkTool tool);
    void continueStroke(const InkPoint& point);
    void endStroke();
    void remember();
    void changed();
    void reportHover(const QPointF& position);
    void moveCursor(QPoint step);
    InkPoint atCursor() const;

    InkSheet m_sheet{28, 28};
    bool m_editable = false;
    bool m_centring = false;
    InkTool m_tool = InkTool::Pen;
    InkTool m_strokeTool = InkTool::Pen;
    std::optional<InkPoint> m_last; ///< of the stroke going on
    QPoint m_cursor{14, 14};        ///< column and row that keys draw at
    std::vector<std::vector<float>> m_undo;
    QTimer m_report; ///< gathers the points of one pass of the event loop
};

} // namespace ui
