// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/attribution.h"

#include <QWidget>

#include <vector>

namespace ui
{

/// How bias and weight-times-feature terms add up to a logit: a bar a term, each beginning where
/// the one before it ended, the largest first. A click, or Enter, chooses a feature.
class WaterfallPlot : public QWidget
{
    Q_OBJECT

public:
    explicit WaterfallPlot(QWidget* parent = nullptr);

    void show(core::LogitTerms terms, int label);
    void clear();
    int label() const { return m_label; }
    /// The features in the order of the bars.
    const std::vector<int>& order() const { return m_order; }
    QSize sizeHint() const override { return {200, m_order.empty() ? 0 : 132}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void featureChosen(int feature);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    int bars() const { return static_cast<int>(m_order.size()) + 2; } ///< bias and logit, too
    QRectF slot(int bar) const;
    int barAt(const QPointF& position) const; ///< -1: none
    double place(double value) const;
    QString describe(int bar) const;
    void paintBar(QPainter& painter, int bar, double from, double to) const;

    core::LogitTerms m_terms;
    int m_label = 0;
    std::vector<int> m_order;
    double m_low = 0;
    double m_high = 1;
    int m_current = 1; ///< the keyboard's bar
};

} // namespace ui
