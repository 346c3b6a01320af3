// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heat_map.h"

#include <QRect>
#include <QWidget>

#include <optional>
#include <vector>

namespace ui
{

/// A small map of numbers at a whole scale: shows outlines and marked cells, says what is under the
/// pointer, and lets a cell be chosen by a click or by the arrow keys and Enter.
class PixelGrid : public QWidget
{
    Q_OBJECT

public:
    explicit PixelGrid(const QString& name, QWidget* parent = nullptr);

    /// Drawn as large as whole pixels allow within `side`.
    void setSide(int side);
    void setMap(HeatMap map);
    const HeatMap& map() const { return m_map; }
    void setOutline(std::optional<QRect> cells); ///< x = column, y = row
    void setMarked(std::vector<bool> cells);     ///< [rows, columns]; empty: none
    void setChoosable(bool choosable);           ///< false: only shows
    void setStale(bool stale);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QRect cellRect(int row, int column) const;

signals:
    void hovered(int row, int column);
    void left();
    void chosen(int row, int column);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    int scale() const;
    std::optional<QPoint> cellAt(const QPointF& position) const;

    HeatMap m_map;
    int m_side = 84;
    std::optional<QRect> m_outline;
    std::vector<bool> m_marked;
    bool m_choosable = true;
    bool m_stale = false;
    QPoint m_cursor{0, 0}; ///< the keyboard's mark; x = column, y = row
};

} // namespace ui
