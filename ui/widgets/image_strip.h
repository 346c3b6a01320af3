// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>
#include <QWidget>

#include <optional>
#include <span>
#include <vector>

namespace ui
{

/// Small images of the data set side by side, each with a line below it. A click, or Enter on the
/// one with the keyboard's mark, chooses one.
class ImageStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ImageStrip(const QString& name, QWidget* parent = nullptr);

    struct Item {
        QImage image;
        QString caption;
        QString tip;
        std::optional<QRect> patch; ///< outlined; in pixels of the image
        bool warned = false;        ///< its caption stands out
    };

    /// Ink on paper, as digits are shown everywhere. `pixels` is [height, width], 255 is ink.
    static QImage digit(std::span<const std::uint8_t> pixels, int height, int width);

    void show(std::vector<Item> items);
    /// Whole pixels of the screen that a pixel of an image takes.
    void setScale(int scale);
    int count() const { return static_cast<int>(m_items.size()); }
    const Item& item(int index) const { return m_items[static_cast<std::size_t>(index)]; }
    /// The most that fit into rows of this width.
    int fitting(int width, int rows) const;
    QRect itemRect(int index) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    QSize cell() const;
    int columns(int width) const;
    int indexAt(const QPoint& position) const; ///< -1: none

    std::vector<Item> m_items;
    int m_scale = 1;
    int m_side = 28; ///< pixels of an image
    int m_current = 0;
};

} // namespace ui
