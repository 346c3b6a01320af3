// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/unit_facts.h"

#include <QWidget>

#include <vector>

namespace ui
{

/// Weights as coloured cells, with their numbers where there is room. All maps share one scale,
/// symmetric about zero; a weight that is exactly zero is an empty cell with a tick.
class WeightGrid : public QWidget
{
    Q_OBJECT

public:
    explicit WeightGrid(QWidget* parent = nullptr);

    void setMaps(std::vector<WeightMap> maps);
    double bound() const { return m_bound; } ///< of the colours

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Layout {
        int cellWidth = 0;
        int cellHeight = 0;
        int columns = 1; ///< maps in a row
        bool numbers = false;
    };

    Layout layoutFor(int width) const;
    QRect cellRect(const Layout& layout, int map, int cell) const;
    void paintCell(QPainter& painter, const QRect& cell, float value, bool number) const;

    std::vector<WeightMap> m_maps;
    double m_bound = 1;
};

} // namespace ui
