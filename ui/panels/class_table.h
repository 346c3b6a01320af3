// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

namespace ui
{

/// What a feature neuron has to do with each class: its mean activation and deviation as a bar, and
/// its weight to the class's logit.
class ClassTable : public QWidget
{
    Q_OBJECT

public:
    explicit ClassTable(QWidget* parent = nullptr);

    struct Row {
        std::optional<double> mean;
        std::optional<double> deviation;
        std::optional<double> weight;
    };

    void setRows(std::vector<Row> rows, std::optional<int> selected);
    const std::vector<Row>& rows() const { return m_rows; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void classClicked(int label);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void paintRow(QPainter& painter, const QRect& row, std::size_t label) const;
    void paintBar(QPainter& painter, const QRect& area, const Row& row) const;

    std::vector<Row> m_rows;
    std::optional<int> m_selected;
    double m_low = 0; ///< of the bars, zero included
    double m_high = 1;
};

} // namespace ui
