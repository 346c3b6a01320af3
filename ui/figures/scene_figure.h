// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "ui/figures/figure.h"
#include "ui/figures/figure_kind.h"
#include "ui/figures/scene.h"

namespace ui
{

/// A figure about one model that lays itself out as a Scene.
class SceneFigure : public Figure
{
public:
    explicit SceneFigure(core::ModelPointer model) : m_model(std::move(model)) {}

    /// Laid out into `width`; `room` is the height that would be nice to fill, 0 for no wish.
    virtual Scene scene(double width, const FigureStyle& style, double room = 0) const = 0;

    double heightFor(double width, const FigureStyle& style) const override;
    void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const override;
    QJsonObject recipe() const override;

protected:
    virtual FigureKind kind() const = 0;      ///< for the recipe
    virtual QJsonObject settings() const = 0; ///< for the recipe: what else it takes

    const core::Model& model() const { return *m_model; }
    /// "model-pruned, 575 of 820 parameters non-zero"
    QString modelText() const;

private:
    core::ModelPointer m_model;
};

} // namespace ui
