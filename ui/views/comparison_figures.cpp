// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/comparison_view.h"

#include "ui/figures/pair_circuit.h"
#include "ui/figures/pair_heatmap.h"
#include "ui/figures/pair_overview.h"
#include "ui/figures/pair_predictions.h"
#include "ui/figures/pair_units.h"
#include "ui/figures/pair_weights.h"
#include "ui/models/circuit_choice.h"
#include "ui/models/input_name.h"
#include "ui/views/comparison_controls.h"

namespace ui
{

// Which figure a subject has, or what is said in its place; comparison_view.cpp has the rest.

std::unique_ptr<SceneFigure> ComparisonView::makeFigure() const
{
    const ModelPair pair{session().current(), session().reference(),
                         m_analysis->comparison().value};
    if (!comparable() || !pair.comparison)
        return nullptr;
    const PairMode mode = m_controls->pairMode();
    switch (m_controls->subject()) {
    case ComparisonControls::Overview:
        return std::make_unique<PairOverviewFigure>(pair, mode);
    case ComparisonControls::Channels:
    case ComparisonControls::Kernels:
        return makeLayerFigure(pair);
    case ComparisonControls::Edges:
    case ComparisonControls::Heatmap:
    case ComparisonControls::Features:
        return makeMeasuredFigure(pair);
    case ComparisonControls::Weights:
        if (PairWeightsFigure::fits(pair))
            return std::make_unique<PairWeightsFigure>(pair, mode);
        return nullptr;
    case ComparisonControls::Circuit:
        if (PairCircuitFigure::fits(pair))
            return std::make_unique<PairCircuitFigure>(pair, mode, chosenInCircuit());
        return nullptr;
    case ComparisonControls::Predictions:
        return std::make_unique<PairPredictionsFigure>(pair, session().dataset(),
                                                       m_controls->filter(), mode);
    }
    return nullptr;
}

std::unique_ptr<SceneFigure> ComparisonView::makeLayerFigure(const ModelPair& pair) const
{
    const PairMode mode = m_controls->pairMode();
    if (m_controls->subject() == ComparisonControls::Kernels)
        return std::make_unique<PairKernelsFigure>(pair, mode, unitIndex());
    const auto current = session().activations();
    const auto reference = m_analysis->referenceActivations();
    if (!current || !reference ||
        current->layers.size() != pair.current->architecture.layers().size() ||
        reference->layers.size() != pair.reference->architecture.layers().size())
        return nullptr;
    return std::make_unique<PairChannelsFigure>(
        pair, mode, unitIndex(), session().selection().stage,
        PairActivations{current, reference, inputName(session().input(), *session().dataset())});
}

std::unique_ptr<SceneFigure> ComparisonView::makeMeasuredFigure(const ModelPair& pair) const
{
    const PairMode mode = m_controls->pairMode();
    switch (m_controls->subject()) {
    case ComparisonControls::Edges:
        if (!m_edges->result().value || m_edges->result().value->current.empty())
            return nullptr;
        return std::make_unique<PairEdgesFigure>(pair, mode, m_edges->result().value,
                                                 session().selection().stage);
    case ComparisonControls::Heatmap:
        if (!m_analysis->statistics().value)
            return nullptr;
        return std::make_unique<PairHeatmapFigure>(pair, mode, m_analysis->statistics().value);
    default:
        break;
    }
    const PairMaximizations images = m_features->images();
    if (!images.current || !images.reference)
        return nullptr;
    const FeatureSettings& settings = m_features->settings();
    return std::make_unique<PairFeaturesFigure>(
        pair, mode, images, MaximizationFigureOptions{settings.options, settings.stage, true},
        m_controls->group(pair.current->architecture, unitIndex()));
}

QString ComparisonView::emptyText() const
{
    if (session().current() == nullptr)
        return tr("Two models side by side would be here, on one scale, and where they differ.\n"
                  "Open two models, or drop their files anywhere in the window.");
    if (session().reference() == nullptr)
        return session().models().size() < 2
                   ? tr("Two models side by side would be here, on one scale, and where they "
                        "differ.\nOpen another model to compare %1 with it.")
                         .arg(QString::fromStdString(session().current()->name))
                   : tr("%1 beside a reference would be here, on one scale, and where they "
                        "differ.\nThere is no reference yet. Which model is it?")
                         .arg(QString::fromStdString(session().current()->name));
    if (const QString obstacle = m_analysis->obstacle(); !obstacle.isEmpty())
        return obstacle + u'\n' + tr("Choose another one to compare it with.");
    const ComparisonControls::Subject subject = m_controls->subject();
    QStringList errors{m_analysis->comparison().error, m_analysis->statistics().error};
    if (subject == ComparisonControls::Edges)
        errors << m_edges->result().error;
    if (subject == ComparisonControls::Features)
        errors << m_features->error();
    for (const QString& error : errors)
        if (!error.isEmpty())
            return error;
    if (m_analysis->comparison().value && subject == ComparisonControls::Weights)
        return tr("These networks have too many parameters for a page.");
    if (m_analysis->comparison().value && subject == ComparisonControls::Circuit)
        return tr("Both circuits would be here, but these networks have different layers, or more "
                  "channels than can be drawn.");
    return tr("Comparing on %1\u2026")
        .arg(QString::fromStdString(session().dataset()->description()));
}

core::Circuit ComparisonView::circuit() const
{
    const core::Model& model = *session().current();
    return core::circuitOf(model.architecture, model.parameters);
}

std::vector<std::optional<int>> ComparisonView::chosenInCircuit() const
{
    return chosenNodes(circuit(), session().current()->architecture, session().selection());
}

} // namespace ui
