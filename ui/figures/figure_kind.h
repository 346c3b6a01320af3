// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace ui
{

/// What a figure is of: the "view" of its recipe. app/recipe_figures makes each of them again.
enum class FigureKind {
    Overview,
    Network,
    Confusion,
    Kernels,
    Weights,
    Circuit,
    Edges,
    Channels,
    ClassHeatmap,
    FeatureVisualisation,
    Parameters,
    Training,
    Pruning,
    Scoreboard,
    Golf,
    SweepHistory,
    SweepCurves,
    SweepParallel,
    SweepSlices,
    SweepContour,
    SweepDistribution,
    SweepImportance,
    CompareOverview,
    CompareChannels,
    CompareKernels,
    CompareEdges,
    CompareHeatmap,
    CompareFeatures,
    CompareWeights,
    CompareCircuit,
    ComparePredictions,
};

/// Every kind, with its name in recipes.
struct NamedFigureKind {
    FigureKind kind;
    const char* name;
};
inline constexpr std::array kFigureKinds = {
    NamedFigureKind{FigureKind::Overview, "overview"},
    NamedFigureKind{FigureKind::Network, "network"},
    NamedFigureKind{FigureKind::Confusion, "confusion"},
    NamedFigureKind{FigureKind::Kernels, "kernels"},
    NamedFigureKind{FigureKind::Weights, "weights"},
    NamedFigureKind{FigureKind::Circuit, "circuit"},
    NamedFigureKind{FigureKind::Edges, "edges"},
    NamedFigureKind{FigureKind::Channels, "channels"},
    NamedFigureKind{FigureKind::ClassHeatmap, "class-heatmap"},
    NamedFigureKind{FigureKind::FeatureVisualisation, "feature-visualisation"},
    NamedFigureKind{FigureKind::Parameters, "parameters"},
    NamedFigureKind{FigureKind::Training, "training"},
    NamedFigureKind{FigureKind::Pruning, "pruning"},
    NamedFigureKind{FigureKind::Scoreboard, "scoreboard"},
    NamedFigureKind{FigureKind::Golf, "golf"},
    NamedFigureKind{FigureKind::SweepHistory, "sweep-history"},
    NamedFigureKind{FigureKind::SweepCurves, "sweep-curves"},
    NamedFigureKind{FigureKind::SweepParallel, "sweep-parallel"},
    NamedFigureKind{FigureKind::SweepSlices, "sweep-slices"},
    NamedFigureKind{FigureKind::SweepContour, "sweep-contour"},
    NamedFigureKind{FigureKind::SweepDistribution, "sweep-distribution"},
    NamedFigureKind{FigureKind::SweepImportance, "sweep-importance"},
    NamedFigureKind{FigureKind::CompareOverview, "compare-overview"},
    NamedFigureKind{FigureKind::CompareChannels, "compare-channels"},
    NamedFigureKind{FigureKind::CompareKernels, "compare-kernels"},
    NamedFigureKind{FigureKind::CompareEdges, "compare-edges"},
    NamedFigureKind{FigureKind::CompareHeatmap, "compare-heatmap"},
    NamedFigureKind{FigureKind::CompareFeatures, "compare-features"},
    NamedFigureKind{FigureKind::CompareWeights, "compare-weights"},
    NamedFigureKind{FigureKind::CompareCircuit, "compare-circuit"},
    NamedFigureKind{FigureKind::ComparePredictions, "compare-predictions"},
};

QString figureKindName(FigureKind kind);
std::optional<FigureKind> figureKind(const QString& name); ///< none for an unknown name

} // namespace ui
