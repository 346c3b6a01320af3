// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/overview_figure.h"

#include "core/model/architecture_text.h"
#include "ui/figures/csv.h"
#include "ui/figures/evaluation_parts.h"
#include "ui/figures/model_text.h"
#include "ui/figures/network_drawing.h"
#include "ui/figures/recipe.h"
#include "ui/figures/scene_table.h"

#include <algorithm>

namespace ui
{

OverviewFigure::OverviewFigure(core::ModelPointer model,
                               std::shared_ptr<const core::Evaluation> evaluation, QString data,
                               Part part)
    : SceneFigure(std::move(model)), m_evaluation(std::move(evaluation)), m_data(std::move(data)),
      m_part(part)
{
}

QString OverviewFigure::title() const
{
    switch (m_part) {
    case Part::Network:
        return QStringLiteral("Network");
    case Part::Evaluation:
        return QStringLiteral("Confusion matrix");
    case Part::Page:
        break;
    }
    return QStringLiteral("Overview");
}

FigureKind OverviewFigure::kind() const
{
    switch (m_part) {
    case Part::Network:
        return FigureKind::Network;
    case Part::Evaluation:
        return FigureKind::Confusion;
    case Part::Page:
        break;
    }
    return FigureKind::Overview;
}

QString OverviewFigure::caption() const
{
    QString text = QStringLiteral("Model: %1.").arg(modelText());
    if (m_evaluation != nullptr && m_part != Part::Network)
        text += QStringLiteral(" Measured: %1.")
                    .arg(accuracyText(m_evaluation->accuracy(), m_evaluation->correct, m_data));
    const std::string& selectedOn = model().provenance.selectedOn;
    if (!selectedOn.empty() && m_part != Part::Network)
        text +=
            QStringLiteral(" Selected on the %1 split.").arg(QString::fromStdString(selectedOn));
    return text;
}

Scene OverviewFigure::scene(double width, const FigureStyle& style, double /*room*/) const
{
    Scene scene(style);
    const double space = 3 * style.gap;
    if (m_part == Part::Evaluation) {
        scene.setHeight(addEvaluation(scene, {0, 0}, width));
        return scene;
    }
    if (m_part == Part::Network) {
        scene.setHeight(addNetwork(scene, 0, width));
        return scene;
    }
    // Side by side where both halves keep their natural width.
    const bool sideBySide = style.wholeScale && m_evaluation != nullptr && width >= 150 * style.gap;
    const double left = sideBySide ? std::min(0.56 * width, 120 * style.gap) : width;
    double y = addHeading(scene, 0, left) + space;
    y += addNetwork(scene, y, left) + space;
    y += addLayerTable(scene, {0, y}, left) + space;
    double right = 0;
    if (sideBySide)
        right = addEvaluation(scene, {left + 2 * space, 0},
                              std::min(width - left - 2 * space, 100 * style.gap));
    else if (m_evaluation != nullptr)
        y += addEvaluation(scene, {0, y}, width) + space;
    y += addProvenance(scene, {0, y}, left);
    scene.setHeight(std::max(y, right));
    return scene;
}

double OverviewFigure::addHeading(Scene& scene, double y, double width) const
{
    const FigureStyle& style = scene.style();
    const double top = y;
    scene.addLabel({0, y, width, lineHeight(style.title)}, Qt::AlignLeft | Qt::AlignVCenter,
                   QString::fromStdString(model().name), style.title, style.text);
    y += lineHeight(style.title) + style.gap / 4;
    QString line = QStringLiteral("%1 parameters, %2 non-zero")
                       .arg(grouped(static_cast<qlonglong>(model().parameters.count())),
                            grouped(static_cast<qlonglong>(model().parameters.nonzero())));
    if (m_evaluation != nullptr)
        line += QStringLiteral(", %1").arg(
            accuracyText(m_evaluation->accuracy(), m_evaluation->correct, m_data));
    y += addParagraph(scene, {0, y}, width, line, style.body, style.text);
    const std::string& selectedOn = model().provenance.selectedOn;
    if (!selectedOn.empty())
        y += addParagraph(scene, {0, y}, width,
                          QStringLiteral("selected on %1").arg(QString::fromStdString(selectedOn)),
                          style.body, style.warning);
    return y - top;
}

double OverviewFigure::addNetwork(Scene& scene, double y, double width) const
{
    const FigureStyle& style = scene.style();
    const double top = y;
    y += addNetworkDrawing(scene, {0, y}, width, model().architecture) + 1.5 * style.gap;
    y += addParagraph(scene, {0, y}, width,
                      QString::fromStdString(core::toText(model().architecture)), style.number,
                      style.secondaryText);
    return y - top;
}

double OverviewFigure::addLayerTable(Scene& scene, const QPointF& topLeft, double width) const
{
    return addTable(scene, topLeft, width, layerColumns(), layerRows(model()));
}

double OverviewFigure::addEvaluation(Scene& scene, const QPointF& topLeft, double width) const
{
    if (m_evaluation == nullptr)
        return 0;
    const FigureStyle& style = scene.style();
    const double heading = lineHeight(style.title) + style.gap / 2;
    scene.addLabel({topLeft.x(), topLeft.y(), width, lineHeight(style.title)},
                   Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("Answers on %1").arg(m_data),
                   style.title, style.text);
    const double y = topLeft.y() + heading;
    const double space = 4 * style.gap;
    const double half = (width - space) * 0.46;
    if (half < 30 * style.gap) {
        const double bars = addClassScores(scene, {topLeft.x(), y}, width, *m_evaluation);
        return heading + bars + space +
               addConfusion(scene, {Confusion, 0}, {topLeft.x(), y + bars + space}, width,
                            *m_evaluation);
    }
    const double left = addClassScores(scene, {topLeft.x(), y}, half, *m_evaluation);
    const double right = addConfusion(scene, {Confusion, 0}, {topLeft.x() + half + space, y},
                                      width - half - space, *m_evaluation);
    return heading + std::max(left, right);
}

double OverviewFigure::addProvenance(Scene& scene, const QPointF& topLeft, double width) const
{
    const FigureStyle& style = scene.style();
    double y = topLeft.y();
    for (const QString& line : provenanceLines(model()))
        y +=
            addParagraph(scene, {topLeft.x(), y}, width, line, style.caption, style.secondaryText) +
            style.gap / 4;
    return y - topLeft.y();
}

std::string OverviewFigure::csv() const
{
    return m_part == Part::Evaluation ? confusionCsv() : layersCsv();
}

std::string OverviewFigure::layersCsv() const
{
    CsvWriter writer("layer,output,tensor,count,nonzero,min,max,mean,std");
    const core::Architecture& architecture = model().architecture;
    for (const core::ParameterSlice& slice : model().parameters.slices()) {
        const core::TensorStatistics numbers = core::tensorStatistics(model().parameters.of(slice));
        const std::string layer =
            core::describe(architecture.layers()[static_cast<std::size_t>(slice.layer)]);
        const std::string output = core::describe(architecture.outputOf(slice.layer));
        writer.line({std::string_view(layer), std::string_view(output),
                     std::string_view(slice.name), static_cast<double>(numbers.count),
                     static_cast<double>(numbers.nonzero), numbers.min, numbers.max, numbers.mean,
                     numbers.deviation});
    }
    return std::move(writer).text();
}

std::string OverviewFigure::confusionCsv() const
{
    CsvWriter writer("label,answer,images");
    const int classes = static_cast<int>(classScores(*m_evaluation).size());
    for (int i = 0; i < classes * classes; ++i)
        writer.line(
            {i / classes, i % classes, m_evaluation->confusion[static_cast<std::size_t>(i)]});
    return std::move(writer).text();
}

QJsonObject OverviewFigure::settings() const
{
    QJsonObject object;
    if (m_evaluation != nullptr && m_part != Part::Network) {
        object.insert(QStringLiteral("data"), m_data);
        object.insert(QStringLiteral("images"), m_evaluation->images);
        object.insert(QStringLiteral("correct"), m_evaluation->correct);
    }
    return object;
}

std::unique_ptr<Figure> overviewFigure(core::ModelPointer model,
                                       std::shared_ptr<const core::Evaluation> evaluation,
                                       const QString& data)
{
    return std::make_unique<OverviewFigure>(std::move(model), std::move(evaluation), data,
                                            OverviewFigure::Part::Page);
}

std::unique_ptr<Figure> networkFigure(core::ModelPointer model)
{
    return std::make_unique<OverviewFigure>(std::move(model), nullptr, QString(),
                                            OverviewFigure::Part::Network);
}

std::unique_ptr<Figure> confusionFigure(core::ModelPointer model,
                                        std::shared_ptr<const core::Evaluation> evaluation,
                                        const QString& data)
{
    return std::make_unique<OverviewFigure>(std::move(model), std::move(evaluation), data,
                                            OverviewFigure::Part::Evaluation);
}

} // namespace ui
