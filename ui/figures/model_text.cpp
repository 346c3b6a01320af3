// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/model_text.h"

#include "ui/figures/recipe.h"

#include <QRegularExpression>

namespace ui
{

namespace
{

QString text(const std::string& narrow)
{
    return QString::fromStdString(narrow);
}

QString dimensions(const std::vector<std::int64_t>& shape)
{
    QStringList parts;
    for (const std::int64_t extent : shape)
        parts << QString::number(extent);
    return parts.join(u'\u00D7');
}

/// "4@4x4" with real multiplication signs.
QString withTimes(const std::string& narrow)
{
    static const QRegularExpression kBetweenDigits(QStringLiteral("(?<=\\d)x(?=\\d)"));
    return text(narrow).replace(kBetweenDigits, QStringLiteral("\u00D7"));
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 2) + QStringLiteral(" %");
}

QStringList tensorCells(const core::Model& model, const core::ParameterSlice& slice)
{
    const core::TensorStatistics numbers = core::tensorStatistics(model.parameters.of(slice));
    const double sparsity = numbers.count == 0 ? 0
                                               : 1 - static_cast<double>(numbers.nonzero) /
                                                         static_cast<double>(numbers.count);
    return {text(slice.name),
            dimensions(slice.shape),
            grouped(static_cast<qlonglong>(numbers.count)),
            grouped(static_cast<qlonglong>(numbers.nonzero)),
            QString::number(sparsity * 100, 'f', 1) + QStringLiteral(" %"),
            shortNumber(numbers.min),
            shortNumber(numbers.max),
            shortNumber(numbers.mean),
            shortNumber(numbers.deviation)};
}

} // namespace

QString accuracyText(double accuracy, int correct, const QString& data)
{
    return QStringLiteral("%1 on %2 (%3 right)").arg(percent(accuracy), data, grouped(correct));
}

QStringList provenanceLines(const core::Model& model)
{
    QStringList lines;
    const core::Provenance& known = model.provenance;
    if (!known.origin.empty())
        lines << QStringLiteral("Origin: %1.").arg(text(known.origin));
    for (const core::MeasuredAccuracy& measured : known.accuracies)
        lines << QStringLiteral("Its file says: %1.")
                     .arg(accuracyText(measured.accuracy(), measured.correct, text(measured.data)));
    if (!known.selectedOn.empty())
        lines << QStringLiteral("Selected on the %1 split, so its accuracy there is optimistic.")
                     .arg(text(known.selectedOn));
    if (!model.format.empty())
        lines << QStringLiteral("Format: %1.").arg(text(model.format));
    if (model.layout == core::LayoutSource::Inferred)
        lines << (model.otherLayouts > 0
                      ? QStringLiteral("The file does not say its layers: they are inferred from "
                                       "the shapes, and %1 other layouts would fit too.")
                            .arg(model.otherLayouts)
                      : QStringLiteral("The file does not say its layers: they are inferred from "
                                       "the shapes."));
    for (const std::string& note : model.notes)
        lines << text(note);
    lines << QStringLiteral("Hash: %1").arg(text(core::modelHash(model)).left(16));
    return lines;
}

std::vector<TableColumn> layerColumns()
{
    return {{QStringLiteral("layer")},          {QStringLiteral("output")},
            {QStringLiteral("tensor")},         {QStringLiteral("shape")},
            {QStringLiteral("entries"), true},  {QStringLiteral("non-zero"), true},
            {QStringLiteral("sparsity"), true}, {QStringLiteral("min"), true},
            {QStringLiteral("max"), true},      {QStringLiteral("mean"), true},
            {QStringLiteral("std"), true}};
}

std::vector<QStringList> layerRows(const core::Model& model)
{
    std::vector<QStringList> rows;
    const auto& layers = model.architecture.layers();
    for (int i = 0; i < static_cast<int>(layers.size()); ++i) {
        QStringList lead{withTimes(core::describe(layers[static_cast<std::size_t>(i)])),
                         withTimes(core::describe(model.architecture.outputOf(i)))};
        bool any = false;
        for (const core::ParameterSlice& slice : model.parameters.slices()) {
            if (slice.layer != i)
                continue;
            rows.push_back(lead + tensorCells(model, slice));
            lead = {QString(), QString()};
            any = true;
        }
        if (!any) {
            while (lead.size() < static_cast<qsizetype>(layerColumns().size()))
                lead << QString();
            rows.push_back(lead);
        }
    }
    return rows;
}

} // namespace ui
