// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

namespace ui
{

/// How many more or fewer right answers each class has: a bar up or down from a common line, with
/// its number.
class ChangeBars : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeBars(QWidget* parent = nullptr);

    struct Class {
        int images = 0;
        int before = 0;
        int after = 0;
        int change() const { return after - before; }
    };

    void show(std::vector<Class> classes, std::optional<int> selected);
    QSize sizeHint() const override { return {210, 84}; }
    QSize minimumSizeHint() const override { return {160, 64}; }

signals:
    void classClicked(int label);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF slot(std::size_t label) const;
    int classAt(const QPointF& position) const; ///< -1: none
    void describe();

    std::vector<Class> m_classes;
    std::optional<int> m_selected;
};

} // namespace ui
