// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/style.h"

#include <QJsonObject>
#include <QPainter>
#include <QSizeF>
#include <QString>

#include <string>

namespace ui
{

/// What a view shows, as data that can paint itself: the window's views and the exported files draw
/// through the same code. Holds shared values, no widget; any thread may paint it.
class Figure
{
public:
    virtual ~Figure() = default;

    virtual QString title() const = 0;
    virtual QString caption() const = 0; ///< one sentence: model, what is shown, measured on what
    /// Size that the figure wants when it is `width` wide, both in the style's points.
    virtual double heightFor(double width, const FigureStyle& style) const = 0;
    virtual void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const = 0;
    virtual std::string csv() const = 0;    ///< the numbers behind the picture, with a header line
    virtual QJsonObject recipe() const = 0; ///< view, model hash, data, selection, ranges, seed
    /// Whether a backend computed what is shown: then the recipe of its file says which one.
    virtual bool isComputed() const { return true; }
};

} // namespace ui
