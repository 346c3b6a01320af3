// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

namespace ui
{

/// One bar a class; the predicted one in the accent colour, the label's underlined.
class ProbabilityBars : public QWidget
{
    Q_OBJECT

public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    void show(std::vector<float> probabilities, int prediction, std::optional<int> label);
    void clear();
    QSize sizeHint() const override { return {200, 54}; }
    QSize minimumSizeHint() const override { return {100, 54}; }

signals:
    void classClicked(int label);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    int classAt(const QPointF& position) const; ///< -1: none
    double slotWidth() const;

    std::vector<float> m_probabilities;
    int m_prediction = -1;
    std::optional<int> m_label;
};

} // namespace ui
