// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/scene_figure.h"

#include "ui/figures/recipe.h"

namespace ui
{

double SceneFigure::heightFor(double width, const FigureStyle& style) const
{
    return scene(width, style).height();
}

void SceneFigure::paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const
{
    painter.save();
    painter.translate(area.topLeft());
    scene(area.width(), style).paint(painter);
    painter.restore();
}

QJsonObject SceneFigure::recipe() const
{
    QJsonObject object = settings();
    object.insert(QStringLiteral("view"), figureKindName(kind()));
    object.insert(QStringLiteral("program"), QStringLiteral("caddie " CADDIE_VERSION));
    object.insert(QStringLiteral("model"), modelRecipe(model()));
    return object;
}

QString SceneFigure::modelText() const
{
    const auto total = static_cast<qlonglong>(model().parameters.count());
    const auto nonzero = static_cast<qlonglong>(model().parameters.nonzero());
    const QString name = QString::fromStdString(model().name);
    return nonzero == total ? QStringLiteral("%1, %2 parameters").arg(name, grouped(total))
                            : QStringLiteral("%1, %2 of %3 parameters non-zero")
                                  .arg(name, grouped(nonzero), grouped(total));
}

} // namespace ui
