// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/scene_figure.h"

#include <QPixmap>
#include <QRect>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace ui
{

enum class MarkKind { Hovered, Selected };

/// An outline around a map, around some of its cells, or along a link.
struct SceneMark {
    MapKey key;
    std::optional<QRect> cells; ///< x = column, y = row; absent: the whole map
    MarkKind kind = MarkKind::Selected;
};

/// Shows a figure in the window's style and says what the pointer is on. Lays out only while it is
/// visible, once for any number of changes. GUI thread.
class SceneCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit SceneCanvas(QWidget* parent = nullptr);

    void showFigure(std::shared_ptr<const SceneFigure> figure); ///< null: nothing
    const SceneFigure* figure() const { return m_figure.get(); }
    /// Width to lay out in and height that would be nice to fill, both without the margins.
    void setRoom(QSize room);
    void setMarks(std::vector<SceneMark> marks);
    void setStale(bool stale); ///< tints what is shown, because something newer is being computed
    bool stale() const { return m_stale; }

    /// Keeps the painted figure, for one of very many parts: then marks that follow the pointer
    /// cost no more than on a small one.
    void keepPicture();

    const Scene* scene() const; ///< laid out now if need be; nullptr without a figure

    static constexpr int kMargin = 24;

signals:
    void heightFitted(int height); ///< of the figure with its margins, as a minimum
    void hovered(std::optional<ui::SceneHit> hit);
    void clicked(const ui::SceneHit& hit);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void invalidate();
    void layOut() const;
    void fitHeight();
    void paintKept(QPainter& painter);
    void paintMark(QPainter& painter, const SceneMark& mark) const;
    void paintMark(QPainter& painter, const SceneLink& link) const;

    std::shared_ptr<const SceneFigure> m_figure;
    QSize m_room;
    std::vector<SceneMark> m_marks;
    std::optional<SceneHit> m_hit;
    bool m_stale = false;
    bool m_kept = false; ///< keepPicture()
    bool m_pictureIsOld = true;
    QPixmap m_picture;
    bool m_fitQueued = false;
    mutable std::optional<Scene> m_scene; ///< absent: to be laid out
};

} // namespace ui
