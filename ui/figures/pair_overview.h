// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/pair_figure.h"

#include <vector>

namespace ui
{

/// The two networks as drawings, and what can be counted and measured of both as tables: size,
/// answers, channels, tensors, right answers per class.
class PairOverviewFigure : public PairFigure
{
public:
    PairOverviewFigure(ModelPair pair, PairMode mode);

    QString title() const override;
    QString caption() const override;
    Scene scene(double width, const FigureStyle& style, double room = 0) const override;
    std::string csv() const override;
    QString hoverText(const SceneHit&) const override { return {}; }

protected:
    FigureKind kind() const override { return FigureKind::CompareOverview; }
    QJsonObject settings() const override;

private:
    struct Row {
        QString name;
        QString current;
        QString reference;
        QString difference; ///< current less reference; a dash where there is none
    };
    struct Table {
        QString heading;
        std::vector<Row> rows;
    };

    Table sizes() const;
    Table answers() const;
    Table channels() const;
    Table tensors() const;
    Table classes() const;
    double addRows(Scene& scene, const QPointF& topLeft, double width, const Table& table) const;
    double addDrawings(Scene& scene, double width) const;
};

} // namespace ui
