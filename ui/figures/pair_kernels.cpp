// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/csv.h"
#include "ui/figures/kernel_slices.h"
#include "ui/figures/pair_units.h"

#include <algorithm>

namespace ui
{

namespace
{

const core::Unit& unitAt(const core::Model& model, int unit)
{
    return model.architecture.units()[static_cast<std::size_t>(unit)];
}

} // namespace

PairKernelsFigure::PairKernelsFigure(ModelPair pair, PairMode mode, int unit)
    : PairFigure(std::move(pair), mode), m_unit(unit), m_other(referenceUnit(unit))
{
    const std::vector<ChannelMatch> inputs = inputMatches();
    for (const ChannelMatch& output : channelMatches(this->pair(), unitAt(model(), unit).name))
        for (const ChannelMatch& input : inputs) {
            PairCell cell;
            cell.title = output.text();
            if (inputs.size() > 1)
                cell.title = QStringLiteral("%1 from %2").arg(output.brief(), input.brief());
            cell.first = kernel(model(), m_unit, output.current, input.current);
            if (m_other)
                cell.second = kernel(reference(), *m_other, output.reference, input.reference);
            if (!cell.first && !cell.second)
                continue; // of a channel that one model lacks, from one that the other lacks
            m_slices.push_back({output, input});
            m_cells.push_back(std::move(cell));
        }
    m_scale = commonScale(m_cells, true);
    setScale(m_cells, m_scale);
}

/// The channels that the unit reads: those of the unit before it, where it reads them one by one.
std::vector<ChannelMatch> PairKernelsFigure::inputMatches() const
{
    const int current = sliceLayout(model().architecture, m_unit).slices;
    const int other = m_other ? sliceLayout(reference().architecture, *m_other).slices : 0;
    if (m_unit > 0 && m_other && *m_other > 0) {
        const core::Unit& before = unitAt(model(), m_unit - 1);
        const core::Unit& otherBefore = unitAt(reference(), *m_other - 1);
        if (before.name == otherBefore.name && before.shape.channels == current &&
            otherBefore.shape.channels == other)
            return channelMatches(pair(), before.name);
    }
    return equalMatches(current, other);
}

HeatMapPointer PairKernelsFigure::kernel(const core::Model& model, int unit,
                                         std::optional<int> output, std::optional<int> input) const
{
    if (!output || !input)
        return nullptr;
    std::vector<HeatMap> slices = kernelSlices(model, unit, *output);
    if (*input >= static_cast<int>(slices.size()))
        return nullptr;
    return std::make_shared<HeatMap>(std::move(slices[static_cast<std::size_t>(*input)]));
}

QString PairKernelsFigure::title() const
{
    return QStringLiteral("Kernels of %1 compared")
        .arg(QString::fromStdString(unitAt(model(), m_unit).name));
}

QString PairKernelsFigure::caption() const
{
    const QString shown =
        m_cells.size() > kMostKernels
            ? QStringLiteral(" The first %1 of %2 are shown.").arg(kMostKernels).arg(m_cells.size())
            : QString();
    return QStringLiteral("Kernels of %1: %2. Output and input channels, current \u2194 reference, "
                          "are %3; a dash: no partner.%4 %5")
        .arg(QString::fromStdString(unitAt(model(), m_unit).name), modeText(), matchingText(),
             shown, modelsText());
}

Scene PairKernelsFigure::scene(double width, const FigureStyle& style, double room) const
{
    const bool difference = mode() == PairMode::Difference;
    const std::vector<PairCell> shown(
        m_cells.begin(),
        m_cells.begin() + std::min<std::ptrdiff_t>(kMostKernels, std::ssize(m_cells)));
    return pairGridScene(style, width, room, shown, mode(),
                         difference ? differenceScale(m_cells) : m_scale,
                         difference ? QStringLiteral("weight, current \u2212 reference")
                                    : QStringLiteral("weight, both models"));
}

QString PairKernelsFigure::hoverText(const SceneHit& hit) const
{
    const auto index = static_cast<std::size_t>(hit.key.index);
    return QStringLiteral("%1 kernel %2 (%3, %4): %5")
        .arg(QString::fromStdString(unitAt(model(), m_unit).name), m_cells[index].title)
        .arg(hit.row)
        .arg(hit.column)
        .arg(valuesText(m_cells[index], hit, CellValue::Weight));
}

Selection PairKernelsFigure::chosen(const SceneHit& hit, Selection selection) const
{
    selection.unit = m_unit;
    selection.channel = m_slices[static_cast<std::size_t>(hit.key.index)].output.current;
    selection.position.reset();
    return selection;
}

std::vector<PairMark> PairKernelsFigure::marksOf(const Selection& selection) const
{
    std::vector<PairMark> marks;
    if (selection.unit != m_unit || !selection.channel)
        return marks;
    for (std::size_t i = 0; i < m_slices.size(); ++i)
        if (m_slices[i].output.current == selection.channel)
            addMarks(marks, i);
    return marks;
}

std::string PairKernelsFigure::csv() const
{
    CsvWriter writer("unit,kernel,row,column,current,reference");
    const std::string& unit = unitAt(model(), m_unit).name;
    for (const PairCell& cell : m_cells) {
        const std::string name = cell.title.toStdString();
        forEachPlace(cell, [&](int row, int column, const CsvWriter::Field& current,
                               const CsvWriter::Field& other) {
            writer.line(
                {std::string_view(unit), std::string_view(name), row, column, current, other});
        });
    }
    return std::move(writer).text();
}

QJsonObject PairKernelsFigure::settings() const
{
    return {{QStringLiteral("layer"), QString::fromStdString(unitAt(model(), m_unit).name)},
            {QStringLiteral("data"), QString::fromStdString(pair().comparison->data)}};
}

} // namespace ui
