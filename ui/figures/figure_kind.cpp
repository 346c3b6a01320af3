// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_kind.h"

#include <algorithm>

namespace ui
{

QString figureKindName(FigureKind kind)
{
    return QLatin1String(std::ranges::find(kFigureKinds, kind, &NamedFigureKind::kind)->name);
}

std::optional<FigureKind> figureKind(const QString& name)
{
    const auto found = std::ranges::find_if(
        kFigureKinds, [&](const NamedFigureKind& one) { return name == QLatin1String(one.name); });
    return found == kFigureKinds.end() ? std::nullopt : std::optional(found->kind);
}

} // namespace ui
