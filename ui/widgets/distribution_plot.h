// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/top_examples.h"

#include <QWidget>

#include <optional>

namespace ui
{

/// How a unit's values spread within each class: a line from the lowest to the highest, a box from
/// the lower to the upper quartile, a mark at the median; all on one axis.
class DistributionPlot : public QWidget
{
    Q_OBJECT

public:
    explicit DistributionPlot(QWidget* parent = nullptr);

    void show(core::ValueDistribution distribution, std::optional<int> selected);
    void clear();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void classClicked(int label);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    int classAt(const QPointF& position) const; ///< -1: none
    double place(double value) const;
    void paintClass(QPainter& painter, int label) const;

    core::ValueDistribution m_values;
    std::optional<int> m_selected;
};

} // namespace ui
